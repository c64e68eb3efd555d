/**
 * What a drill event bears. AWS lets nobody put events of its own sources (`aws.*`) on a bus, so that an alert cannot be
 * tried with a made-up finding; this one goes the same way.
 *
 * Source: EventBridge API, PutEvents, `Source`.
 */
export const drillEvent = { source: "baseline.drill", detailType: "Baseline Drill" } as const;

/** Name of the rule that catches it, the same in each region. */
export function drillRuleName(namePrefix: string): string {
  return `${namePrefix}-drill`;
}
