import { globMatches } from "../../common/glob";
import { type PropertyDifference } from "../../common/observation";
import { type DriftItem, type DriftReport, inOrder, stateOf } from "./model";
import { severityOf } from "./severity";

/** Drift that somebody decided to live with for a while. */
export interface AcceptedDrift {
  /** Glob of the resource's name, URN, id or ARN. */
  resource: string;
  /** Glob of the property's path; absent when the resource may differ in anything, be deleted or be unmanaged. */
  property?: string;
  /** Why, in words. */
  reason: string;
  /** `YYYY-MM-DD`: the first day, in UTC, on which it counts as drift again. */
  expires: string;
}

export interface Acceptance {
  /** What does not count, and by which entry. An item with some properties accepted stands here with those only. */
  accepted: { item: DriftItem; by: AcceptedDrift }[];
  /** Entries whose time is over and that still fit drift, which therefore counts. */
  expired: AcceptedDrift[];
  /** Entries that fit nothing: what they were for is no longer so. */
  unused: AcceptedDrift[];
}

/**
 * The report without what is accepted. Only drift can be accepted: what could not be read stays unknown.
 *
 * @param now decides which entries are over
 */
export function withoutAccepted<T extends DriftReport>(
  report: T,
  entries: AcceptedDrift[],
  now: Date,
): T & { acceptance: Acceptance } {
  const today = now.toISOString().slice(0, 10);
  const accepted: Acceptance["accepted"] = [];
  const used = new Set<AcceptedDrift>();
  const items = report.items.flatMap((item) => {
    const fitting = item.state === "drifted" ? entries.filter((entry) => fitsResource(entry, item)) : [];
    fitting.filter((entry) => fitsSome(entry, item)).forEach((entry) => used.add(entry));
    const inForce = fitting.filter(({ expires }) => today < expires);
    const [rest, taken] = split(item, inForce);
    accepted.push(...taken);
    return rest ? [rest] : [];
  });
  const over = (entry: AcceptedDrift) => today >= entry.expires;
  return {
    ...report,
    state: stateOf(items),
    items: inOrder(items),
    acceptance: {
      accepted,
      expired: entries.filter((each) => used.has(each) && over(each)),
      unused: entries.filter((each) => !used.has(each)),
    },
  };
}

function split(item: DriftItem, entries: AcceptedDrift[]): [rest: DriftItem | undefined, Acceptance["accepted"]] {
  const whole = entries.find(({ property }) => property === undefined);
  if (whole) {
    return [undefined, [{ item, by: whole }]];
  }
  if (item.change !== "changed") {
    return [item, []];
  }
  const byEntry = new Map<AcceptedDrift, PropertyDifference[]>();
  const rest = item.differences.filter((difference) => {
    const entry = entries.find((each) => fitsPath(each, difference.path));
    if (entry) {
      byEntry.set(entry, [...(byEntry.get(entry) ?? []), difference]);
    }
    return !entry;
  });
  const taken = [...byEntry].map(([by, differences]) => ({ item: { ...item, differences }, by }));
  if (taken.length === 0) {
    return [item, []];
  }
  // Without its worst property an item may be less bad.
  return [rest.length > 0 ? reduced(item, rest) : undefined, taken];
}

function reduced(item: DriftItem, differences: PropertyDifference[]): DriftItem {
  const { means, ...less } = item;
  void means;
  return { ...less, differences, ...severityOf({ ...item, change: "changed", differences }) };
}

function fitsResource({ resource }: AcceptedDrift, { name, urn, id }: DriftItem): boolean {
  return [name, urn, id].some((each) => globMatches(resource, each));
}

function fitsSome(entry: AcceptedDrift, item: DriftItem): boolean {
  return entry.property === undefined || item.differences.some(({ path }) => fitsPath(entry, path));
}

function fitsPath({ property }: AcceptedDrift, path: string): boolean {
  return property === undefined || globMatches(property, path);
}
