import { type TrailEvent } from "../events/record";
import { type LocalTime } from "./clock";
import { type Hour } from "./model";

/** Different calls that are counted in one hour; there are some thousand kinds of calls in all. */
const CALLS = 200;
const SHOWN = 5;

interface Counting extends Omit<Hour, "regions" | "calls" | "rules"> {
  regions: Set<string>;
  calls: Map<string, number>;
  rules: Set<string>;
}

/** Adds up events by hour: at most 2160 hours in 90 days. */
export class Hours {
  private readonly hours = new Map<string, Counting>();

  add({ day, hour }: LocalTime, event: TrailEvent, rules: readonly string[]): void {
    const key = `${day} ${hour}`;
    let known = this.hours.get(key);
    if (known === undefined) {
      known = { day, hour, events: 0, flagged: 0, refused: 0, regions: new Set(), calls: new Map(), rules: new Set() };
      this.hours.set(key, known);
    }
    known.events += 1;
    known.flagged += rules.length > 0 ? 1 : 0;
    known.refused += event.error === undefined ? 0 : 1;
    known.regions.add(event.region);
    if (known.calls.size < CALLS || known.calls.has(event.name)) {
      known.calls.set(event.name, (known.calls.get(event.name) ?? 0) + 1);
    }
    rules.forEach((rule) => known.rules.add(rule));
  }

  all(): Hour[] {
    return [...this.hours.values()]
      .map((each) => ({
        ...each,
        regions: [...each.regions].sort(),
        calls: [...each.calls].sort((a, b) => b[1] - a[1]).slice(0, SHOWN),
        rules: [...each.rules].sort(),
      }))
      .sort((a, b) => (a.day === b.day ? a.hour - b.hour : a.day < b.day ? -1 : 1));
  }
}
