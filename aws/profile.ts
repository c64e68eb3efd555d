import { loadSharedConfigFiles } from "@smithy/core/config";
import { badInput, type BaselineError } from "../common/errors";

/** A profile of `~/.aws/config` and `~/.aws/credentials`, as the SDK reads them. */
export interface Profile {
  /** Absent where none was named: then the settings are those of `default`, where there is one. */
  name?: string;
  settings: Record<string, string | undefined>;
  /** Settings by section of `~/.aws/config`: `services.local` among them. */
  sections: Record<string, Record<string, string | undefined>>;
}

// More of them would bury what to do.
const mostNamed = 12;

/**
 * The profile that signs: the one named, else the one in AWS_PROFILE, else `default`.
 *
 * @param named by --profile
 * @throws BaselineError `no-profile`, exit code 2, where the one that is named does not exist
 */
export async function profileOf(named: string | undefined, environment = process.env): Promise<Profile> {
  const name = named ?? (environment["AWS_PROFILE"] || undefined);
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const key = name ?? "default";
  if (name !== undefined && configFile[name] === undefined && credentialsFile[name] === undefined) {
    throw unknown(name, named !== undefined, [...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  }
  return {
    ...(name !== undefined && { name }),
    settings: { ...credentialsFile[key], ...configFile[key] },
    sections: configFile,
  };
}

function unknown(name: string, isOption: boolean, all: string[]): BaselineError {
  const profiles = [...new Set(all)].filter((each) => !/^(services|sso-session)\./.test(each)).sort();
  const said = isOption ? "--profile" : "AWS_PROFILE";
  const known =
    profiles.length === 0
      ? "There are no profiles; `aws configure sso` or `aws configure` makes one."
      : profiles.length > mostNamed
        ? "`aws configure list-profiles` lists the ones there are."
        : `There are ${profiles.join(", ")}.`;
  return badInput(
    "no-profile",
    `There is no profile ${name} in ~/.aws/config or ~/.aws/credentials.`,
    `${known} Correct ${said}.`,
  );
}
