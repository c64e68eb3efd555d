import { badInput } from "../common/errors";
import { sharedSignal } from "../common/shared-signal";
import { RunDeadline } from "./unanswered";

/** Seconds that a run may read where nobody says otherwise: an hour. */
export const DEFAULT_TIMEOUT = "3600";

/** Longest that a run may read, in seconds: a day. */
const longest = 86_400;

/**
 * The seconds of `--timeout`.
 *
 * @throws BaselineError `invalid-timeout` for what is no whole number of seconds up to a day
 */
export function secondsOf(said: string): number {
  const seconds = /^\d+$/.test(said) ? Number(said) : 0;
  if (seconds < 1 || seconds > longest) {
    throw badInput(
      "invalid-timeout",
      `--timeout: ${JSON.stringify(said)} is no number of seconds from 1 to ${longest}.`,
      "Give a whole number, such as 600.",
    );
  }
  return seconds;
}

/**
 * The time that a run has to read the account. When it is over, requests that only read end, and no other is sent: what
 * they would have said is missing, and the reports name it. Requests that change something are never ended, because
 * nobody would know what became of them. From the first change on the limit is lifted: what was begun is looked after,
 * and each call still has its own limit (`account-clients.ts`).
 */
export class RunLimit {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private lifted = false;

  constructor(seconds: number) {
    sharedSignal(this.controller.signal);
    this.timer = setTimeout(() => this.controller.abort(new RunDeadline(seconds)), seconds * 1000);
    this.timer.unref();
  }

  /** Aborted when the time is over; undefined once the limit is lifted. */
  get signal(): AbortSignal | undefined {
    return this.lifted ? undefined : this.controller.signal;
  }

  lift(): void {
    clearTimeout(this.timer);
    this.lifted = true;
  }
}
