import { unknownString as unknown } from "../../../policy-pack/values";

/** One of several resources of a stack; `on`: inputs that depend on another one, by name. */
export interface StackMember {
  readonly type: string;
  readonly name: string;
  readonly properties: Record<string, unknown>;
  readonly on?: Readonly<Record<string, string>>;
}

/** A policy on stacks: resources of one type, and of others it needs, that only together are refused. */
export interface StackPair {
  readonly policy: string;
  readonly type: string;
  readonly level: "mandatory" | "advisory";
  readonly bad: readonly StackMember[];
  readonly good: readonly StackMember[];
  /** The same with an input that is not known yet. */
  readonly unsure: readonly StackMember[];
}

const ssh = { fromPort: 22, toPort: 22 };
const eights = ["12.0.0.0/8", "13.0.0.0/8", "14.0.0.0/8"];
const offices = ["198.51.100.0/25", "198.51.100.128/25", "203.0.113.0/24"];
const last = (blocks: readonly string[], value: unknown): unknown[] => [...blocks.slice(0, -1), value];

const pair = (
  type: string,
  place: (blocks: readonly unknown[]) => StackMember[],
  level: StackPair["level"] = "mandatory",
): StackPair => ({
  policy: "network-no-open-admin-ports-combined",
  type,
  level,
  bad: place(eights),
  good: place(offices),
  unsure: place(last(eights, unknown)),
});

const group: StackMember = { type: "aws:ec2/securityGroup:SecurityGroup", name: "group", properties: {} };
const ofGroup = { securityGroupId: "group" };
const rule = (cidrIpv4: unknown, index: number): StackMember => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: `rule${index}`,
  properties: { securityGroupId: unknown, ipProtocol: "tcp", ...ssh, cidrIpv4 },
  on: ofGroup,
});
const classic = (cidr: unknown, index: number): StackMember => ({
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  name: `classic${index}`,
  properties: { type: "ingress", securityGroupId: unknown, protocol: "tcp", ...ssh, cidrBlocks: [cidr] },
  on: ofGroup,
});
const inline = (type: string, [first, ...rest]: readonly unknown[]): StackMember[] => [
  { type, name: "group", properties: { ingress: [{ protocol: "tcp", ...ssh, cidrBlocks: [first] }] } },
  ...rest.map(rule),
];
const native = (cidrIp: unknown, index: number): StackMember => ({
  type: "aws-native:ec2:SecurityGroupIngress",
  name: `rule${index}`,
  properties: { groupId: unknown, ipProtocol: "tcp", ...ssh, cidrIp },
  on: { groupId: "group" },
});
const acl = (type: string, [first, ...rest]: readonly unknown[]): StackMember[] => [
  { type, name: "acl", properties: { ingress: [aclEntry(first, 1, "ruleNo", "action")] } },
  ...rest.map((block, index) => ({
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    name: `entry${index}`,
    properties: { networkAclId: unknown, ...aclEntry(block, index + 2, "ruleNumber", "ruleAction") },
    on: { networkAclId: "acl" },
  })),
];
const aclEntry = (cidrBlock: unknown, number: number, numberName: string, actionName: string) => ({
  ...{ protocol: "tcp", ...ssh, cidrBlock, [numberName]: number, [actionName]: "allow" },
});
const toList = (member: StackMember, input: string, value: unknown): StackMember => ({
  ...member,
  properties: { ...member.properties, cidrIpv4: null, cidrIp: null, [input]: value },
  on: { ...member.on, [input]: "list" },
});
const list = (type: string, blocks: readonly unknown[]): StackMember => ({
  ...{ type, name: "list", properties: { entries: blocks.map((cidr) => ({ cidr })) } },
});

export const stackPairs: readonly StackPair[] = [
  pair("aws:ec2/securityGroup:SecurityGroup", (blocks) => inline("aws:ec2/securityGroup:SecurityGroup", blocks)),
  pair("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", (blocks) =>
    inline("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", blocks),
  ),
  pair("aws:ec2/securityGroupRule:SecurityGroupRule", (blocks) => [group, ...blocks.map(classic)]),
  pair("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (blocks) => [group, ...blocks.map(rule)]),
  pair("aws-native:ec2:SecurityGroup", ([first, ...rest]) => [
    {
      type: "aws-native:ec2:SecurityGroup",
      name: "group",
      properties: { securityGroupIngress: [{ ipProtocol: "tcp", ...ssh, cidrIp: first }] },
    },
    ...rest.map(native),
  ]),
  pair("aws-native:ec2:SecurityGroupIngress", (blocks) => [
    { type: "aws-native:ec2:SecurityGroup", name: "group", properties: {} },
    ...blocks.map(native),
  ]),
  pair("aws:ec2/networkAcl:NetworkAcl", (blocks) => acl("aws:ec2/networkAcl:NetworkAcl", blocks), "advisory"),
  pair(
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    (blocks) => acl("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", blocks),
    "advisory",
  ),
  pair("aws:ec2/networkAclRule:NetworkAclRule", (blocks) => acl("aws:ec2/networkAcl:NetworkAcl", blocks), "advisory"),
  pair("aws:ec2/managedPrefixList:ManagedPrefixList", (blocks) => [
    list("aws:ec2/managedPrefixList:ManagedPrefixList", blocks),
    toList(rule(null, 0), "prefixListId", unknown),
  ]),
  pair("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", (blocks) => [
    list("aws:ec2/managedPrefixList:ManagedPrefixList", []),
    ...blocks.map((cidr, index) => ({
      type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
      name: `entry${index}`,
      properties: { prefixListId: unknown, cidr },
      on: { prefixListId: "list" },
    })),
    toList(rule(null, 0), "prefixListId", unknown),
  ]),
  pair("aws-native:ec2:PrefixList", (blocks) => [
    list("aws-native:ec2:PrefixList", blocks),
    toList(native(null, 0), "sourcePrefixListId", unknown),
  ]),
];

export function urnOf({ type, name }: StackMember): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

/** URNs by the input that depends on them. */
export function dependencies(member: StackMember, all: readonly StackMember[]): Record<string, string[]> {
  const on = Object.entries(member.on ?? {});
  return Object.fromEntries(
    on.map(([input, name]) => [input, all.filter((each) => each.name === name).map(urnOf)] as const),
  );
}
