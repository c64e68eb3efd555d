import type { EC2, Vpc } from "@aws-sdk/client-ec2";
import { type Clients } from "./clients";
import { only, question } from "./ec2-question";
import { tagMap } from "./resources/tags";
import { type Props, withoutBlanks } from "../../common/properties";

const VPC_FILTERS = { cidrBlock: "cidr", default: "is-default", dhcpOptionsId: "dhcp-options-id", state: "state" };

export async function getVpc(clients: Clients, inputs: Props): Promise<Props> {
  const { ec2, region, Filters } = question(clients, inputs, VPC_FILTERS);
  const VpcIds = typeof inputs["id"] === "string" ? [inputs["id"]] : undefined;
  const vpc = only("VPC", (await ec2.describeVpcs({ VpcIds, Filters })).Vpcs);
  const { VpcId: id = "", OwnerId, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet: ipv6 = [] } = vpc;
  return {
    ...withoutBlanks({ filters: inputs["filters"] }),
    id,
    region,
    arn: `arn:aws:ec2:${region}:${OwnerId}:vpc/${id}`,
    ownerId: OwnerId,
    cidrBlock: vpc.CidrBlock,
    cidrBlockAssociations: CidrBlockAssociationSet.map(({ AssociationId, CidrBlock, CidrBlockState }) => ({
      associationId: AssociationId,
      cidrBlock: CidrBlock,
      state: CidrBlockState?.State,
    })),
    ipv6CidrBlockAssociations: ipv6.map(({ AssociationId, Ipv6CidrBlock, Ipv6CidrBlockState }) => ({
      associationId: AssociationId,
      ipv6CidrBlock: Ipv6CidrBlock,
      state: Ipv6CidrBlockState?.State,
    })),
    ipv6AssociationId: ipv6[0]?.AssociationId ?? "",
    ipv6CidrBlock: ipv6[0]?.Ipv6CidrBlock ?? "",
    default: vpc.IsDefault ?? false,
    dhcpOptionsId: vpc.DhcpOptionsId,
    instanceTenancy: vpc.InstanceTenancy,
    state: vpc.State,
    tags: tagMap(vpc.Tags),
    ...(await attributes(ec2, vpc)),
  };
}

async function attributes(ec2: EC2, { VpcId }: Vpc): Promise<Props> {
  const [support, hostnames, metrics, tables] = await Promise.all([
    ec2.describeVpcAttribute({ VpcId, Attribute: "enableDnsSupport" }),
    ec2.describeVpcAttribute({ VpcId, Attribute: "enableDnsHostnames" }),
    ec2.describeVpcAttribute({ VpcId, Attribute: "enableNetworkAddressUsageMetrics" }),
    ec2.describeRouteTables({
      Filters: [
        { Name: "vpc-id", Values: [VpcId ?? ""] },
        { Name: "association.main", Values: ["true"] },
      ],
    }),
  ]);
  return {
    enableDnsSupport: support.EnableDnsSupport?.Value ?? false,
    enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
    enableNetworkAddressUsageMetrics: metrics.EnableNetworkAddressUsageMetrics?.Value ?? false,
    mainRouteTableId: tables.RouteTables?.[0]?.RouteTableId ?? "",
  };
}
