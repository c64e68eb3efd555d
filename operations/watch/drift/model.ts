import { type Observation, type PropertyDifference } from "../../../common/observation";
import { presentable } from "../../../common/pulumi-values";
import { controlOf } from "../../../engine/control-of";
import { bySeverity, type Severity } from "../../output/severity";
import { type Change } from "./change";
import { severityOf } from "./severity";
import { type SourcePlace } from "./source";
import { grouped } from "../../../common/grouped";

/** `unknown` is a state of its own: what could not be read is neither clean nor drifted. */
export type DriftState = "clean" | "drifted" | "unknown";

/** Type of the item that stands for everything that is missing in a region. */
export const regionType = "aws:account/region:Region";

/** One resource that is not what the program says, or could not be read. */
export interface DriftItem {
  state: "drifted" | "unknown";
  /**
   * Of a drifted resource. `deleted`: it is in the stack's state and not in the account. `missing`: the program declares it,
   * and it is not in the state. `undeclared`: it is in the state, and the program does not declare it. `unmanaged`: it is in
   * the account only.
   */
  change?: "changed" | "deleted" | "missing" | "undeclared" | "unmanaged";
  severity: Severity;
  /** What it means for the account, as the end of a sentence. */
  means?: string;
  /** Class of the control it is part of, such as `AuditTrail`. */
  control: string;
  region?: string;
  /** Of an unmanaged resource its ARN, or what else names it in the account. */
  urn: string;
  /** Pulumi type token. */
  type: string;
  name: string;
  id: string;
  /** What the program says and what is there, by property. */
  differences: PropertyDifference[];
  /** The resources that are gone because this one is. */
  consequences: { urn: string; type: string; name: string }[];
  /** URNs of the resources that the item stands for, where it stands for a whole region. */
  includes?: string[];
  /** The stack's state has what was found, so that a refresh alone would not show it. */
  inState?: true;
  /** Why it could not be read. */
  reason?: string;
  /** Where the program declares it; of an unmanaged resource, where the control is written it would be part of. */
  at?: SourcePlace;
  /** Of an unmanaged thing: texts that the event of its making in CloudTrail holds, all of them. */
  knownAs?: string[];
  /** Who changed it, the last first. Absent where nobody looked. */
  changes?: Change[];
}

export interface DriftReport {
  state: DriftState;
  /** Resources looked at. */
  checked: number;
  clean: number;
  /** The same by control, in the order of their names. */
  controls: { control: string; checked: number; clean: number }[];
  items: DriftItem[];
}

/** Drift above doubt: one drifted resource makes the whole report drifted, whatever else could not be read. */
export function driftReport(observations: Observation[]): DriftReport {
  const deleted = new Map(observations.filter(({ state }) => state === "deleted").map((each) => [each.urn, each]));
  const bare = regionsWithout(observations);
  const consequences = new Map<string, DriftItem["consequences"]>();
  const roots = observations.filter((each) => {
    const cause = each.state === "deleted" ? rootCause(each, deleted) : each;
    if (cause === each) {
      return each.state !== "same" && !(each.state === "missing" && bare.has(each.region));
    }
    const { urn, type, name } = each;
    consequences.set(cause.urn, [...(consequences.get(cause.urn) ?? []), { urn, type, name }]);
    return false;
  });
  const items = inOrder([
    ...roots.map((each) => item(each, consequences.get(each.urn) ?? [])),
    ...[...bare].map((region) => withoutBaseline(region ?? "", observations)),
  ]);
  const clean = observations.filter((each) => each.state === "same").length;
  const controls = countedBy(observations);
  return { state: stateOf(items), checked: observations.length, clean, controls, items };
}

/** Regions in which the state has nothing, where it has something in another: they were enabled after the last `up`. */
function regionsWithout(observations: Observation[]): Set<string | undefined> {
  const regional = observations.filter(({ region }) => region !== undefined);
  const byRegion = grouped(regional, ({ region = "" }) => region);
  const bare = [...byRegion].filter(([, all]) => all.length > 1 && all.every(({ state }) => state === "missing"));
  return new Set(bare.length < byRegion.size ? bare.map(([region]) => region) : []);
}

function withoutBaseline(region: string, observations: Observation[]): DriftItem {
  const missing = observations.filter((each) => each.region === region);
  return {
    state: "drifted",
    change: "missing",
    severity: "critical",
    means: `the region is enabled, and none of the ${missing.length} resources of the program is there`,
    control: "program",
    urn: `region ${region}`,
    type: regionType,
    name: region,
    id: region,
    differences: [],
    consequences: [],
    includes: missing.map(({ urn }) => urn),
  };
}

function countedBy(observations: Observation[]): DriftReport["controls"] {
  const counts = new Map<string, { control: string; checked: number; clean: number }>();
  for (const { urn, state } of observations) {
    const control = controlOf(urn);
    const { checked, clean } = counts.get(control) ?? { checked: 0, clean: 0 };
    counts.set(control, { control, checked: checked + 1, clean: clean + (state === "same" ? 1 : 0) });
  }
  return [...counts.values()].sort((a, b) => (a.control < b.control ? -1 : 1));
}

/** Drift, else doubt, else clean. */
export function stateOf(items: Pick<DriftItem, "state">[]): DriftState {
  return items.some((each) => each.state === "drifted") ? "drifted" : items.length > 0 ? "unknown" : "clean";
}

/** What is certain before what could not be told, and of each the worst first. */
export function inOrder(items: DriftItem[]): DriftItem[] {
  return [...items].sort((a, b) =>
    a.state < b.state ? -1 : a.state > b.state ? 1 : bySeverity(a, b) || byPlace(a, b),
  );
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
  const control = controlOf(urn);
  const change = state === "unknown" || state === "same" ? undefined : state;
  // What could not be read may be as bad as its absence.
  const { severity, means } = severityOf({ control, type, change: change ?? "deleted", differences });
  return {
    state: change ? "drifted" : "unknown",
    ...(change && { change }),
    severity,
    ...(means && change && { means }),
    control,
    ...(region && { region }),
    urn,
    type,
    name,
    id,
    differences: differences.map(masked),
    consequences: consequences.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    ...(reason && { reason }),
  };
}

/** No report of any form gets to see a secret. */
function masked({ path, expected, found }: PropertyDifference): PropertyDifference {
  return { path, expected: presentable(expected), found: presentable(found) };
}

function byPlace(a: DriftItem, b: DriftItem): number {
  const key = ({ control, region = "", name }: DriftItem) => [control, region, name].join("\n");
  return key(a) < key(b) ? -1 : 1;
}
