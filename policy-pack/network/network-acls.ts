import { isUnknown, type Located, property, word } from "../values";
import { type Ingress, ruleAt, rulesIn } from "./ingress";
import { type Rule } from "./rule";

interface Entry {
  readonly rule: Rule;
  readonly number: Located;
  readonly action: Located;
}

const addresses = { cidrs: ["cidrBlock", "ipv6CidrBlock"] };

// The lowest number that matches decides. A number that is not known yet counts as one that lets most in.
function inOrder(entries: readonly Entry[]): Rule[] {
  const denies = entries.filter(({ action }) => word(action.value) === "deny" && !isUnknown(action.value));
  const position = ({ number }: Entry, otherwise: number): number =>
    isUnknown(number.value) || number.value === undefined ? otherwise : Number(word(number.value));
  return entries
    .filter((entry) => !denies.includes(entry))
    .map((entry) => ({
      ...entry.rule,
      gate: entry.action,
      deniedBy: denies.filter((deny) => position(deny, Infinity) < position(entry, -Infinity)).map(({ rule }) => rule),
    }));
}

const inline = (inputs: Located): Rule[] => {
  const numbers = new Map<Rule, Located>();
  const rules = rulesIn(inputs, "ingress", (entry) => {
    const rule = ruleAt(entry, addresses);
    numbers.set(rule, entry);
    return rule;
  });
  return inOrder(
    rules.map((rule) => {
      const entry = numbers.get(rule) ?? { value: undefined, path: rule.path };
      return { rule, number: property(entry, "ruleNo"), action: property(entry, "action") };
    }),
  );
};

/** Network ACLs: an outer wall that a security group still stands behind, hence advisory. */
export const networkAcls: readonly Ingress[] = [
  { type: "aws:ec2/networkAcl:NetworkAcl", level: "advisory", rules: inline },
  { type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", level: "advisory", rules: inline },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    level: "advisory",
    rules: (inputs) => {
      const outward = property(inputs, "egress").value;
      const rule = { ...ruleAt(inputs, addresses) };
      const entry = { rule, number: property(inputs, "ruleNumber"), action: property(inputs, "ruleAction") };
      return word(outward) === "true" ? [] : inOrder([entry]);
    },
  },
];
