import { BaselineError, ExitCode } from "../../common/errors";

/** Longest that a run may take, in seconds: a day. */
const longest = 86_400;

/**
 * The seconds of `--timeout`.
 *
 * @throws BaselineError `invalid-timeout` for what is no whole number of seconds up to a day
 */
export function runLimit(said: string): number {
  const seconds = /^\d+$/.test(said) ? Number(said) : 0;
  if (seconds < 1 || seconds > longest) {
    throw new BaselineError(
      "invalid-timeout",
      `--timeout: ${JSON.stringify(said)} is no number of seconds from 1 to ${longest}.`,
      "Give a whole number, such as 600.",
      ExitCode.badInput,
    );
  }
  return seconds;
}

/** A signal that ends requests after so many seconds, or with another signal. */
export function endAfter(seconds: number, signal?: AbortSignal): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(seconds * 1000), ...(signal ? [signal] : [])]);
}
