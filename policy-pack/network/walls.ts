import { type StackResource } from "../policies/types";
import { type Located } from "../values";
import { clusters } from "./clusters";
import { securityGroups } from "./ingress";
import { type AclEntry, aclEntries, inOrder } from "./network-acls";
import { type PrefixLists, withPrefixLists } from "./prefix-lists";
import { ownKeys, type Reference, reference } from "./references";
import { type Rule } from "./rule";

/** One resource as a part of a security group or a network ACL. */
export interface Part extends Reference {
  readonly resource: StackResource;
  readonly kind: "group" | "acl";
  /** The input that names the whole it is a part of; the whole itself has none. */
  readonly input: string | undefined;
  /** What it lets in by itself, as the policy on single resources sees it. */
  readonly alone: readonly Rule[];
  /** The same with the prefix lists of the stack, and paths that begin with the resource's name. */
  readonly rules: readonly Rule[];
  readonly acl: readonly AclEntry[];
  readonly hasPrefixLists: boolean;
}

const groupTypes: Readonly<Record<string, string | undefined>> = {
  "aws:ec2/securityGroup:SecurityGroup": undefined,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": undefined,
  "aws:ec2/securityGroupRule:SecurityGroupRule": "securityGroupId",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "securityGroupId",
  "aws-native:ec2:SecurityGroup": undefined,
  "aws-native:ec2:SecurityGroupIngress": "groupId",
};
const aclTypes: Readonly<Record<string, string | undefined>> = {
  "aws:ec2/networkAcl:NetworkAcl": undefined,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": undefined,
  "aws:ec2/networkAclRule:NetworkAclRule": "networkAclId",
};
const inputs = { ...groupTypes, ...aclTypes };

/** Every type that is a security group, a network ACL, or a part of one. */
export const wallTypes = Object.keys(inputs);

/** The security groups and network ACLs of a stack, each with all its parts. */
export function readWalls(resources: readonly StackResource[], lists: PrefixLists): Part[][] {
  const parts = resources.filter(({ type }) => Object.hasOwn(inputs, type)).map((each) => readPart(each, lists));
  return clusters(parts, ({ keys }) => keys);
}

/** All that the parts let in together. */
export function together(parts: readonly Part[]): Rule[] {
  return [...parts.flatMap(({ rules }) => rules), ...inOrder(parts.flatMap(({ acl }) => acl))];
}

function readPart(resource: StackResource, lists: PrefixLists): Part {
  const { type, name, props } = resource;
  const input = inputs[type];
  const isWhole = (other: string): boolean => Object.hasOwn(inputs, other) && inputs[other] === undefined;
  const at: Located = { value: props, path: "" };
  const entries = aclEntries[type]?.(at) ?? [];
  const alone = securityGroups.find((each) => each.type === type)?.rules(at) ?? [];
  const resolved = alone.map((rule) => withPrefixLists(rule, resource, lists, input === undefined));
  return {
    ...(input === undefined ? ownKeys(resource) : reference(resource, input, isWhole)),
    resource,
    kind: Object.hasOwn(groupTypes, type) ? "group" : "acl",
    input,
    alone: [...alone, ...inOrder(entries)],
    rules: resolved.map((rule) => named(rule, name)),
    acl: entries.map((entry) => ({ ...entry, rule: named(entry.rule, name) })),
    hasPrefixLists: resolved.some((rule, index) => rule.prefixLists.length < alone[index]!.prefixLists.length),
  };
}

// Blocks of a prefix list have its name already.
function named(rule: Rule, name: string): Rule {
  const say = (of: Located): Located => ({ ...of, path: of.path.includes(": ") ? of.path : `${name}: ${of.path}` });
  const { protocol, fromPort, toPort, cidrs, gate } = rule;
  return {
    ...rule,
    path: rule.path === "" ? name : `${name}: ${rule.path}`,
    protocol: say(protocol),
    fromPort: say(fromPort),
    toPort: say(toPort),
    cidrs: cidrs.map(say),
    // The policy on single resources speaks of those that nobody has looked into.
    prefixLists: [],
    ...(gate && { gate: say(gate) }),
  };
}
