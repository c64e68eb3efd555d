import { type AnyClient, type AwsClients, type AwsService, lazyClients } from "./clients";
import { badInput, BaselineError } from "../common/errors";
import { sharedSignal } from "../common/shared-signal";
import { requireLoopback } from "./loopback";
import { type Patience } from "./deadline";
import { Guard, type GuardedClient } from "./guard";
import { type RunLimit } from "./run-limit";

// Where a region is out of reach nobody shall wait for long: AWS answers such calls within a few seconds.
export const silence = { connectionTimeout: 5000, requestTimeout: 20_000, throwOnRequestTimeout: true };
/** A page of 5 MB comes in 30 s over a line of 1.4 Mbit/s; log files of a trail have 50 MB at most. */
const defaultPatience: Patience = { perTry: 30_000, perFile: 300_000, perCall: 90_000 };

/** Gives credentials for each request, renewed where they are about to end. */
export type CredentialSource = (options?: { forceRefresh?: boolean }) => Promise<Credentials>;

/** Credentials as the SDK's sources give them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** Absent where they do not end, or nobody knows when. */
  expiration?: Date;
}

/** How calls are tried. */
export interface Trying {
  /** How long a try and a call may take. */
  patience?: Patience;
  /** Times that a call is tried. Default: 5. */
  tries?: number;
  /** How long the SDK waits between tries; `adaptive` also slows all calls down where AWS throttles. Default: `adaptive`. */
  retryMode?: "adaptive" | "standard";
}

export interface AccountClientsOptions extends Trying {
  /** An emulator on this machine, to practise on; it never gets the real credentials to see. */
  endpoint?: string;
  /** Of an assumed role, or a source that all clients share; by default each finds those of the environment itself. */
  credentials?: Credentials | CredentialSource;
  /** Whose settings count (FIPS and dual-stack endpoints among them). Default: AWS_PROFILE. */
  profile?: string;
  /** Where a call without a region goes. Default: `us-east-1`. */
  defaultRegion?: string;
  /** Once aborted, every request ends at once. For what reads: of a write nobody would know whether it was done. */
  signal?: AbortSignal;
  /** Gets each client once it is made. */
  prepare?: (client: AnyClient, service: AwsService) => void;
  /** How long may be read. Default: as long as it takes. */
  limit?: RunLimit;
}

/**
 * AWS as an operation reaches it: a real account, or, with `endpoint`, an emulated one. Operations take their clients from
 * a session (`session.ts`), which knows whose account it is.
 *
 * Calls are tried five times, with the SDK's adaptive pause where AWS throttles; a try ends after 5 seconds without a
 * connection, 20 without an answer and 30 in all, and no try begins more than 90 seconds after the first. What is no
 * answer of AWS, or lacks what every answer has, is an error. Once the credentials have expired, nothing more is sent.
 * Real credentials travel over TLS only.
 * @throws BaselineError `endpoint-not-loopback`
 */
export function accountClients(options: AccountClientsOptions = {}): AwsClients {
  const { endpoint, credentials, profile, defaultRegion = "us-east-1", signal, prepare } = options;
  const shared = {
    maxAttempts: options.tries ?? 5,
    retryMode: options.retryMode ?? "adaptive",
    requestHandler: silence,
    // A session refuses addresses that the environment or a profile names; whatever they say, calls go to AWS.
    ignoreConfiguredEndpointUrls: true,
    ...(profile !== undefined && { profile }),
    ...(credentials && { credentials }),
  };
  const practice = endpoint === undefined ? undefined : practiceAccount(emulatorAt(endpoint));
  const configure = (service: AwsService, region: string) => ({
    region,
    ...practice,
    ...shared,
    // Buckets are named without their region; S3 says which it is.
    ...(service === "s3" && { followRegionRedirects: true }),
    // S3 Control puts the account's id before the host (`123456789012.127.0.0.1`), whatever endpoint it is given.
    ...(practice && service === "s3control" && { endpointProvider: () => ({ url: new URL(practice.endpoint) }) }),
  });
  const guard = new Guard(options.patience ?? defaultPatience, signal && sharedSignal(signal), options.limit);
  return lazyClients(defaultRegion, configure, (client, service) => {
    guard.watch(client as unknown as GuardedClient);
    if (!practice) {
      requireTls(client);
    }
    prepare?.(client, service);
  });
}

/** The origin of an emulator on this machine. @throws BaselineError `endpoint-not-loopback`, exit code 2 */
export function emulatorAt(endpoint: string): string {
  try {
    return requireLoopback(endpoint);
  } catch (error) {
    // The URL may hold a password; name its host only.
    const said = (URL.canParse(endpoint) && new URL(endpoint).host) || "what was given";
    throw badInput(
      "endpoint-not-loopback",
      `--endpoint: ${said} is not an emulator on this machine, at an http address without a password; nothing was sent.`,
      "Give an address such as http://localhost:5000, or leave --endpoint out to work on the account itself.",
      { cause: error },
    );
  }
}

function practiceAccount(endpoint: string) {
  return {
    endpoint,
    credentials: { accessKeyId: "practice", secretAccessKey: "practice" },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    forcePathStyle: true,
  };
}

/** Before it is signed: whatever named the address, a session token never goes out in clear. */
function requireTls(client: AnyClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { protocol, hostname = "" } = args.request as { protocol?: string; hostname?: string };
      if (protocol !== "https:") {
        throw new BaselineError(
          "not-encrypted",
          `The call would have gone to ${hostname} without encryption; nothing was sent.`,
          "Take the http address out of the environment, of ~/.aws/config or of the proxy that names it.",
        );
      }
      return next(args);
    },
    { step: "finalizeRequest", name: "requireTls", priority: "high" },
  );
}
