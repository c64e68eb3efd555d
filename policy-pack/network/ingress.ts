import { entries, isUnknown, type Located, property, word } from "../values";
import { type Rule } from "./rule";

/** One type of resource that lets traffic in, and how its inputs read as rules. */
export interface Ingress {
  readonly type: string;
  readonly rules: (inputs: Located) => Rule[];
  /** Set where an opening is reported but never blocks, because another layer still decides. */
  readonly level?: "advisory";
}

/** Reads one rule. */
export function ruleAt(at: Located, names: RuleNames): Rule {
  const { in: range, from, to } = names.ports ?? { in: undefined, from: "fromPort", to: "toPort" };
  const ports = range === undefined ? at : property(at, range);
  const port = (name: string): Located => (isUnknown(ports.value) ? ports : property(ports, name));
  const all = (of: readonly string[] = []): Located[] => of.flatMap((name) => entries(property(at, name)));
  return {
    path: at.path,
    at,
    protocol: property(at, names.protocol ?? "protocol"),
    fromPort: port(from),
    toPort: port(to),
    cidrs: all(names.cidrs),
    prefixLists: all(names.prefixLists),
  };
}

/** The names of the inputs that hold the parts of a rule. */
export interface RuleNames {
  readonly protocol?: string;
  readonly cidrs: readonly string[];
  readonly prefixLists?: readonly string[];
  /** Where the ports are not the rule's own inputs. */
  readonly ports?: { readonly in: string; readonly from: string; readonly to: string };
}

/** A rule of which nothing is known yet. */
export function unknownRule(at: Located): Rule {
  return { path: at.path, protocol: at, fromPort: at, toPort: at, cidrs: [at], prefixLists: [] };
}

/** The rules of a list of inputs. */
export function rulesIn(inputs: Located, list: string, read: (entry: Located) => Rule): Rule[] {
  return entries(property(inputs, list)).map((entry) => (isUnknown(entry.value) ? unknownRule(entry) : read(entry)));
}

const group = { cidrs: ["cidrBlocks", "ipv6CidrBlocks"], prefixLists: ["prefixListIds"] };
const inline = (inputs: Located): Rule[] => rulesIn(inputs, "ingress", (entry) => ruleAt(entry, group));

const native = { protocol: "ipProtocol", cidrs: ["cidrIp", "cidrIpv6"], prefixLists: ["sourcePrefixListId"] };
const nativeRule = (at: Located): Rule => ruleAt(at, native);

/** Security groups of EC2, in each of the forms Pulumi has for them. */
export const securityGroups: readonly Ingress[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", rules: inline },
  { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", rules: inline },
  {
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    rules: (inputs) => {
      const direction = property(inputs, "type");
      const inward = isUnknown(direction.value) || word(direction.value) !== "egress";
      return inward ? [{ ...ruleAt(inputs, group), gate: direction }] : [];
    },
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    rules: (inputs) => [
      ruleAt(inputs, { protocol: "ipProtocol", cidrs: ["cidrIpv4", "cidrIpv6"], prefixLists: ["prefixListId"] }),
    ],
  },
  { type: "aws-native:ec2:SecurityGroup", rules: (inputs) => rulesIn(inputs, "securityGroupIngress", nativeRule) },
  { type: "aws-native:ec2:SecurityGroupIngress", rules: (inputs) => [nativeRule(inputs)] },
];
