import { BaselineError } from "../common/errors";

/** Something came in place of an answer that AWS did not write, or did not write to its end. */
export class UnreadableAnswer extends Error {
  /** @param $response as on the SDK's own errors */
  constructor(
    what: string,
    readonly $response: { headers?: Record<string, string> } = {},
  ) {
    super(what);
    this.name = "UnreadableAnswer";
  }
}

/** A call took longer than it may, from its first byte to its last. */
export class CallDeadline extends Error {
  /** @param seconds that it may take */
  constructor(seconds: number) {
    super(`no whole answer within ${seconds} s`);
    this.name = "CallDeadline";
  }
}

/** The run's time to read was over before the answer came. */
export class RunDeadline extends Error {
  /** @param seconds that the run may read */
  constructor(readonly seconds: number) {
    super(`the ${seconds} s of this run were over`);
    this.name = "RunDeadline";
  }
}

const known = new WeakMap<object, boolean>();

/** Remembers of a call's error whether any try of the call ended without an answer. */
export function markUnanswered(error: unknown, unanswered: boolean): void {
  if (typeof error === "object" && error !== null) {
    known.set(error, unanswered);
  }
}

/**
 * Whether a call that failed may have been carried out all the same. Only an error code of AWS says that it was not:
 * after a lost connection, the end of the time, an error of the server or an unreadable answer nobody knows. A code in
 * answer to a second try says nothing of the first.
 *
 * @param error of the SDK, or one that has it as its cause
 */
export function mayHaveHappened(error: unknown): boolean {
  const all = error instanceof BaselineError ? [error, error.cause] : [error];
  const found = all.filter((each) => typeof each === "object" && each !== null);
  const told = found.map((each) => known.get(each)).find((each) => each !== undefined);
  return told ?? found.some((each) => !(each instanceof BaselineError) && !isRefusal(each));
}

/** Names of errors that the SDK, Node and this program make themselves: no answer came, or none that can be read. */
const own =
  /^(Error|TypeError|RangeError|SyntaxError|AggregateError|AbortError|TimeoutError|UnreadableAnswer|CallDeadline|Unknown|UnknownError)$/;

/** Whether an error is AWS's own, with a code, and says that the call was not carried out. */
export function isRefusal(error: object): boolean {
  const { name = "", $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 400;
  // 501 is the one error of a server that is sure: it does not know the call.
  return !own.test(name) && ((status >= 300 && status < 500) || status === 501);
}
