import { type Case, document, REGION, text } from "./case";
import { withVpc } from "./things";

type Before = NonNullable<Case["before"]>;

/** The default VPC with a group of its own, its first two subnets and its main route table. */
const withNetwork: Before = async (make, clients) => {
  const { vpcId } = await withVpc(make, clients);
  const ec2 = clients.ec2(REGION);
  const Filters = [{ Name: "vpc-id", Values: [text(vpcId)] }];
  const [{ Subnets = [] }, { RouteTables = [] }] = await Promise.all([
    ec2.describeSubnets({ Filters }),
    ec2.describeRouteTables({ Filters }),
  ]);
  const group = (name: string) =>
    make("aws:ec2/securityGroup:SecurityGroup", { region: REGION, name, vpcId }).then(({ id }) => id);
  return {
    vpcId,
    subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
    routeTable: RouteTables[0]?.RouteTableId,
    group: await group("endpoints"),
    other: await group("other"),
  };
};

export const vpcCases: Case[] = [
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    before: withVpc,
    inputs: ({ vpcId }) => ({ region: REGION, vpcId, ingress: [], egress: [], tags: { a: "1" } }),
    drift: {
      paths: ["ingress[0]"],
      change: (clients, { id }) =>
        clients.ec2(REGION).authorizeSecurityGroupIngress({
          GroupId: id,
          IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        }),
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
    stays: true,
  },
  {
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    before: withNetwork,
    inputs: ({ group }) => ({
      region: REGION,
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
      description: "d",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["tags.a"],
      change: (clients, { id }) => clients.ec2(REGION).deleteTags({ Resources: [id], Tags: [{ Key: "a" }] }),
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    before: withNetwork,
    inputs: ({ vpcId, subnets, group }) => ({
      region: REGION,
      vpcId,
      serviceName: `com.amazonaws.${REGION}.ssm`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      policy: document("ssm:*"),
      subnetIds: subnets,
      securityGroupIds: [group],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["policy", "privateDnsEnabled", "securityGroupIds", "subnetIds", "tags.a"],
      change: async (clients, { id }, { group, other, subnets }) => {
        await clients.ec2(REGION).modifyVpcEndpoint({
          VpcEndpointId: id,
          PolicyDocument: document("*"),
          PrivateDnsEnabled: false,
          AddSecurityGroupIds: [text(other)],
          RemoveSecurityGroupIds: [text(group)],
          RemoveSubnetIds: (subnets as string[]).slice(1),
        });
        await clients.ec2(REGION).deleteTags({ Resources: [id], Tags: [{ Key: "a" }] });
      },
    },
    update: (inputs) => ({ ...inputs, policy: document("ssm:Get*"), privateDnsEnabled: false, tags: { b: "2" } }),
  },
];
