import { type Clients } from "./clients";
import { only, question } from "./ec2-question";
import { tagMap } from "./resources/tags";
import { type Props, withoutBlanks } from "../../common/properties";
import { getVpc } from "./vpc-invoke";

/** Functions of @pulumi/aws about networks, by token. */
export const networkInvokes: Readonly<Record<string, (clients: Clients, inputs: Props) => Promise<Props>>> = {
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:ec2/getVpcs:getVpcs": getVpcs,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getRouteTables:getRouteTables": getRouteTables,
};

function list(inputs: Props, region: string, ids: readonly (string | undefined)[]): Props {
  return { ...inputs, id: region, region, ids: [...ids].sort(), tags: inputs["tags"] ?? {} };
}

async function getVpcs(clients: Clients, inputs: Props): Promise<Props> {
  const { ec2, region, Filters } = question(clients, inputs);
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters });
  const ids = Vpcs.map(({ VpcId }) => VpcId);
  return list(inputs, region, ids);
}

async function getSubnets(clients: Clients, inputs: Props): Promise<Props> {
  const { ec2, region, Filters } = question(clients, inputs);
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  const ids = Subnets.map(({ SubnetId }) => SubnetId);
  return list(inputs, region, ids);
}

async function getRouteTables(clients: Clients, inputs: Props): Promise<Props> {
  const { ec2, region, Filters } = question(clients, inputs, { vpcId: "vpc-id" });
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters });
  const ids = RouteTables.map(({ RouteTableId }) => RouteTableId);
  return list(inputs, region, ids);
}

const SUBNET_FILTERS = {
  availabilityZone: "availability-zone",
  availabilityZoneId: "availability-zone-id",
  cidrBlock: "cidr-block",
  defaultForAz: "default-for-az",
  ipv6CidrBlock: "ipv6-cidr-block-association.ipv6-cidr-block",
  state: "state",
  vpcId: "vpc-id",
};

async function getSubnet(clients: Clients, inputs: Props): Promise<Props> {
  const { ec2, region, Filters } = question(clients, inputs, SUBNET_FILTERS);
  const SubnetIds = typeof inputs["id"] === "string" ? [inputs["id"]] : undefined;
  const subnet = only("Subnet", (await ec2.describeSubnets({ SubnetIds, Filters })).Subnets);
  const { SubnetId: id, OwnerId, Ipv6CidrBlockAssociationSet: [ipv6] = [] } = subnet;
  return {
    ...withoutBlanks({ filters: inputs["filters"] }),
    id,
    region,
    arn: subnet.SubnetArn ?? `arn:aws:ec2:${region}:${OwnerId}:subnet/${id}`,
    ownerId: OwnerId,
    vpcId: subnet.VpcId,
    availabilityZone: subnet.AvailabilityZone,
    availabilityZoneId: subnet.AvailabilityZoneId,
    availableIpAddressCount: subnet.AvailableIpAddressCount,
    cidrBlock: subnet.CidrBlock,
    ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
    ipv6CidrBlockAssociationId: ipv6?.AssociationId ?? "",
    ipv6Native: subnet.Ipv6Native ?? false,
    assignIpv6AddressOnCreation: subnet.AssignIpv6AddressOnCreation ?? false,
    defaultForAz: subnet.DefaultForAz ?? false,
    mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch ?? false,
    state: subnet.State,
    tags: tagMap(subnet.Tags),
  };
}
