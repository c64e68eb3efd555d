import { BaselineError } from "../common/errors";
import { awsErrorName } from "./ask";
import { isIdentityLost } from "./identity";
import { mayHaveHappened } from "./unanswered";

/**
 * What is known of a call that changes something.
 *
 * - `done`: AWS said so, or what the call makes was read back.
 * - `absent`: there was nothing to do: what it is about is gone.
 * - `failed`: AWS refused it with an error code, or it was never sent; nothing was changed.
 * - `unknown`: no answer came that says so or not. It may be done, now or in a moment.
 * - `not tried`: something before it ended the run.
 */
export type WriteState = "done" | "absent" | "failed" | "unknown" | "not tried";

/** What the account says after a call without an answer. */
export type ReadBack = "done" | "not done" | "not readable";

/**
 * What is known of a call that ended with an error.
 *
 * @param absentIsDone whether it does for the call that what it is about is gone
 * @param deletes whether the call deletes it: gone at a second try, it may be gone because of the first
 */
export function stateAfter(error: unknown, absentIsDone = false, deletes = false): "absent" | "failed" | "unknown" {
  const byUs = deletes && mayHaveHappened(error);
  if (absentIsDone && !byUs && awsErrorName(error).startsWith("NoSuchEntity")) {
    return "absent";
  }
  return mayHaveHappened(error) ? "unknown" : "failed";
}

/** What is known once the account was looked at. That it is not done yet does not say that it will not be. */
export function settled(state: WriteState, found: ReadBack | undefined): WriteState {
  return state === "unknown" && found === "done" ? "done" : state;
}

/** Whether the account may be changed by it. */
export function mayBeMade(state: WriteState): boolean {
  return state === "done" || state === "unknown";
}

/** Whether nothing is left to do about it. */
export function isSettled(state: WriteState): boolean {
  return state === "done" || state === "absent";
}

const after: Readonly<Record<ReadBack, string>> = {
  done: "it is done.",
  "not done": "it is not done, or not yet.",
  "not readable": "that failed as well.",
};

/** What was read back, in a sentence or two. */
export function readBackWords(found: ReadBack): string {
  return `Whether AWS carried it out is not known. The account was looked at: ${after[found]}`;
}

/** Why a call is as it is: the first line of its error, and what was read back. */
export function reasonFor(error: unknown, found?: ReadBack): string {
  const [first = ""] = (error as Error).message.split("\n");
  return found === undefined ? first : `${first} ${readBackWords(found)}`;
}

/** Whether no call after this one can succeed either. */
export function endsWrites(error: unknown): boolean {
  const ending = ["no-credentials", "credentials-late", "credentials-expired", "credentials-refused", "interrupted"];
  return isIdentityLost(error) || (error instanceof BaselineError && ending.includes(error.code));
}
