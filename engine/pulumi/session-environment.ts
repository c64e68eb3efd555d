import { type Credentials } from "../../aws/account-clients";
import { endpointVariables } from "../../aws/configured-endpoint";
import { type AwsSession } from "../../aws/session";

/**
 * What `pulumi` and all it starts get of a session: its credentials, asked who they are just now, its emulator if it has
 * one, and nothing by which they could find others or another place to send them to. @throws what `AwsSession.handOver` throws
 */
export async function sessionEnvironment(session: AwsSession): Promise<Record<string, string>> {
  const place = session.endpoint === undefined ? toAws(session.settings) : throughEmulator(session.endpoint);
  return { ...place, ...keyEnvironment(await session.handOver()) };
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

/**
 * All calls of the AWS plugin go to the emulator. The plugin asks S3 Control under a host of the account's own,
 * `123456789012.localhost`, and many machines resolve no such name. With the emulator as its proxy for HTTP it resolves
 * none: Go sends there whatever is not `localhost` itself. In capitals only, because Node's gRPC would take the small
 * letters for its own.
 */
export function throughEmulator(endpoint: string): Record<string, string> {
  return {
    ...Object.fromEntries(endpointVariables().map((name) => [name, ""])),
    AWS_ENDPOINT_URL: endpoint,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    HTTP_PROXY: endpoint,
    http_proxy: "",
    NO_PROXY: "127.0.0.1,::1",
    no_proxy: "127.0.0.1,::1",
  };
}
