import { setTimeout as sleep } from "node:timers/promises";

/** LookupEvents takes two requests a second, per account and region. Source: CloudTrail API Reference. */
export const LOOKUP_INTERVAL_MS = 500;

/** Source: CloudTrail User Guide, "Working with CloudTrail event history". */
export const HISTORY_DAYS = 90;

const SLOWEST = 16;

/** Turns for the requests of one region: no faster than its limit, and slower for a while after AWS throttled one. */
export class Pace {
  /** Whether AWS ever asked for less. */
  slowed = false;
  private factor = 1;
  private begun = -Infinity;

  /** @param interval milliseconds between the beginnings of two requests */
  constructor(private readonly interval = LOOKUP_INTERVAL_MS) {}

  /** Resolves when the next request may begin. @throws the reason of `signal` when that is aborted */
  async turn(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const pause = this.begun + this.interval * this.factor - performance.now();
    await (pause > 0 ? sleep(pause, undefined, { signal }) : undefined);
    this.begun = performance.now();
  }

  /** AWS throttled a request, even if a later try of it succeeded. */
  slow(): void {
    this.slowed = true;
    this.factor = Math.min(this.factor * 2, SLOWEST);
  }

  /** A request went through at once. */
  fine(): void {
    this.factor = Math.max(1, this.factor * 0.9);
  }
}
