import { type Pair } from "./pair";

const ports = (
  type: string,
  bad: Pair["bad"],
  good: Pair["good"],
  decisive: Pair["decisive"],
  level: Pair["level"] = "mandatory",
): Pair => ({
  policy: "network-no-open-admin-ports",
  type,
  level,
  bad,
  good,
  decisive,
});

const open = "0.0.0.0/0";
const office = "198.51.100.0/24";
const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
const inline = (cidr: string) => ({ ingress: [{ ...ssh, cidrBlocks: [cidr] }] });
const acl = (cidrBlock: string) => ({ ingress: [{ ...ssh, ruleNo: 100, action: "allow", cidrBlock }] });
const aclRule = (cidrBlock: string) => ({ ...ssh, ruleNumber: 100, ruleAction: "allow", egress: false, cidrBlock });
const groupRule = (cidr: string) => ({ ...ssh, type: "ingress", securityGroupId: "sg-1", cidrBlocks: [cidr] });
const vpcRule = (cidrIpv4: string) => ({
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  securityGroupId: "sg-1",
  cidrIpv4,
});
const native = (cidrIp: string) => ({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp });
const nativeAcl = (cidrBlock: string) => ({
  ...{ networkAclId: "acl-1", ruleNumber: 100, ruleAction: "allow", protocol: 6, cidrBlock },
  portRange: { from: 22, to: 22 },
});
const firstBlock = ["ingress", 0, "cidrBlocks", 0];

export const networkPairs: readonly Pair[] = [
  ports("aws:ec2/securityGroup:SecurityGroup", inline(open), inline(office), firstBlock),
  ports("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", inline(open), inline(office), firstBlock),
  ports("aws:ec2/securityGroupRule:SecurityGroupRule", groupRule(open), groupRule(office), ["cidrBlocks", 0]),
  ports("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", vpcRule(open), vpcRule(office), ["cidrIpv4"]),
  ports("aws:ec2/networkAcl:NetworkAcl", acl(open), acl(office), ["ingress", 0, "cidrBlock"], "advisory"),
  ports("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", acl(open), acl(office), ["ingress", 0, "cidrBlock"], "advisory"),
  ports("aws:ec2/networkAclRule:NetworkAclRule", aclRule(open), aclRule(office), ["cidrBlock"], "advisory"),
  ports(
    "aws:lightsail/instancePublicPorts:InstancePublicPorts",
    { instanceName: "i", portInfos: [{ ...ssh, cidrs: [open] }] },
    { instanceName: "i", portInfos: [{ ...ssh, cidrs: [office] }] },
    ["portInfos", 0, "cidrs", 0],
  ),
  ports(
    "aws:eks/nodeGroup:NodeGroup",
    { amiType: "AL2023_x86_64_STANDARD", remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: [] } },
    { amiType: "AL2023_x86_64_STANDARD", remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: ["sg-1"] } },
    ["remoteAccess", "sourceSecurityGroupIds"],
  ),
  ports(
    "aws:gamelift/fleet:Fleet",
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: open }] },
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: office }] },
    ["ec2InboundPermissions", 0, "ipRange"],
  ),
  ports(
    "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
    { blockPublicSecurityGroupRules: false },
    { blockPublicSecurityGroupRules: true, permittedPublicSecurityGroupRuleRanges: [{ minRange: 443, maxRange: 443 }] },
    ["blockPublicSecurityGroupRules"],
  ),
  {
    settled: true,
    ...ports(
      "aws:eks/cluster:Cluster",
      { vpcConfig: { subnetIds: ["s"], endpointPublicAccess: true, publicAccessCidrs: [open] } },
      { vpcConfig: { subnetIds: ["s"], endpointPublicAccess: true, publicAccessCidrs: [office] } },
      ["vpcConfig", "publicAccessCidrs", 0],
      "advisory",
    ),
  },
  ports(
    "aws-native:ec2:SecurityGroup",
    { groupDescription: "d", securityGroupIngress: [native(open)] },
    { groupDescription: "d", securityGroupIngress: [native(office)] },
    ["securityGroupIngress", 0, "cidrIp"],
  ),
  ports("aws-native:ec2:SecurityGroupIngress", native(open), native(office), ["cidrIp"]),
  ports("aws-native:ec2:NetworkAclEntry", nativeAcl(open), nativeAcl(office), ["cidrBlock"], "advisory"),
  ports(
    "aws-native:lightsail:Instance",
    { networking: { ports: [{ ...ssh, cidrs: [open] }] } },
    { networking: { ports: [{ ...ssh, cidrs: [office] }] } },
    ["networking", "ports", 0, "cidrs", 0],
  ),
  ports(
    "aws-native:eks:Nodegroup",
    { amiType: "WINDOWS_CORE_2022_x86_64", remoteAccess: { ec2SshKey: "k", sourceSecurityGroups: [] } },
    { amiType: "WINDOWS_CORE_2022_x86_64", remoteAccess: { ec2SshKey: "k", sourceSecurityGroups: ["sg-1"] } },
    ["remoteAccess", "sourceSecurityGroups"],
  ),
  ports(
    "aws-native:gamelift:ContainerFleet",
    { instanceInboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: open }] },
    { instanceInboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: office }] },
    ["instanceInboundPermissions", 0, "ipRange"],
  ),
  ports(
    "aws-native:gamelift:Fleet",
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: open }] },
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: office }] },
    ["ec2InboundPermissions", 0, "ipRange"],
  ),
  {
    settled: true,
    ...ports(
      "aws-native:eks:Cluster",
      { resourcesVpcConfig: { subnetIds: ["s"], publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] } },
      { resourcesVpcConfig: { subnetIds: ["s"], endpointPublicAccess: false } },
      ["resourcesVpcConfig", "publicAccessCidrs", 0],
      "advisory",
    ),
  },
];
