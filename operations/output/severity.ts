/** How bad it is, the worst first. In reports as words; for code scanning as a score and a level. */
export const severities = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof severities)[number];

/** Orders the worst first. */
export function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

/** The worst of several; undefined of none. */
export function worst(list: readonly Severity[]): Severity | undefined {
  return severities.find((each) => list.includes(each));
}
