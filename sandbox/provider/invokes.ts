import { type Clients } from "./clients";
import { iamInvokes } from "./iam-invokes";
import { networkInvokes } from "./network-invokes";
import { type Props } from "../../common/properties";

/** Functions of @pulumi/aws, by token. */
export const invokes: Readonly<Record<string, (clients: Clients, inputs: Props) => Promise<Props>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": () =>
    Promise.resolve({ id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" }),
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getRegions:getRegions": getRegions,
  ...iamInvokes,
  ...networkInvokes,
};

async function getCallerIdentity(clients: Clients): Promise<Props> {
  const { Account, Arn, UserId } = await clients.sts().getCallerIdentity({});
  return { id: Account, accountId: Account, arn: Arn, userId: UserId };
}

function getRegion(clients: Clients, inputs: Props): Promise<Props> {
  const region = (inputs["region"] ?? inputs["name"] ?? clients.defaultRegion) as string;
  const endpoint = `ec2.${region}.amazonaws.com`;
  return Promise.resolve({ id: region, name: region, region, endpoint, description: region });
}

interface Filter {
  readonly name: string;
  readonly values: string[];
}

async function getRegions(clients: Clients, inputs: Props): Promise<Props> {
  const allRegions = inputs["allRegions"] === true;
  const filters = (inputs["filters"] as Filter[] | undefined)?.map(({ name, values }) => ({
    Name: name,
    Values: values,
  }));
  const { Regions = [] } = await clients.ec2().describeRegions({ AllRegions: allRegions, Filters: filters });
  // AWS leaves out regions that are not opted in to, unless all are asked for; an emulator need not.
  const offered = Regions.filter(({ OptInStatus }) => allRegions || OptInStatus !== "not-opted-in");
  const names = offered.map(({ RegionName }) => RegionName ?? "").sort();
  return { ...inputs, id: "aws", names };
}
