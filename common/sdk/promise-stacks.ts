import { createRequire } from "node:module";

type Debuggable = <T>(promise: Promise<T>, context?: unknown) => Promise<T>;

/** The SDK's own module objects, in which the SDK looks functions up each time; an import would be a copy. */
const load = createRequire(__filename);

/**
 * Replaces the way in which Pulumi's SDK watches its promises, a dozen for every resource. The SDK takes the stack of
 * each and keeps texts about it, to name the promises that are still open at the end. It prints them only when
 * PULUMI_DEBUG_PROMISE_LEAKS is set; then nothing is replaced. Open promises still fail the program, with their number.
 */
export function withoutPromiseStacks(): void {
  const sdk = load("@pulumi/pulumi/runtime/debuggable") as { debuggablePromise: Debuggable & { spared?: true } };
  const { getStore } = load("@pulumi/pulumi/runtime/state") as { getStore: () => { leakCandidates: Set<unknown> } };
  const original = sdk.debuggablePromise;
  if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"] || original.spared) {
    return;
  }
  let isFirst = true;
  const sparing: Debuggable & { spared?: true } = (promise, context) => {
    if (isFirst) {
      isFirst = false;
      // The first one makes the SDK look for open promises at the end.
      return original(promise, context);
    }
    const { leakCandidates } = getStore();
    leakCandidates.add(promise);
    return promise.then(
      (value) => {
        leakCandidates.delete(promise);
        return value;
      },
      (error: unknown) => {
        leakCandidates.delete(promise);
        throw Object.assign(error as Error, { promise });
      },
    );
  };
  sparing.spared = true;
  sdk.debuggablePromise = sparing;
}
