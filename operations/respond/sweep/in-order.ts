import { isSettled } from "../../../aws/write-state";
import { applyCalls, type CallResult, doneIn, words } from "../../evidence/apply";
import { leftUndone } from "../../evidence/left-undone";
import { type Sequence } from "./plan";

/**
 * Makes calls that depend on each other: each sequence ends at its first failure, so that nothing is stopped without a
 * known snapshot. One sequence that fails keeps no other from being made.
 */
export async function applyInOrder(
  context: Parameters<typeof applyCalls>[0],
  step: string,
  sequences: readonly Sequence[],
): Promise<CallResult[]> {
  const results: CallResult[] = [];
  for (const sequence of sequences) {
    let failed: string | undefined;
    for (const call of sequence) {
      if (failed !== undefined) {
        results.push({ call, state: "not tried", reason: failed });
        continue;
      }
      const [result] = await applyCalls(context, step, [call]).catch((error: unknown) => {
        const left = sequences.flat().slice(results.length + 1);
        throw leftUndone(error, { done: doneIn(results), begun: words(call), left: left.map(words) });
      });
      results.push(result!);
      if (!isSettled(result!.state)) {
        const what = result!.state === "unknown" ? "is not known to be done" : "was not done";
        failed = `${call.action} before it ${what}.`;
      }
    }
  }
  return results;
}
