import { CallDeadline, RunDeadline } from "./unanswered";

/** Milliseconds. */
export interface Patience {
  /** Of one try, from its start to the last byte of the answer. */
  perTry: number;
  /** Of one try that may hand on a file, as S3's do. */
  perFile: number;
  /** Of a call: no try begins later than that after the first. */
  perCall: number;
}

interface Body {
  destroy?(error: Error): unknown;
  once?(event: "close" | "end" | "error", listener: () => void): unknown;
}

export interface RequestHandler {
  handle(request: unknown, options?: { abortSignal?: AbortSignal }): Promise<{ response: { body?: unknown } }>;
}

/**
 * Lets every request of a handler end in time. The SDK's own limit counts silence only: an answer that drips one byte a
 * second never meets it. The body counts as well, also where whoever called reads it as a stream.
 *
 * @param stopsFor signals that end a request at once
 */
export function endInTime(
  handler: RequestHandler,
  milliseconds: number,
  stopsFor: (request: unknown) => (AbortSignal | undefined)[],
): void {
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options) => {
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(new CallDeadline(milliseconds / 1000)), milliseconds);
    timer.unref();
    const stops = [...stopsFor(request), options?.abortSignal].filter((each) => each !== undefined);
    const onStop = () => ended.abort(stops.find(({ aborted }) => aborted)?.reason);
    stops.forEach((each) => each.addEventListener("abort", onStop, { once: true }));
    if (stops.some(({ aborted }) => aborted)) onStop();
    const done = () => {
      clearTimeout(timer);
      stops.forEach((each) => each.removeEventListener("abort", onStop));
    };
    try {
      const answer = await handle(request, { ...options, abortSignal: ended.signal });
      watch(answer.response.body as Body | undefined, ended.signal, done);
      return answer;
    } catch (error) {
      done();
      const reason: unknown = ended.signal.reason;
      throw reason instanceof CallDeadline || reason instanceof RunDeadline ? reason : error;
    }
  };
}

function watch(body: Body | undefined, signal: AbortSignal, done: () => void): void {
  if (typeof body?.once !== "function") {
    done();
    return;
  }
  signal.addEventListener("abort", () => body.destroy?.(signal.reason as Error), { once: true });
  (["close", "end", "error"] as const).forEach((event) => body.once!(event, done));
}
