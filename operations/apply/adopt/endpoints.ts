import { type Endpoints, type FoundEndpoint, type FoundGroup } from "./found";
import { type VpcEndpoint } from "@aws-sdk/client-ec2";
import { type AwsClients } from "../../../aws/clients";
import {
  endpointGroupName,
  endpointServiceName,
  interfaceServices,
} from "../../../components/ssm-endpoints/ssm-endpoints";
import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { Attempts, pages } from "../../../aws/attempt";
import { bearsOurTags } from "../../account/survey/owner";
import { asTags } from "../../account/survey/regional";
import { type Decision, type Facts } from "./model";
import { isOurs, ours } from "./regional";
import { resourceNames } from "./resource-names";

const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const gone = /^(deleting|deleted|rejected|failed|expired)$/i;

/** Asks about each VPC of the settings that lies in one of the regions. Nothing is written. */
export async function findEndpoints(
  aws: AwsClients,
  { ssmEndpoints, namePrefix }: BaselineSettings,
  regions: string[],
): Promise<Endpoints> {
  const attempts = new Attempts<string>();
  const vpcs = ssmEndpoints.enabled ? ssmEndpoints.vpcs.filter(({ region }) => regions.includes(region)) : [];
  const services = [...interfaceServices(ssmEndpoints.optionalServices), "s3"];
  const looks = await Promise.all(
    vpcs.map(async ({ region, vpcId, routeTableIds }) => {
      const all = await attempts.one<VpcEndpoint[] | undefined>(type, region, undefined, (call) =>
        pages(async (NextToken) => {
          const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
          const page = await call("ec2:DescribeVpcEndpoints", () =>
            aws.ec2(region).describeVpcEndpoints({ Filters, ...(NextToken && { NextToken }) }),
          );
          return { items: page.VpcEndpoints, next: page.NextToken };
        }),
      );
      const groups = await attempts.one<FoundGroup[]>(groupType, region, [], async (call) => {
        const Filters = [
          { Name: "vpc-id", Values: [vpcId] },
          { Name: "group-name", Values: [endpointGroupName(namePrefix)] },
        ];
        const { SecurityGroups = [] } = await call("ec2:DescribeSecurityGroups", () =>
          aws.ec2(region).describeSecurityGroups({ Filters }),
        );
        return SecurityGroups.map(({ GroupId: id = "", Tags = [] }) => ({ id, region, vpcId, tags: asTags(Tags) }));
      });
      const found = services.flatMap((service) =>
        (all ?? []).flatMap((each) => asFound(each, { region, vpcId, service, routeTableIds })),
      );
      const free = services.filter((service) => !found.some((each) => each.service === service));
      return { found, groups, absent: all ? free.map((service) => resourceNames.endpoint(vpcId, service)) : [] };
    }),
  );
  return {
    found: looks.flatMap(({ found }) => found),
    groups: looks.flatMap(({ groups }) => groups),
    absent: looks.flatMap(({ absent }) => absent),
    problems: attempts.problems,
  };
}

interface Wanted {
  region: string;
  vpcId: string;
  service: string;
  /** Empty for all of the VPC. */
  routeTableIds: string[];
}

/**
 * A VPC resolves the private DNS name of a service to one endpoint, and a route table has one route to S3.
 *
 * Source: Amazon EC2 API reference, CreateVpcEndpoint; AWS PrivateLink guide, "Gateway endpoints", considerations.
 */
function asFound(endpoint: VpcEndpoint, { region, vpcId, service, routeTableIds }: Wanted): FoundEndpoint[] {
  const { VpcEndpointId: id = "", ServiceName, VpcEndpointType, State = "", Tags = [] } = endpoint;
  const kind = service === "s3" ? "Gateway" : "Interface";
  if (ServiceName !== endpointServiceName(region, service) || VpcEndpointType !== kind || gone.test(State)) {
    return [];
  }
  const tables = endpoint.RouteTableIds ?? [];
  const shared = routeTableIds.length === 0 ? tables : tables.filter((each) => routeTableIds.includes(each));
  const collides = kind === "Gateway" ? shared.length > 0 : endpoint.PrivateDnsEnabled === true;
  const requesterManaged = endpoint.RequesterManaged === true;
  return [{ id, region, vpcId, service, collides, requesterManaged, tags: asTags(Tags) }];
}

/** What is to be done about each, and about what could not be looked for. */
export function endpoints(facts: Facts): Decision[] {
  const { found = [], groups = [], problems = [] } = facts.endpoints ?? {};
  return [
    ...groups.map((each) => decideGroup(facts, each)),
    ...found.map((each) => decide(facts, each, found)),
    ...problems.flatMap(({ region, cause, reason }): Decision[] => {
      const row = { thing: "VPC endpoint", name: "", region, control: "SsmEndpoints", owner: "theirs" } as const;
      return cause === "unsupported" ? [] : [{ ...row, action: "unknown", why: reason }];
    }),
  ];
}

function decideGroup(facts: Facts, { id, region, vpcId, tags }: FoundGroup): Decision {
  const row = { thing: "Security group of endpoints", name: id, region, control: "SsmEndpoints" };
  if (isOurs(facts, groupType, id, region, bearsOurTags(tags))) {
    return { ...row, ...ours };
  }
  const why = `It has the name that the baseline gives, and \`up\` cannot make another of that name in ${vpcId}. Delete it, after the endpoints that use it, or set another namePrefix.`;
  return { ...row, owner: bearsOurTags(tags) ? "ours" : "theirs", action: "conflict", why };
}

function decide(facts: Facts, each: FoundEndpoint, all: FoundEndpoint[]): Decision {
  const { id, region, vpcId, service, tags } = each;
  const row = { thing: `VPC endpoint for ${service}`, name: id, region, control: "SsmEndpoints" };
  const as = { resource: resourceNames.endpoint(vpcId, service), id: `${id}@${region}` };
  if (isOurs(facts, type, id, region, bearsOurTags(tags))) {
    return { ...row, ...ours, as };
  }
  if (!each.collides) {
    const beside = service === "s3" ? "It routes none of the same route tables" : "It has no private DNS name";
    return { ...row, owner: "theirs", action: "keep", why: `${beside}, so the baseline's stands beside it.` };
  }
  const rivals = all.filter((one) => one.collides && one.vpcId === vpcId && one.service === service);
  const owner = each.requesterManaged
    ? "An AWS service manages it"
    : tags["aws:cloudformation:stack-name"] !== undefined
      ? `The CloudFormation stack ${tags["aws:cloudformation:stack-name"]} manages it`
      : rivals.length > 1
        ? `There are ${rivals.length} of them, and the program has one`
        : undefined;
  if (owner !== undefined) {
    const why = `${owner}, and \`up\` cannot make another in ${vpcId}. Delete it, or take ${vpcId} out of ssmEndpoints.vpcs.`;
    return { ...row, owner: "theirs", action: "conflict", why };
  }
  const parts = service === "s3" ? "its policy and route tables" : "its policy, subnets and security group";
  const why = `\`up\` could not make another in ${vpcId}. It takes this one over, and ${parts} become the baseline's. If another program manages it, take ${vpcId} out of ssmEndpoints.vpcs instead.`;
  return { ...row, owner: "theirs", action: "import", why, as };
}
