import { secondsOf } from "./run-limit";

/** What the command line says of the account and who signs; every command that reaches AWS takes it. */
export interface AwsOptions {
  profile?: string;
  endpoint?: string;
  /** Seconds, as text. */
  timeout?: string;
}

/**
 * As a session takes them.
 *
 * @param region where a call without a region goes
 * @throws BaselineError `invalid-timeout`
 */
export function sessionOptions({ profile, endpoint, timeout }: AwsOptions, region?: string) {
  return {
    ...(timeout !== undefined && { timeout: secondsOf(timeout) }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
  };
}
