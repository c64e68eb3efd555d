import { ExitCode } from "./errors";
import { sharedSignal } from "./shared-signal";

/** Ctrl-C and SIGTERM while something runs: the first asks it to end, the second ends it. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly stop = () => {
    // Whoever insists loses little: evidence is on the disk line by line, and the next drill removes what one left.
    if (this.signal.aborted) {
      process.exit(ExitCode.interrupted);
    }
    this.controller.abort();
  };

  constructor() {
    sharedSignal(this.signal);
    process.on("SIGINT", this.stop);
    process.on("SIGTERM", this.stop);
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
    process.off("SIGINT", this.stop);
    process.off("SIGTERM", this.stop);
  }
}
