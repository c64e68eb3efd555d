import { BaselineError } from "../../common/errors";
import { ask } from "../../aws/ask";
import { endsWrites, type ReadBack, reasonFor, settled, stateAfter, type WriteState } from "../../aws/write-state";
import { type EvidenceInput } from "./entry";
import { leftUndone } from "./left-undone";
import { ABOUT_TO, CHANGED, READ_BACK } from "../respond/marks";
import { nameOfCall, type PlannedCall, send } from "./planned-call";
import { readBack } from "../respond/contain/read-back";
import { type StepContext } from "../respond/step";

/** What became of a planned call. */
export interface CallResult {
  call: PlannedCall;
  state: WriteState;
  /** Why it is not simply done, in one sentence or two. */
  reason?: string;
}

/** Evidence, as far as calls are noted in it. */
export interface Noted {
  record(entry: EvidenceInput): { n: number };
}

type Context = Pick<StepContext, "aws" | "signal" | "say"> & { evidence: Noted };

/**
 * Makes calls that change something, one after another; one that fails keeps no other from being made. Before each, the
 * intent and the way back are on disk, after each what became of it. Where no answer came the account is read back. Ends
 * early when the credentials have expired, and on Ctrl-C.
 *
 * @throws BaselineError `evidence-not-written`: what was done, and what is left undone, stands in its message
 */
export async function applyCalls(context: Context, step: string, calls: readonly PlannedCall[]): Promise<CallResult[]> {
  const results: CallResult[] = [];
  let over: string | undefined;
  for (const call of calls) {
    if (over === undefined && context.signal.aborted) {
      over = "Stopped before it.";
    }
    if (over !== undefined) {
      results.push({ call, state: "not tried", reason: over });
      continue;
    }
    context.say(`${nameOfCall(call)}: ${call.why}`);
    try {
      const { over: ended, ...result } = await noted(context, step, call);
      results.push(result);
      over = ended;
    } catch (error) {
      const [begun, ...left] = calls.slice(results.length).map(words);
      throw leftUndone(error, { done: doneIn(results), ...(begun !== undefined && { begun }), left });
    }
  }
  return results;
}

/** A call for people: what it is and what it is for. */
export function words(call: PlannedCall): string {
  return `${nameOfCall(call)} (${call.why})`;
}

/** What was done, for people. */
export function doneIn(results: readonly CallResult[]): string[] {
  return results.filter(({ state }) => state === "done").map(({ call }) => words(call));
}

async function noted(context: Context, step: string, call: PlannedCall): Promise<CallResult & { over?: string }> {
  const { evidence, aws } = context;
  const { n } = evidence.record({ step, call: ABOUT_TO, input: call });
  const intent = { intent: n };
  const note = (state: WriteState, reason?: string) =>
    evidence.record({ step, call: CHANGED, input: intent, result: { state, why: call.why, reason } });
  try {
    await ask(nameOfCall(call), call.region ?? aws.defaultRegion, () => send(aws, call));
  } catch (error) {
    // Nothing may follow that cannot be written down; that it was meant is on the disk, so undo knows of it.
    if (error instanceof BaselineError && error.code === "evidence-not-written") {
      throw error;
    }
    const state = stateAfter(error, call.absentIsDone, call.action.startsWith("Delete"));
    const reason = reasonFor(error);
    if (state === "absent") {
      note(state);
      return { call, state };
    }
    note(state, reason);
    const over = endsWrites(error) ? { over: reason } : {};
    if (state === "failed") {
      return { call, state, reason, ...over };
    }
    const found: ReadBack = await readBack(aws, call);
    evidence.record({ step, call: READ_BACK, input: intent, result: { found } });
    return { call, state: settled(state, found), reason: reasonFor(error, found), ...over };
  }
  note("done");
  return { call, state: "done" };
}
