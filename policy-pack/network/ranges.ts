import { type Range } from "./cidr";

/** The same addresses as few runs in ascending order: overlapping and adjoining ones become one. */
export function union(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort(
    (a, b) => a.version - b.version || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0),
  );
  const merged: Range[] = [];
  for (const range of sorted) {
    const before = merged[merged.length - 1];
    if (before !== undefined && before.version === range.version && range.first <= before.last + 1n) {
      merged[merged.length - 1] = { ...before, last: range.last > before.last ? range.last : before.last };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** What is in `ranges` and not in `without`, in one pass over both: a list of 100,000 blocks is no trouble. */
export function subtract(ranges: readonly Range[], without: readonly Range[]): Range[] {
  const holes = union(without);
  let next = 0;
  return union(ranges).flatMap((range) => {
    const rest: Range[] = [];
    let from = range.first;
    while (next < holes.length && isBefore(holes[next]!, range)) next++;
    // The last of these holes may reach into the next run, so `next` stays where it is.
    for (let at = next; at < holes.length; at++) {
      const hole = holes[at]!;
      if (hole.version !== range.version || hole.first > range.last) break;
      if (hole.first > from) rest.push({ ...range, first: from, last: hole.first - 1n });
      from = hole.last + 1n;
    }
    return from <= range.last ? [...rest, { ...range, first: from }] : rest;
  });
}

function isBefore(one: Range, other: Range): boolean {
  return one.version < other.version || (one.version === other.version && one.last < other.first);
}

/** What is in both. */
export function intersect(ranges: readonly Range[], others: readonly Range[]): Range[] {
  return subtract(ranges, subtract(ranges, others));
}

/** How many addresses there are. */
export function size(ranges: readonly Range[]): bigint {
  return union(ranges).reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}
