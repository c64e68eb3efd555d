import { isUnknown, type Located, property, word } from "../values";
import { type Ingress, ruleAt, type RuleNames, rulesIn } from "./ingress";
import { type Rule } from "./rule";

/** One entry of a network ACL. */
export interface AclEntry {
  readonly rule: Rule;
  readonly number: Located;
  readonly action: Located;
}

const addresses = { cidrs: ["cidrBlock", "ipv6CidrBlock"] };

/**
 * The entries that let something in, each with those that turn it away first: the lowest number that matches decides.
 * A number that is not known yet counts as one that lets most in.
 */
export function inOrder(entries: readonly AclEntry[]): Rule[] {
  const denies = entries.filter(({ action }) => word(action.value) === "deny" && !isUnknown(action.value));
  const position = ({ number }: AclEntry, otherwise: number): number =>
    isUnknown(number.value) || number.value === undefined ? otherwise : Number(word(number.value));
  return entries
    .filter((entry) => !denies.includes(entry))
    .map((entry) => ({
      ...entry.rule,
      gate: entry.action,
      deniedBy: denies.filter((deny) => position(deny, Infinity) < position(entry, -Infinity)).map(({ rule }) => rule),
    }));
}

function inline(inputs: Located): AclEntry[] {
  return rulesIn(inputs, "ingress", (entry) => ruleAt(entry, addresses)).map((rule) => {
    const entry = rule.at ?? { value: undefined, path: rule.path };
    return { rule, number: property(entry, "ruleNo"), action: property(entry, "action") };
  });
}

const outward = (inputs: Located): boolean => word(property(inputs, "egress").value) === "true";

const single =
  (names: RuleNames) =>
  (inputs: Located): AclEntry[] => {
    const rule = ruleAt(inputs, names);
    const entry = { rule, number: property(inputs, "ruleNumber"), action: property(inputs, "ruleAction") };
    return outward(inputs) ? [] : [entry];
  };

// As CloudFormation has it: the ports are an object of their own.
const native = { ...addresses, ports: { in: "portRange", from: "from", to: "to" } };

/** How the inputs of each type of resource read as entries of a network ACL. */
export const aclEntries: Readonly<Record<string, (inputs: Located) => AclEntry[]>> = {
  "aws:ec2/networkAcl:NetworkAcl": inline,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": inline,
  "aws:ec2/networkAclRule:NetworkAclRule": single(addresses),
  "aws-native:ec2:NetworkAclEntry": single(native),
};

/** Network ACLs: an outer wall that a security group still stands behind, hence advisory. */
export const networkAcls: readonly Ingress[] = Object.entries(aclEntries).map(([type, read]) => ({
  type,
  level: "advisory",
  rules: (inputs) => inOrder(read(inputs)),
}));
