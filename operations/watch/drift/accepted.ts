import { type AcceptedDrift } from "./accepted-limits";
import { globMatches } from "../../../common/glob";
import { fitsResource, isTooLate, type Named, needsProperty, widthProblem } from "./accepted-limits";
import { type PropertyDifference } from "../../../common/observation";
import { type DriftItem, type DriftReport, inOrder, stateOf } from "./model";
import { severityOf } from "./severity";

export interface Acceptance {
  /** What does not count, and by which entry. An item with some properties accepted stands here with those only. */
  accepted: { item: DriftItem; by: AcceptedDrift }[];
  /** Entries whose time is over and that still fit drift, which therefore counts. */
  expired: AcceptedDrift[];
  /** Entries that fit nothing: what they were for is no longer so. */
  unused: AcceptedDrift[];
  /** Entries that accept more than an entry may, and therefore nothing, with the reason as the end of a sentence. */
  refused: { entry: AcceptedDrift; why: string }[];
}

/**
 * The report without what is accepted. Only drift can be accepted: what could not be read stays unknown.
 *
 * @param all entries, of which those that are too wide or last too long accept nothing
 * @param now decides which entries are over
 * @param resources everything that was looked at, which shows what else an entry fits
 */
export function withoutAccepted<T extends DriftReport>(
  report: T,
  all: AcceptedDrift[],
  now: Date,
  resources: readonly Named[] = [],
): T & { acceptance: Acceptance } {
  const refused = all.flatMap((entry) => {
    const why = problemOf(entry, now, resources);
    return why === undefined ? [] : [{ entry, why }];
  });
  const entries = all.filter((entry) => !refused.some((each) => each.entry === entry));
  const today = now.toISOString().slice(0, 10);
  const accepted: Acceptance["accepted"] = [];
  const used = new Set<AcceptedDrift>();
  const items = report.items.flatMap((item) => {
    const fitting = item.state === "drifted" ? entries.filter((entry) => fitsItem(entry, item)) : [];
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
      refused,
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

function problemOf(entry: AcceptedDrift, now: Date, resources: readonly Named[]): string | undefined {
  return isTooLate(entry.expires, now)
    ? "it lasts too long"
    : (widthProblem(entry) ??
        widthProblem(
          entry,
          resources.filter((each) => !needsProperty(each)),
        ));
}

// Of a trail, a detector or a recorder of the program, only a property can be accepted.
function fitsItem(entry: AcceptedDrift, item: DriftItem): boolean {
  const whole = entry.property === undefined && item.change !== "unmanaged" && needsProperty(item);
  return !whole && fitsResource(entry, item);
}

function fitsSome(entry: AcceptedDrift, item: DriftItem): boolean {
  return entry.property === undefined || item.differences.some(({ path }) => fitsPath(entry, path));
}

function fitsPath({ property }: AcceptedDrift, path: string): boolean {
  return property === undefined || globMatches(property, path);
}
