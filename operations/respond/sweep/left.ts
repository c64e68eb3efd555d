import { type EvidenceEntry } from "../../evidence/entry";
import { OUTCOME } from "../marks";
import { type Found } from "./model";
import { type Removal } from "./removal";

/** What a sweep says of what is left, in its JSON and in the evidence. */
export interface SweepLeft {
  /** Begin of the events that were read, ISO 8601. */
  from: string;
  regions: string[];
  /** What it made that still exists, or may; without what was made before `--since`. */
  left: LeftThing[];
  removals: Removal[];
  /** Why not everything is known. */
  notes: string[];
}

export type LeftThing = Pick<Found, "kind" | "id" | "of" | "region" | "time" | "state">;

/** Whether a thing is the identity's, made since the suspicion began, and still exists or may. */
export function isLeft({ state, unattributed, time }: Found, since?: Date): boolean {
  return state !== "gone" && !unattributed && (since === undefined || Date.parse(time) >= since.getTime());
}

/** What the sweeps of an incident know of that is left. A sweep of fewer regions or days says nothing of the others. */
export class KnownLeft {
  private things = new Map<string, LeftThing>();
  /** How the last sweep that said so said it can be removed; undefined while there was no sweep. */
  removals: { time: string; removals: Removal[] } | undefined;
  /** Whether the last sweep read all it was to read. */
  isComplete = false;

  add({ step, call, time, result }: Pick<EvidenceEntry, "step" | "call" | "time" | "result">): void {
    const said = (result as { json?: Partial<SweepLeft> } | undefined)?.json;
    if (step !== "sweep" || call !== OUTCOME || result === undefined) {
      return;
    }
    const { from = "", regions = [], left, removals, notes = [] } = said ?? {};
    // Evidence of an earlier version, or of a sweep too large for a line, has no list.
    this.isComplete = left !== undefined && notes.length === 0;
    if (left === undefined) {
      return;
    }
    if (this.isComplete) {
      const known = [...this.things].filter(([, each]) => !regions.includes(each.region) || each.time < from);
      this.things = new Map(known);
    }
    left.forEach((each) => this.things.set(keyOf(each), each));
    this.removals = { time, removals: removals ?? [] };
  }

  get left(): LeftThing[] {
    return [...this.things.values()];
  }
}

function keyOf({ kind, id, of, region }: LeftThing): string {
  return JSON.stringify([kind, id, of, region]);
}
