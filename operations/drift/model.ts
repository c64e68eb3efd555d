import { type Observation, type PropertyDifference } from "../../common/observation";
import { controlOf } from "../plan/control-of";

/** `unknown` is a state of its own: what could not be read is neither clean nor drifted. */
export type DriftState = "clean" | "drifted" | "unknown";

/** One managed resource that is not what the program says, or could not be read. */
export interface DriftItem {
  state: "drifted" | "unknown";
  /** Of a drifted resource. */
  change?: "changed" | "deleted";
  /** Class of the control it is part of, such as `AuditTrail`. */
  control: string;
  region?: string;
  urn: string;
  type: string;
  name: string;
  id: string;
  /** What the program says and what is there, by property. */
  differences: PropertyDifference[];
  /** The resources that are gone because this one is. */
  consequences: { urn: string; type: string; name: string }[];
  /** Why it could not be read. */
  reason?: string;
}

export interface DriftReport {
  state: DriftState;
  /** Resources looked at. */
  checked: number;
  clean: number;
  items: DriftItem[];
}

/** Drift above doubt: one drifted resource makes the whole report drifted, whatever else could not be read. */
export function driftReport(observations: Observation[]): DriftReport {
  const deleted = new Map(observations.filter(({ state }) => state === "deleted").map((each) => [each.urn, each]));
  const consequences = new Map<string, DriftItem["consequences"]>();
  const roots = observations.filter((each) => {
    const cause = each.state === "deleted" ? rootCause(each, deleted) : each;
    if (cause === each) {
      return each.state !== "same";
    }
    const { urn, type, name } = each;
    consequences.set(cause.urn, [...(consequences.get(cause.urn) ?? []), { urn, type, name }]);
    return false;
  });
  const items = roots.map((each) => item(each, consequences.get(each.urn) ?? [])).sort(byPlace);
  const state = items.some((each) => each.state === "drifted") ? "drifted" : items.length > 0 ? "unknown" : "clean";
  const clean = observations.filter((each) => each.state === "same").length;
  return { state, checked: observations.length, clean, items };
}

/** The deleted resource at the bottom of what a deleted resource depends on: its detector, its bucket, itself. */
function rootCause(observation: Observation, deleted: Map<string, Observation>): Observation {
  const seen = new Set<string>();
  let cause = observation;
  for (;;) {
    seen.add(cause.urn);
    const deeper = cause.dependsOn.map((urn) => deleted.get(urn)).find((each) => each && !seen.has(each.urn));
    if (!deeper) {
      return cause;
    }
    cause = deeper;
  }
}

function item(observation: Observation, consequences: DriftItem["consequences"]): DriftItem {
  const { urn, type, name, id, region, state, differences, reason } = observation;
  return {
    state: state === "unknown" ? "unknown" : "drifted",
    ...(state !== "unknown" && { change: state === "deleted" ? "deleted" : "changed" }),
    control: controlOf(urn),
    ...(region && { region }),
    urn,
    type,
    name,
    id,
    differences,
    consequences: consequences.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    ...(reason && { reason }),
  };
}

function byPlace(a: DriftItem, b: DriftItem): number {
  const key = ({ state, control, region = "", name }: DriftItem) => [state, control, region, name].join("\n");
  return key(a) < key(b) ? -1 : 1;
}
