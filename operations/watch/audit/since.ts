import { type AuditFinding, type AuditProblem, type AuditReport } from "./model";

/** What changed between two audits of one account. */
export interface AuditChange {
  /** ISO 8601: when the audit before began. */
  since: string;
  /** Findings that were not there, though the audit before could have found them. */
  appeared: AuditFinding[];
  /** Findings whose part could not be read before: nobody knows whether they are new. */
  unsure: AuditFinding[];
  /** Findings that are no longer there, and that this audit could have found. */
  gone: AuditFinding[];
  /** How many are as they were. */
  unchanged: number;
  /** Findings of before whose part could not be read now: nobody knows whether they are gone. */
  untold: AuditFinding[];
}

/** Compares by what a finding is about, so that an age that grows, or a severity, is no change. */
export function changeSince(before: AuditReport, now: AuditReport): AuditChange {
  const all = (report: AuditReport) => [...report.findings, ...report.exempt.map(({ finding }) => finding)];
  const had = new Set(all(before).map(({ id }) => id));
  const has = new Set(all(now).map(({ id }) => id));
  const lost = before.findings.filter(({ id }) => !has.has(id));
  const looked = (finding: AuditFinding, { problems, regions }: AuditReport = now) =>
    !problems.some((problem) => concerns(problem, finding)) &&
    (finding.region === "global" || regions.includes(finding.region));
  const more = now.findings.filter(({ id }) => !had.has(id));
  return {
    since: before.startedAt,
    appeared: more.filter((each) => looked(each, before)),
    unsure: more.filter((each) => !looked(each, before)),
    gone: lost.filter((each) => looked(each)),
    unchanged: now.findings.filter(({ id }) => had.has(id)).length,
    untold: lost.filter((each) => !looked(each)),
  };
}

// What an account has once is read in one region, whatever that is.
function concerns({ kind, region }: AuditProblem, finding: AuditFinding): boolean {
  const keys = kind === "accessKeys" && finding.part === "credentialReport";
  return (kind === finding.part && (finding.region === "global" || finding.region === region)) || keys;
}
