import { sarif, type SarifResult } from "../../../output/sarif";
import { type AuditFinding, type AuditProblem, type AuditReport } from "../model";
import { rules } from "../rules";

/** What a finding points at: code scanning shows nothing without a file, and this one says what to do. */
const RUNBOOK = "docs/runbooks/credential-audit.md";

/**
 * An audit as SARIF 2.1.0: a result for each finding, and one of kind `open` for each part that could not be read. A
 * result keeps its fingerprint as long as rule and resource are the same.
 *
 * @param prefix of the sources' paths in the repository, such as `infra/`
 * @returns JSON text
 */
export function auditAsSarif(report: AuditReport, version: string, prefix = ""): string {
  const { accountId, findings, problems } = report;
  const at = { uri: prefix + RUNBOOK };
  const unread = {
    id: "audit/not-read",
    title: "Part of the account could not be read",
    description: "Nothing is known of this part of the account.",
    help: "Give the role that audits what it needs to read it, and run the audit again.",
    severity: "medium" as const,
    tags: ["audit"],
  };
  return sarif({
    tool: { name: "aws-prevention-baseline audit", version },
    automationId: `audit/${accountId}/`,
    fingerprint: "auditFinding/v1",
    rules: [
      ...rules.map(({ id, title, why, severity, references }) => ({
        id: `audit/${id}`,
        title,
        description: `${title}. ${why}`,
        help: `Read the evidence, then run the command it comes with, or exempt it in audit.accepted.yaml with a reason and a date. ${references.join(", ")}.`,
        severity,
        tags: ["audit", ...references],
      })),
      unread,
    ],
    results: [
      ...findings.map((each) => ({ ...resultOf(each, accountId), at })),
      ...problems.map((each) => ({ ...unreadOf(each, accountId), at })),
    ],
    successful: !report.partial,
    ...(report.identity && { identity: report.identity }),
  });
}

function resultOf(finding: AuditFinding, accountId: string): Omit<SarifResult, "at"> {
  const { id, rule, severity, title, resource, arn, region, who, ageDays, evidence, fix, references } = finding;
  return {
    ruleId: `audit/${rule}`,
    severity,
    message: `${title}: ${resource} (${region}).\n${evidence}\nFix: ${fix}`,
    resource: { name: resource, fullName: arn ?? `${accountId}/${region}/${resource}` },
    identity: [accountId, id],
    properties: { severity, who, region, references, ...(ageDays !== undefined && { ageDays }) },
  };
}

function unreadOf({ kind, region, action, reason }: AuditProblem, accountId: string): Omit<SarifResult, "at"> {
  return {
    ruleId: "audit/not-read",
    severity: "medium",
    kind: "open",
    message: reason,
    resource: { name: `${kind} in ${region}`, fullName: `${accountId}/${region}/${kind}` },
    identity: [accountId, kind, region, action],
  };
}
