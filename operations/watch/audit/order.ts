import { bySeverity, type Severity } from "../../output/severity";
import { type AuditFinding } from "./model";
import { grouped } from "../../../common/grouped";

/** Worst first, then whose, then what; the same findings always come in the same order. */
export function inOrder(findings: readonly AuditFinding[]): AuditFinding[] {
  const words = ({ who, resource, rule, region }: AuditFinding) => [who, resource, rule, region].join("\n");
  return [...findings].sort((a, b) => bySeverity(a, b) || (words(a) < words(b) ? -1 : 1));
}

/** Findings by person: whoever has the worst first. */
export function byPerson(findings: readonly AuditFinding[]): [who: string, findings: AuditFinding[]][] {
  return [...grouped(inOrder(findings), ({ who }) => who)];
}

/** Findings by rule, and with it by the controls of benchmarks it answers. */
export function byControl(findings: readonly AuditFinding[]): [rule: string, findings: AuditFinding[]][] {
  return [...grouped(inOrder(findings), ({ rule }) => rule)];
}

/** `2 critical, 1 high`; `nothing` where there is none. */
export function counted(findings: readonly { severity: Severity }[]): string {
  const counts = (["critical", "high", "medium", "low"] as const).flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return counts.length === 0 ? "nothing" : counts.join(", ");
}
