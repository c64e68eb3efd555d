import { BaselineError } from "../../../common/errors";
import { mayHaveHappened } from "../../../aws/unanswered";
import { endsWrites, reasonFor } from "../../../aws/write-state";
import { type PathReport } from "./report";

/** One path that fails says so and keeps no other from being tried. */
export async function attempt(
  path: PathReport["path"],
  region: string,
  by: string,
  send: () => Promise<string>,
): Promise<PathReport> {
  try {
    return { path, region, by, sent: true, state: "done", says: await send() };
  } catch (error) {
    // Expired or missing credentials concern all of them.
    if (endsWrites(error)) {
      throw error;
    }
    const state = mayHaveHappened(error) ? "unknown" : "failed";
    const doubt = state === "unknown" ? " It may have been sent all the same." : "";
    return { path, region, by, sent: false, state, says: `${reasonFor(error)}${doubt}` };
  }
}

/** Why a message would not get anywhere. */
export function lost(why: string): BaselineError {
  return new BaselineError("drill-lost", why, "");
}
