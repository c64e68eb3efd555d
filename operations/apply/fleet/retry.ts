import { BaselineError } from "../../../common/errors";

/** How often one account is tried in all, and how long is waited before each further time, in milliseconds. */
export const pauses: readonly number[] = [5_000, 20_000];

const PASSING =
  /\b(?:Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceeded\w*|RequestTimeout\w*|ServiceUnavailable\w*|InternalError|InternalFailure|InternalServer\w*|ECONNRESET|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|EPIPE)\b|Rate exceeded|StatusCode: (?:429|5\d\d)\b|\b(?:429|50[0234]) (?:Too Many|Internal|Bad Gateway|Service|Gateway)|connection (?:reset|refused|timed out)|i\/o timeout|TLS handshake timeout|socket hang up|no such host|temporary failure in name resolution/i;

// What these say would be said again, whatever else stands in the text.
const LASTING = new Set([
  "access-denied",
  "role-refused",
  "wrong-account",
  "credentials-expired",
  "credentials-late",
  "credentials-refused",
  "no-credentials",
  "unknown-stack",
  "wrong-passphrase",
  "not-signed-in",
  "stack-locked",
  "invalid-settings",
  "interrupted",
]);

/** Whether a failure may be gone in a moment: AWS throttles or fails itself, or the network does. */
export function isTransient(error: unknown): boolean {
  if (error instanceof BaselineError && LASTING.has(error.code)) {
    return false;
  }
  const seen: unknown[] = [];
  for (let each = error; each instanceof Error && !seen.includes(each); each = each.cause) {
    seen.push(each);
    const status = (each as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
    if (status === 429 || status >= 500 || PASSING.test(`${each.name} ${each.message}`)) {
      return true;
    }
  }
  return false;
}

export interface RetryOptions {
  /** Waits; ends early, without a word, when the signal says so. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  onRetry: (error: Error, milliseconds: number) => void;
  signal?: AbortSignal;
}

/** Does something again after a transient failure, `pauses.length` times at most; any other failure is final. */
export async function retrying<T>(work: () => Promise<T>, { sleep, onRetry, signal }: RetryOptions): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || signal?.aborted) {
        throw error;
      }
      // Accounts that were throttled together should not come back together.
      const milliseconds = Math.round(pause * (1 + Math.random() / 2));
      onRetry(error as Error, milliseconds);
      await sleep(milliseconds, signal);
      signal?.throwIfAborted();
    }
  }
  return work();
}
