import { type Case, REGION } from "./case";
import { withVpc } from "./things";

export const networkCases: Case[] = [
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    before: withVpc,
    inputs: ({ vpcId }) => ({
      region: REGION,
      name: "web",
      description: "d",
      vpcId,
      ingress: [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8", "10.1.0.0/16"], description: "in" },
        { protocol: "tcp", fromPort: 443, toPort: 443, self: true },
      ],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["ingress[2]"],
      change: (clients, { id }) =>
        clients.ec2(REGION).authorizeSecurityGroupIngress({
          GroupId: id,
          IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        }),
    },
    update: (inputs) => ({ ...inputs, ingress: [], egress: [], tags: { b: "2" } }),
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    before: async (make, clients) => ({
      group: (
        await make("aws:ec2/securityGroup:SecurityGroup", {
          region: REGION,
          name: "db",
          ...(await withVpc(make, clients)),
        })
      ).id,
    }),
    inputs: ({ group }) => ({
      region: REGION,
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrIpv4: "10.0.0.0/8",
      description: "d",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["tags.a"],
      change: (clients, { id }) => clients.ec2(REGION).deleteTags({ Resources: [id], Tags: [{ Key: "a" }] }),
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
];
