import { type Credentials } from "../aws/account-clients";
import { endpointVariables } from "../aws/configured-endpoint";
import { type AwsSession } from "../aws/session";

/**
 * What `pulumi` and all it starts get of a session: its credentials, asked who they are just now, and nothing by which
 * they could find others or another place to send them to. @throws what `AwsSession.handOver` throws
 */
export async function sessionEnvironment(session: AwsSession): Promise<Record<string, string>> {
  return { ...toAws(session.settings), ...keyEnvironment(await session.handOver()) };
}

/** Keys alone; nothing else of the environment may stand in their way. */
export function keyEnvironment({
  accessKeyId,
  secretAccessKey,
  sessionToken = "",
}: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    // A profile goes before these keys, and a role to be taken with a web identity after them.
    AWS_PROFILE: "",
    AWS_DEFAULT_PROFILE: "",
    AWS_ROLE_ARN: "",
    AWS_WEB_IDENTITY_TOKEN_FILE: "",
  };
}

// Without the profile, what it says besides credentials has to be said by variables. Source: AWS SDKs and Tools
// Reference Guide, settings reference.
const carried: [setting: string, variable: string][] = [
  ["region", "AWS_REGION"],
  ["use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT"],
  ["use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT"],
  ["ca_bundle", "AWS_CA_BUNDLE"],
];

/** Calls go to AWS and nowhere else, as the profile wants its endpoints. @param settings of the profile that signs */
export function toAws(settings: Record<string, string | undefined> = {}): Record<string, string> {
  const { AWS_DEFAULT_REGION } = process.env;
  const said = (variable: string) => process.env[variable] || (variable === "AWS_REGION" && AWS_DEFAULT_REGION);
  return {
    ...Object.fromEntries(endpointVariables().map((name) => [name, ""])),
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    ...Object.fromEntries(
      carried.flatMap(([setting, variable]) => {
        const value = settings[setting];
        return value === undefined || said(variable) ? [] : [[variable, value]];
      }),
    ),
  };
}
