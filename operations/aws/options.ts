import { type Command, Option } from "commander";

/** What the command line says of the account and who signs; every command that reaches AWS takes it. */
export interface AwsOptions {
  profile?: string;
  endpoint?: string;
}

/** Adds `--profile`, and `--endpoint` where a command can be practised. Of the two one would be ignored. */
export function awsOptions(command: Command, { practice = true, note = "" } = {}): Command {
  const profile = new Option(
    "--profile <name>",
    "profile of ~/.aws/config that signs (default: AWS_PROFILE, or what the environment gives)",
  );
  command.addOption(practice ? profile.conflicts("endpoint") : profile);
  return practice ? command.option("--endpoint <url>", `an emulator on this machine, to practise on${note}`) : command;
}

/** As a session takes them. @param region where a call without a region goes */
export function sessionOptions({ profile, endpoint }: AwsOptions, region?: string) {
  return {
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
  };
}
