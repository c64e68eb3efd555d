import { BaselineError, ExitCode } from "../../../common/errors";
import { type Identity } from "../../../aws/identity";
import { type Host } from "../../../engine/host";
import { type CostOfControl, failedReview, reviewOf, type StackReview } from "./model";

/** A stack as far as a review needs it. */
export type Previewed = Pick<Host, "preview" | "close"> & { identity?: Identity };

/**
 * Previews one stack after the other with the policy pack. Nothing is written. A stack that cannot be previewed does not
 * keep the others from it.
 *
 * @param open @throws BaselineError why a stack cannot be opened
 * @throws BaselineError `interrupted` once `signal` is aborted
 */
export async function reviewStacks(
  stacks: readonly string[],
  open: (stack: string) => Promise<Previewed>,
  controls: CostOfControl[],
  { signal, onStack }: { signal?: AbortSignal; onStack?: (stack: string) => void } = {},
): Promise<{ reviews: StackReview[]; exitCode: number }> {
  const reviews: StackReview[] = [];
  const codes: number[] = [];
  for (const stack of stacks) {
    throwIfInterrupted(signal);
    onStack?.(stack);
    try {
      const review = await reviewOne(stack, open, controls);
      reviews.push(review);
      codes.push(review.outcome === "blocked" ? ExitCode.found : ExitCode.ok);
    } catch (error) {
      throwIfInterrupted(signal);
      if (!(error instanceof BaselineError)) {
        throw error;
      }
      reviews.push(failedReview(stack, error));
      codes.push(error.exitCode);
    }
  }
  return { reviews, exitCode: exitCodeOf(codes) };
}

async function reviewOne(
  stack: string,
  open: (stack: string) => Promise<Previewed>,
  controls: CostOfControl[],
): Promise<StackReview> {
  const host = await open(stack);
  try {
    const { identity } = host;
    return { ...reviewOf(stack, await host.preview("index"), controls), ...(identity && { identity }) };
  } finally {
    await host.close();
  }
}

/** A blocked stack comes first, then one that could not be previewed; bad input only where it is all that is wrong. */
function exitCodeOf(codes: number[]): number {
  const known = new Set(codes);
  return (
    [ExitCode.found, ExitCode.failed, ExitCode.badInput].find((code) => known.has(code)) ??
    (codes.some((code) => code !== ExitCode.ok) ? ExitCode.failed : ExitCode.ok)
  );
}

function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    const next = "Nothing was written; run it again.";
    throw new BaselineError("interrupted", "The review was stopped.", next, ExitCode.interrupted);
  }
}
