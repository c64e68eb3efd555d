import { BaselineError } from "../../common/errors";
import { type PathReport } from "./report";

/** One path that fails says so and keeps no other from being tried. */
export async function attempt(
  path: PathReport["path"],
  region: string,
  by: string,
  send: () => Promise<string>,
): Promise<PathReport> {
  try {
    return { path, region, by, sent: true, says: await send() };
  } catch (error) {
    // Expired or missing credentials concern all of them.
    if (error instanceof BaselineError && error.code.includes("credentials")) {
      throw error;
    }
    return { path, region, by, sent: false, says: (error as Error).message.split("\n")[0] ?? "" };
  }
}

/** Why a message would not get anywhere. */
export function lost(why: string): BaselineError {
  return new BaselineError("drill-lost", why, "");
}
