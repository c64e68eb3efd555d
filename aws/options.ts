import { type Command, Option } from "commander";
import { DEFAULT_TIMEOUT, secondsOf } from "./run-limit";

/** What the command line says of the account and who signs; every command that reaches AWS takes it. */
export interface AwsOptions {
  profile?: string;
  endpoint?: string;
  /** Seconds, as text. */
  timeout?: string;
}

/**
 * Adds `--profile`, `--timeout` unless the command has its own, and `--endpoint` where a command can be practised. Of
 * profile and endpoint one would be ignored.
 *
 * @param time what the seconds are for
 */
export function awsOptions(
  command: Command,
  { practice = true, note = "", time = "stop reading AWS after so long; what is missing then is named" } = {},
): Command {
  if (time !== "") {
    command.option("--timeout <seconds>", time, DEFAULT_TIMEOUT);
  }
  const profile = new Option(
    "--profile <name>",
    "profile of ~/.aws/config that signs (default: AWS_PROFILE, or what the environment gives)",
  );
  command.addOption(practice ? profile.conflicts("endpoint") : profile);
  return practice ? command.option("--endpoint <url>", `an emulator on this machine, to practise on${note}`) : command;
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
