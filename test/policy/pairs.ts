/** One type of resource with inputs that a policy refuses, or warns of, and inputs it has nothing to say about. */
export interface Pair {
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  readonly bad: Record<string, unknown>;
  readonly good: Record<string, unknown>;
  /** Path of the input that decides, to be made unknown or secret. */
  readonly decisive: readonly (string | number)[];
}

const document = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const admin = document("*", "*");
const narrow = document("s3:GetObject", "arn:aws:s3:::b/*");

const iam = (place: (policy: string) => Record<string, unknown>, ...decisive: (string | number)[]): Pair => ({
  policy: "iam-no-admin-wildcard",
  level: "mandatory",
  bad: place(admin),
  good: place(narrow),
  decisive,
});

const ports = (
  bad: Pair["bad"],
  good: Pair["good"],
  decisive: Pair["decisive"],
  level: Pair["level"] = "mandatory",
): Pair => ({
  policy: "network-no-open-admin-ports",
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
const firstBlock = ["ingress", 0, "cidrBlocks", 0];

export const pairs: Readonly<Record<string, Pair>> = {
  "aws:iam/policy:Policy": iam((policy) => ({ policy }), "policy"),
  "aws:iam/rolePolicy:RolePolicy": iam((policy) => ({ role: "r", policy }), "policy"),
  "aws:iam/userPolicy:UserPolicy": iam((policy) => ({ user: "u", policy }), "policy"),
  "aws:iam/groupPolicy:GroupPolicy": iam((policy) => ({ group: "g", policy }), "policy"),
  "aws:iam/role:Role": iam((policy) => ({ inlinePolicies: [{ name: "n", policy }] }), "inlinePolicies", 0, "policy"),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": iam(
    (inlinePolicy) => ({ inlinePolicy }),
    "inlinePolicy",
  ),
  "aws:ec2/securityGroup:SecurityGroup": ports(inline(open), inline(office), firstBlock),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ports(inline(open), inline(office), firstBlock),
  "aws:ec2/securityGroupRule:SecurityGroupRule": ports(groupRule(open), groupRule(office), ["cidrBlocks", 0]),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ports(vpcRule(open), vpcRule(office), ["cidrIpv4"]),
  "aws:ec2/networkAcl:NetworkAcl": ports(acl(open), acl(office), ["ingress", 0, "cidrBlock"], "advisory"),
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ports(acl(open), acl(office), ["ingress", 0, "cidrBlock"], "advisory"),
  "aws:ec2/networkAclRule:NetworkAclRule": ports(aclRule(open), aclRule(office), ["cidrBlock"], "advisory"),
  "aws:lightsail/instancePublicPorts:InstancePublicPorts": ports(
    { instanceName: "i", portInfos: [{ ...ssh, cidrs: [open] }] },
    { instanceName: "i", portInfos: [{ ...ssh, cidrs: [office] }] },
    ["portInfos", 0, "cidrs", 0],
  ),
  "aws:eks/nodeGroup:NodeGroup": ports(
    { amiType: "AL2023_x86_64_STANDARD", remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: [] } },
    { amiType: "AL2023_x86_64_STANDARD", remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: ["sg-1"] } },
    ["remoteAccess", "sourceSecurityGroupIds"],
  ),
  "aws:gamelift/fleet:Fleet": ports(
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: open }] },
    { ec2InboundPermissions: [{ ...ssh, protocol: "TCP", ipRange: office }] },
    ["ec2InboundPermissions", 0, "ipRange"],
  ),
  "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration": ports(
    { blockPublicSecurityGroupRules: false },
    { blockPublicSecurityGroupRules: true, permittedPublicSecurityGroupRuleRanges: [{ minRange: 443, maxRange: 443 }] },
    ["blockPublicSecurityGroupRules"],
  ),
  "aws:eks/cluster:Cluster": ports(
    { vpcConfig: { subnetIds: ["s"], endpointPublicAccess: true, publicAccessCidrs: [open] } },
    { vpcConfig: { subnetIds: ["s"], endpointPublicAccess: true, publicAccessCidrs: [office] } },
    ["vpcConfig", "publicAccessCidrs", 0],
    "advisory",
  ),
};

/** The same inputs with another value at one place. */
export function withValue(
  inputs: unknown,
  path: readonly (string | number)[],
  change: (value: unknown) => unknown,
): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(inputs);
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(inputs)
    ? [...(inputs as unknown[])]
    : { ...(inputs as object) };
  const slots = copy as Record<string | number, unknown>;
  slots[first] = withValue(slots[first], rest, change);
  return copy;
}
