import { type Tally } from "./model";

/** Different names that are told apart; the rest are one. */
const DISTINCT = 2000;
const OTHERS = "(others)";

/** Counts names, in memory that has a limit. */
export class Tallies {
  private readonly counts = new Map<string, Tally>();

  add(name: string, time: string): void {
    const key = this.counts.has(name) || this.counts.size < DISTINCT ? name : OTHERS;
    const known = this.counts.get(key);
    if (known) {
      known.events += 1;
      known.last = time;
    } else {
      this.counts.set(key, { name: key, events: 1, first: time, last: time });
    }
  }

  /** The most frequent first. */
  top(number: number): Tally[] {
    return [...this.counts.values()].sort((a, b) => b.events - a.events).slice(0, number);
  }
}
