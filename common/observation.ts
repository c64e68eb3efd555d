/** One property that is not what the program says. */
export interface PropertyDifference {
  /** As in a program: `enableLogging`, `rules[0].status`. */
  path: string;
  expected: unknown;
  found: unknown;
}

/** What a refresh saw of one managed resource. The sandbox's host and the real engine both speak of it in these terms. */
export interface Observation {
  urn: string;
  type: string;
  name: string;
  id: string;
  region?: string;
  /** `unknown`: it could not be read, which is neither drift nor its absence. */
  state: "same" | "changed" | "deleted" | "unknown";
  /** Of a changed resource. May be empty when the engine says only that something changed. */
  differences: PropertyDifference[];
  /** URNs. What goes with a deleted resource is a consequence, not a drift of its own. */
  dependsOn: string[];
  /** Why it could not be read. */
  reason?: string;
}
