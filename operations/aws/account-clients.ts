import { type AwsClients, type AwsService, lazyClients } from "../../common/aws-clients";
import { BaselineError, ExitCode } from "../../common/errors";
import { requireLoopback } from "../../sandbox/provider/endpoint";

// Where a region is out of reach nobody shall wait for long: AWS answers such calls within a few seconds.
const patience = { connectionTimeout: 5000, requestTimeout: 20_000, throwOnRequestTimeout: true };

/** Keys of a session, as STS hands them out. */
export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface AccountClientsOptions {
  /** An emulator on this machine, to practise on; it never gets the real credentials to see. */
  endpoint?: string;
  /** Of an assumed role; by default those of the environment, as every AWS tool finds them. */
  credentials?: SessionCredentials;
  /** Where a call without a region goes. Default: `us-east-1`. */
  defaultRegion?: string;
  /** Once aborted, every request ends at once. For what reads: of a write nobody would know whether it was done. */
  signal?: AbortSignal;
}

/**
 * AWS as an operation reaches it: a real account, or, with `endpoint`, an emulated one.
 *
 * Calls are tried five times, with the SDK's adaptive pause where AWS throttles; a try without an answer ends after 20
 * seconds, one without a connection after 5.
 * @throws BaselineError `endpoint-not-loopback`
 */
export function accountClients(options: AccountClientsOptions = {}): AwsClients {
  const { endpoint, credentials, defaultRegion = "us-east-1" } = options;
  const shared = {
    maxAttempts: 5,
    retryMode: "adaptive",
    requestHandler: patience,
    ...(credentials && { credentials }),
  };
  const practice = endpoint === undefined ? undefined : practiceAccount(emulatorAt(endpoint));
  const configure = (service: AwsService, region: string) => ({
    region,
    ...practice,
    ...shared,
    // S3 Control puts the account's id before the host (`123456789012.127.0.0.1`), whatever endpoint it is given.
    ...(practice && service === "s3control" && { endpointProvider: () => ({ url: new URL(practice.endpoint) }) }),
  });
  return lazyClients(defaultRegion, configure, options.signal);
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

function emulatorAt(endpoint: string): string {
  try {
    return requireLoopback(endpoint);
  } catch (error) {
    // The URL may hold a password; name its host only.
    const said = (URL.canParse(endpoint) && new URL(endpoint).host) || "what was given";
    throw new BaselineError(
      "endpoint-not-loopback",
      `--endpoint: ${said} is not an emulator on this machine, at an http address without a password; nothing was sent.`,
      "Give an address such as http://localhost:5000, or leave --endpoint out to work on the account itself.",
      ExitCode.badInput,
      { cause: error },
    );
  }
}
