import { badInput } from "../../common/errors";
import { type Identity, REAL_AWS } from "../../aws/identity";
import { type Evidence } from "./evidence";

/** What the line is called that says whose account the lines after it are of. */
export const IDENTITY = "identity";

/**
 * Makes the identity the first line of a run. Evidence is of one account: users of one name are in many, and what was done
 * in one must not be undone, or taken for done, in another.
 *
 * @throws BaselineError `evidence-of-another-account`, exit code 2; nothing is written then
 */
export async function recordIdentity(
  evidence: Pick<Evidence, "read" | "record" | "folder">,
  step: string,
  identity: Identity,
): Promise<void> {
  const before = await accountIn(evidence);
  if (before !== undefined && !isSamePlace(before, identity)) {
    const now = placeOf(identity);
    throw badInput(
      "evidence-of-another-account",
      `${evidence.folder} is evidence of account ${placeOf(before)}, and you are signed in to ${now}; nothing was done.`,
      `Sign in to ${before.accountId} (--profile), or name another folder: --evidence ${evidence.folder}-${identity.accountId}`,
    );
  }
  evidence.record({ step, call: IDENTITY, result: identity });
}

/** Whether both are one account, and both real or both an emulator's. */
export function isSamePlace(before: Place, { accountId, endpoint }: Pick<Identity, "accountId" | "endpoint">): boolean {
  return before.accountId === accountId && isReal(before.endpoint ?? endpoint) === isReal(endpoint);
}

type Place = Pick<Identity, "accountId"> & { endpoint?: string };

/** The first one says whose evidence it is: a run with the wrong profile must not change that. */
export async function accountIn(evidence: Pick<Evidence, "read">): Promise<Place | undefined> {
  for await (const { call, result } of evidence.read()) {
    if (call === IDENTITY) {
      return result as Identity;
    }
    // Evidence of a version that had no such line.
    const account =
      call === "sts:GetCallerIdentity" ? (result as { Account?: string } | undefined)?.Account : undefined;
    if (account !== undefined) {
      return { accountId: account };
    }
  }
  return undefined;
}

function isReal(endpoint: string): boolean {
  return endpoint === REAL_AWS;
}

function placeOf({ accountId, endpoint = REAL_AWS }: Place): string {
  return isReal(endpoint) ? accountId : `${accountId} of an emulator`;
}
