/** How a command ends. Documented in README.md; scripts rely on these numbers. */
export const ExitCode = {
  /** Everything asked for was done, and nothing was found wrong. */
  ok: 0,
  /** Something could not be done or could not be read. */
  failed: 1,
  /** The settings or the command line are wrong; nothing was done. */
  badInput: 2,
  /** The command did its work and found what it looks for: a violation, a finding, an alert that does not arrive. */
  found: 3,
  /** Drift was found. The number is Pulumi's own (`--expect-no-changes`). */
  drift: 7,
  /** Stopped by Ctrl-C or SIGTERM, cleanly. */
  interrupted: 130,
} as const;

/**
 * An error a person can act on: what happened in one sentence, and what to do next. Its message holds both.
 *
 * @param code stable identifier in kebab-case, for scripts and tests
 * @param sentence what happened, without secrets
 * @param next what the reader can do about it
 * @param exitCode how the command ends; 1 unless the input was at fault
 */
export class BaselineError extends Error {
  /** Makes Pulumi print the message of a program that throws this, and no stack. Source: pulumi SDK, `RunError`. */
  readonly __pulumiRunError = true;

  constructor(
    readonly code: string,
    sentence: string,
    readonly next: string,
    readonly exitCode: number = ExitCode.failed,
    options?: { cause?: unknown },
  ) {
    super(`${sentence}\n${next}`);
    this.name = "BaselineError";
    // Assigned, not handed to Error: Pulumi reads the components' schema with the language level of 2020.
    if (options && "cause" in options) {
      Object.defineProperty(this, "cause", { value: options.cause, enumerable: false });
    }
    // People act on the sentence. And where Pulumi runs the program on Node 20.20, `util.inspect`, which it calls on
    // whatever is thrown, takes 20 s over frames that source maps place in node_modules/@pulumi/resource.ts.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Something is wrong on the command line or in the settings, and nothing was done: a `BaselineError` with exit code 2. */
export function badInput(code: string, sentence: string, next: string, options?: { cause?: unknown }): BaselineError {
  return new BaselineError(code, sentence, next, ExitCode.badInput, options);
}
