import { ExitCode } from "./errors";
import { sharedSignal } from "./shared-signal";

/**
 * Ctrl-C and SIGTERM while something runs: the first asks it to end, the second ends it. Where something must not be ended
 * in the middle, such as an update, further ones change nothing.
 */
export class Interruption {
  private readonly stop = () => {
    // Whoever insists loses little: evidence is on the disk line by line, and the next drill removes what one left.
    if (this.signal.aborted && !this.isPatient) {
      process.exit(ExitCode.interrupted);
    }
    this.controller.abort();
  };

  constructor(
    private readonly isPatient = false,
    private readonly controller = new AbortController(),
  ) {
    sharedSignal(this.signal);
    // Not `once`: the Automation API's signal-exit ends the process by the signal where it finds no other listener left.
    process.on("SIGINT", this.stop).on("SIGTERM", this.stop);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @returns undefined when it was stopped before the work was done */
  async unlessStopped<T>(work: Promise<T>): Promise<T | undefined> {
    // Nobody waits for it any more then.
    work.catch(() => undefined);
    const stopped = new Promise<undefined>((resolve) => {
      this.signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    return Promise.race([work, stopped]);
  }

  end(): void {
    process.off("SIGINT", this.stop).off("SIGTERM", this.stop);
  }
}
