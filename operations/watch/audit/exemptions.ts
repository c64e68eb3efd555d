import { globMatches } from "../../../common/glob";
import { type AcceptedEntry } from "../drift/accepted-file";
import { type AuditFinding, type AuditReport } from "./model";

/** Looked for in the package's folder unless another file is named. */
export const EXEMPTIONS_FILE = "audit.accepted.yaml";

/** `resource`: glob of a finding's resource, user or role, or ARN; `rule`: glob of the rule's id, every rule where it is absent. */
export type Exemption = AcceptedEntry<"rule">;

/** Findings without those that are exempt on the day; what is over counts again, and is told. */
export function exempted(
  findings: readonly AuditFinding[],
  entries: readonly Exemption[],
  now: Date,
): Pick<AuditReport, "findings" | "exempt" | "notes"> {
  const today = now.toISOString().slice(0, 10);
  const used = new Set<Exemption>();
  const exempt: AuditReport["exempt"] = [];
  const counting = findings.filter((finding) => {
    const fitting = entries.filter((entry) => fits(entry, finding));
    fitting.forEach((entry) => used.add(entry));
    const inForce = fitting.find(({ expires }) => today < expires);
    if (inForce) {
      exempt.push({ finding, reason: inForce.reason, expires: inForce.expires });
    }
    return !inForce;
  });
  const name = ({ resource, rule = "every rule" }: Exemption) => `${resource} (${rule})`;
  return {
    findings: counting,
    exempt,
    notes: entries.flatMap((entry) =>
      !used.has(entry)
        ? [`The exemption of ${name(entry)} fits nothing; remove it.`]
        : today >= entry.expires
          ? [`The exemption of ${name(entry)} ended on ${entry.expires}; it counts again.`]
          : [],
    ),
  };
}

function fits({ resource, rule = "*" }: Exemption, finding: AuditFinding): boolean {
  // Of what a region has, the person is a tag's word, which a thief can set: nobody is exempt by it.
  const who = finding.region === "global" ? finding.who : finding.resource;
  const names = [finding.resource, who, finding.arn ?? finding.resource];
  return names.some((each) => globMatches(resource, each)) && globMatches(rule, finding.rule);
}
