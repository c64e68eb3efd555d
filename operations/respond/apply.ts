import { type AwsClients } from "../../common/aws-clients";
import { BaselineError } from "../../common/errors";
import { ask, awsErrorName } from "../aws/ask";
import { endsSurvey } from "../survey/problem";
import { ABOUT_TO, CHANGED } from "./marks";
import { nameOfCall, type PlannedCall, send } from "./planned-call";
import { type StepContext } from "./step";

/** What became of a planned call. */
export interface CallResult {
  call: PlannedCall;
  /** `absent`: there was nothing left to do; `not tried`: something before it ended the run. */
  state: "done" | "absent" | "failed" | "not tried";
  /** Of a failure: one sentence. */
  reason?: string;
}

/**
 * Makes calls that change something, one after another; one that fails keeps no other from being made. Before each, the
 * intent and the way back are on disk, after each what became of it. Ends early when the credentials have expired, and on
 * Ctrl-C.
 */
export async function applyCalls(
  context: Pick<StepContext, "aws" | "evidence" | "signal" | "say">,
  step: string,
  calls: readonly PlannedCall[],
): Promise<CallResult[]> {
  const { evidence, aws } = context;
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
    const { n } = evidence.record({ step, call: ABOUT_TO, input: call });
    const { over: ended, ...result } = await attempt(aws, call);
    const { state, reason } = result;
    evidence.record({ step, call: CHANGED, input: { intent: n }, result: { state, why: call.why, reason } });
    results.push(result);
    over = ended;
  }
  return results;
}

async function attempt(aws: AwsClients, call: PlannedCall): Promise<CallResult & { over?: string }> {
  try {
    await ask(nameOfCall(call), call.region ?? aws.defaultRegion, () => send(aws, call));
    return { call, state: "done" };
  } catch (error) {
    // Nothing may follow that cannot be written down; that it was meant is on the disk, so undo knows of it.
    if (error instanceof BaselineError && error.code === "evidence-not-written") {
      throw error;
    }
    if (call.absentIsDone && awsErrorName(error).startsWith("NoSuchEntity")) {
      return { call, state: "absent" };
    }
    const [reason = ""] = (error as Error).message.split("\n");
    const ended = endsSurvey(error) || (error instanceof BaselineError && error.code === "credentials-refused");
    return { call, state: "failed", reason, ...(ended && { over: reason }) };
  }
}
