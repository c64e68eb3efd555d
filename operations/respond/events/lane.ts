import { BaselineError } from "../../../common/errors";
import { endsSurvey, problemOf } from "../../../aws/problem";
import { type Lane } from "./lookup";
import { type LaneOutcome } from "./model";
import { Spool } from "./spool";

/** What the lanes of one gathering have in common. */
export interface Common extends Omit<Lane, "region" | "spool"> {
  folder: string;
  /** Called when nothing asked after this can succeed either. */
  stop: (reason: BaselineError) => void;
}

/**
 * Works one lane, and says what came of it. No failure of a lane spoils another; what it had is kept.
 *
 * @param name of the spool; the same lane has the same name in every run
 * @param action the IAM action that is most of the work
 */
export async function workLane(
  common: Common,
  { name, region, source, action }: { name: string; region: string; source: LaneOutcome["source"]; action: string },
  work: (lane: Lane) => Promise<void>,
): Promise<LaneOutcome> {
  const spool = await Spool.open(common.folder, name);
  const outcome = () => {
    const { events, checks } = spool.cursor;
    return { region, source, events, ...(checks && { checks }) };
  };
  try {
    if (!spool.cursor.done) {
      common.signal?.throwIfAborted();
      await work({ ...common, region, spool });
    }
    return { ...outcome(), state: "complete" };
  } catch (error) {
    return { ...outcome(), state: "partial", ...why(error, common, region, action) };
  } finally {
    await spool.close();
  }
}

function why(error: unknown, { signal, stop }: Common, region: string, action: string) {
  // Whoever stopped the others has said why; what then fails in them fails because of it.
  const cause: unknown = signal?.aborted && !endsSurvey(error) ? signal.reason : error;
  if (endsSurvey(cause)) {
    const reason = cause as BaselineError;
    stop(reason);
    return { cause: "expired" as const, reason: reason.message.split("\n")[0] ?? "" };
  }
  if (signal?.aborted) {
    return { cause: "interrupted" as const, reason: "Stopped before everything was read." };
  }
  if (cause instanceof BaselineError && cause.code === "run-timeout") {
    return { cause: "interrupted" as const, reason: cause.message.split("\n")[0] ?? "" };
  }
  const problem = problemOf("trails", region, action, error);
  return { cause: problem.cause, reason: problem.reason };
}
