import { Agent } from "node:http";
import { type AwsClients, type AwsService, lazyClients } from "../../aws/clients";
import { requireLoopback } from "../../aws/loopback";

/** AWS SDK clients of one emulated account. */
export interface Clients extends AwsClients {
  readonly endpoint: string;
}

/** moto works one request at a time (Python), so more connections only make it queue. */
const SOCKETS = 8;

/**
 * @param accessKeyId of a session the emulator gave out, which tells it whose account is meant; its first account by default
 */
export function createClients(endpoint: string, defaultRegion = "us-east-1", accessKeyId = "sandbox"): Clients {
  const origin = requireLoopback(endpoint);
  const httpAgent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const clients = lazyClients(defaultRegion, (service, region) =>
    configuration(origin, region, httpAgent, service, accessKeyId),
  );
  return {
    ...clients,
    endpoint: origin,
    destroy() {
      clients.destroy();
      httpAgent.destroy();
    },
  };
}

/**
 * Everything that the SDK would otherwise take from the environment or from `~/.aws` and that could matter: who signs,
 * where to, and how often it tries (moto answers some calls with 500, which the SDK takes for a passing fault).
 */
function configuration(
  endpoint: string,
  region: string,
  httpAgent: Agent,
  service: AwsService,
  accessKeyId: string,
): object {
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: "sandbox" },
    maxAttempts: 2,
    retryMode: "standard",
    defaultsMode: "standard",
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    authSchemePreference: [],
    userAgentAppId: "baseline-sandbox",
    requestHandler: { httpAgent },
    // S3: the emulator has no names below localhost to be resolved.
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    useArnRegion: false,
    disableS3ExpressSessionAuth: true,
    disableMultiregionAccessPoints: true,
    // S3 Control puts the account's id before the host (`123456789012.127.0.0.1`), whatever endpoint it is given.
    ...(service === "s3control" && { endpointProvider: () => ({ url: new URL(endpoint) }) }),
  };
}
