import { type ExportedResource } from "../host";
import { BaselineError } from "../../common/errors";
import { accountIn } from "../../aws/arn";

/** Twelve digits: the account most ARNs of a stack's state are of; undefined of a state without any. */
export function accountOf(state: ExportedResource[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { id, outputs = {} } of state) {
    const account = [outputs["arn"], id].map(accountIn).find((each) => each !== undefined);
    if (account !== undefined) {
      counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * Holds a stack's state to the accounts that whoever signs for it is proven to be of.
 *
 * @throws BaselineError `wrong-account`: in another account everything would look deleted, and an update would make it there
 */
export function requireStateOf(state: ExportedResource[], accountIds: readonly string[]): void {
  const own = accountOf(state);
  if (own !== undefined && !accountIds.includes(own)) {
    throw new BaselineError(
      "wrong-account",
      `The credentials are of account ${accountIds.join(", ")}, and the stack is of ${own}; nothing was looked at.`,
      "Sign in to the stack's account (--profile), or name another stack.",
    );
  }
}
