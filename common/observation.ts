/** One property that is not what the program says. */
export interface PropertyDifference {
  /** As in a program: `enableLogging`, `rules[0].status`. */
  path: string;
  expected: unknown;
  found: unknown;
}

/**
 * What was seen of one resource of the program or of the stack's state. The sandbox's host and the real engine both report in
 * these terms.
 */
export interface Observation {
  urn: string;
  type: string;
  name: string;
  id: string;
  region?: string;
  /**
   * `deleted`: it is in the state and not in the account. `missing`: the program declares it, and it is not in the state.
   * `undeclared`: it is in the state, and the program does not declare it. `unknown`: it could not be read or compared, which
   * is neither drift nor its absence.
   */
  state: "same" | "changed" | "deleted" | "missing" | "undeclared" | "unknown";
  /** Of a changed resource, at least one. */
  differences: PropertyDifference[];
  /** What the program wants, with unknown values and secrets as on the wire. Absent where the program was not asked. */
  inputs?: Record<string, unknown>;
  /** URNs. What goes with a deleted resource is a consequence, not a drift of its own. */
  dependsOn: string[];
  /** Why it could not be read or compared. */
  reason?: string;
}
