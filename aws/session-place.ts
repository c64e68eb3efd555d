import { type AssumeRoleWithWebIdentityCommandInput } from "@aws-sdk/client-sts";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { awsCommand } from "../common/command";
import { BaselineError } from "../common/errors";
import { requireRegions } from "../common/region-name";
import {
  accountClients,
  type Credentials,
  type CredentialSource,
  emulatorAt,
  silence,
  type Trying,
} from "./account-clients";
import { ask } from "./ask";
import { requireNoConfiguredEndpoint } from "./configured-endpoint";
import { type Identity, identityIn, REAL_AWS } from "./identity";
import { type Profile, profileOf } from "./profile";
import { type RunLimit } from "./run-limit";
import { inTime } from "./sign-in";
import { UnreadableAnswer } from "./unanswered";

export interface SessionOptions {
  /** A profile of `~/.aws/config`. Default: AWS_PROFILE, else the environment, as every AWS tool finds credentials. */
  profile?: string;
  /** An emulator on this machine. It gets made-up credentials, and no profile counts. */
  endpoint?: string;
  /** Where a call without a region goes. Default: AWS_REGION, AWS_DEFAULT_REGION, the profile's region, `us-east-1`. */
  region?: string;
  /** Of a role that was taken, or another source of them, in place of the environment's and a profile's. */
  credentials?: Credentials | CredentialSource;
  /** Seconds that a run may read the account. Default: as long as it takes. */
  timeout?: number;
  /** How calls are tried. Default: as `accountClients` says. */
  trying?: Trying;
  /** Longest that credentials may take, in milliseconds. Default: as `inTime` says. */
  signIn?: number;
}

/** Where a session is, and whose credentials it takes. */
export interface Place {
  trying?: Trying;
  endpoint?: string;
  profile?: Profile;
  region: string;
  source: { get: CredentialSource; close(): void };
}

/** @param limit what the run may read: waiting for credentials counts */
export async function placeOf(
  { profile: named, endpoint, region, credentials, trying, signIn }: SessionOptions,
  limit?: RunLimit,
): Promise<Place> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const home = region || AWS_REGION || AWS_DEFAULT_REGION;
  if (home)
    requireRegions(
      [home],
      region ? "The region (--region, or that of the settings)" : AWS_REGION ? "AWS_REGION" : "AWS_DEFAULT_REGION",
    );
  if (endpoint !== undefined) {
    const given = credentials ?? { accessKeyId: "practice", secretAccessKey: "practice" };
    const emulator = {
      endpoint: emulatorAt(endpoint),
      region: home || "us-east-1",
      source: inTime(sourceGiven(given), {}),
    };
    return { ...emulator, ...(trying && { trying }) };
  }
  const profile = await profileOf(named);
  requireNoConfiguredEndpoint(profile);
  const { region: usual } = profile.settings;
  if (!home && usual) requireRegions([usual], `The region of the profile ${profile.name ?? "default"}`);
  const place = { region: home || profile.settings["region"] || "us-east-1", profile, ...(trying && { trying }) };
  const source = credentials ? sourceGiven(credentials) : sourceOf(place);
  const whose = profile.name === undefined ? {} : { profile: profile.name };
  const ending = { ...(limit && { limit }), ...(signIn !== undefined && { longest: signIn }) };
  return { ...place, source: inTime(source, { ...whose, ...ending }) };
}

function sourceGiven(credentials: Credentials | CredentialSource): CredentialSource {
  return typeof credentials === "function" ? credentials : () => Promise.resolve(credentials);
}

/**
 * The SDK's own chain. It keeps what it found, and renews it some minutes before it ends.
 *
 * To take a role or to sign in, the chain makes clients of its own. Left to themselves they would send credentials to an
 * address that any profile or variable names, AWS_PROFILE's and `default` included, whichever profile the run is for.
 */
function sourceOf({ region, profile: { name } }: { region: string; profile: Profile }): CredentialSource {
  const clientConfig = { ignoreConfiguredEndpointUrls: true };
  const parentClientConfig = { region, requestHandler: silence };
  return defaultProvider({
    ...(name !== undefined && { profile: name }),
    clientConfig,
    parentClientConfig,
    // For a profile with a token file the chain forgets `clientConfig`.
    roleAssumerWithWebIdentity: async (role: AssumeRoleWithWebIdentityCommandInput) => {
      const { getDefaultRoleAssumerWithWebIdentity } = await import("@aws-sdk/client-sts");
      return getDefaultRoleAssumerWithWebIdentity({ ...clientConfig, ...parentClientConfig })(role);
    },
  });
}

/** So marked, the SDK keeps no copy of its own for each client. Source: @aws-sdk/core, resolveAwsSdkSigV4Config. */
export function shared(source: CredentialSource): CredentialSource {
  return Object.assign(source, { memoized: true, configBound: true, attributed: true });
}

export async function firstOf({ source, region, profile }: Place): Promise<Credentials> {
  try {
    return await ask("sts:GetCallerIdentity", region, () => source.get());
  } catch (error) {
    if (error instanceof BaselineError && error.code === "no-credentials" && profile?.name !== undefined) {
      const next = `Sign in (\`${awsCommand("sso", "login", { profile: profile.name })}\`), or correct its settings; then run it again.`;
      throw new BaselineError(error.code, `The profile ${profile.name} gives no credentials.`, next, error.exitCode, {
        cause: error.cause,
      });
    }
    throw error;
  }
}

/** Asks credentials who they are: with themselves, and with nothing else in between. */
export async function whoIs(
  { endpoint, profile, region, trying }: Place,
  credentials: Credentials,
  signal?: AbortSignal,
): Promise<Identity> {
  const clients = accountClients({
    ...trying,
    defaultRegion: region,
    credentials: () => Promise.resolve(credentials),
    ...(signal && { signal }),
    ...(endpoint !== undefined && { endpoint }),
    ...(profile?.name !== undefined && { profile: profile.name }),
  });
  try {
    const answer = await ask("sts:GetCallerIdentity", region, () =>
      clients.sts().getCallerIdentity({}).catch(unlessUnreadable),
    );
    const name = profile?.name;
    return identityIn(answer, { endpoint: endpoint ?? REAL_AWS, ...(name !== undefined && { profile: name }) });
  } finally {
    clients.destroy();
  }
}

/** An answer that says nothing is for `identityIn` to name. */
function unlessUnreadable(error: unknown): object {
  if (!(error instanceof UnreadableAnswer)) {
    throw error;
  }
  return {};
}
