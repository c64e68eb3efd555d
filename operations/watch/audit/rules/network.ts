import { awsCommand } from "../../../../common/command";
import { permissionText, rulesOf } from "../../../../aws/ingress-rules";
import { formatRange } from "aws-prevention-baseline-policy-pack/network/cidr";
import { securityGroups } from "aws-prevention-baseline-policy-pack/network/ingress";
import { findOpenings, type Opening } from "aws-prevention-baseline-policy-pack/network/openings";
import { networkNoOpenAdminPorts } from "aws-prevention-baseline-policy-pack/policies/network-no-open-admin-ports";
import { limitsOf, percent, portsOf } from "aws-prevention-baseline-policy-pack/policies/network-limits";
import { cis, rule, securityHub } from "./rule";
import { type SecurityGroupFacts } from "./subjects";

const reader = securityGroups.find(({ type }) => type === "aws-native:ec2:SecurityGroup")!;
const short: Record<string, (control: string) => string> = {
  "CIS AWS Foundations Benchmark": (control) => cis(control),
  "AWS Security Hub": securityHub,
};

/** Security groups that let the internet in to SSH or RDP, as the policy pack sees it. */
export const openAdminPorts = rule({
  id: "open-admin-ports",
  title: "Admin ports open to the internet",
  severity: "high",
  references: networkNoOpenAdminPorts.frameworks.map(({ name, reference }) => short[name]?.(reference) ?? reference),
  why: "Every scanner on the internet knocks there.",
  on: "securityGroup",
  part: "securityGroups",
  judge: (group) =>
    openingsOf(group).map((opening) => ({
      who: group.owner ?? "account",
      resource: group.id,
      region: group.region,
      evidence: `${group.name}: ${portsOf(opening.ports)} open to the internet: ${shown(opening)}.`,
      fix: revoke(group, opening),
    })),
});

type Open = Extract<Opening, { kind: "open" }>;

function openingsOf({ permissions }: SecurityGroupFacts): Open[] {
  const securityGroupIngress = permissions.flatMap(rulesOf);
  const rules = reader.rules({ value: { securityGroupIngress }, path: "" });
  const found = findOpenings(rules, limitsOf({})).filter((each) => each.kind === "open");
  // Ports that are open in different ways are still one finding for the group.
  const [first, ...rest] = found;
  return first === undefined
    ? []
    : [
        {
          ...first,
          ports: [first, ...rest].flatMap(({ ports }) => ports),
          paths: [...new Set(found.flatMap(({ paths }) => paths))],
        },
      ];
}

function shown({ ranges, share }: Open): string {
  const more = ranges.length > 3 ? ` and ${ranges.length - 3} more` : "";
  return `${ranges.slice(0, 3).map(formatRange).join(", ")}${more}, ${percent(share)} of all public addresses`;
}

/** Takes back exactly the rules that open it. */
function revoke({ id, region, permissions }: SecurityGroupFacts, { paths }: Open): string {
  const rules = permissions.flatMap(rulesOf);
  const places = paths.map((path) => Number(/\[(\d+)\]/.exec(path)?.[1] ?? -1));
  const shapes = places.flatMap((place) => rules[place] ?? []).map(permissionText);
  return awsCommand("ec2", "revoke-security-group-ingress", { region, "group-id": id, "ip-permissions": shapes });
}
