import { type AwsClients } from "../../common/aws-clients";
import { BaselineError, ExitCode } from "../../common/errors";
import { type Evidence } from "../evidence/evidence";
import { callerOf } from "./lock-out";

/**
 * Evidence is of one account: users of one name are in many, and what was done in one must not be undone, or taken for
 * done, in another.
 *
 * @throws BaselineError `evidence-of-another-account`; and what `ask` throws
 */
export async function requireSameAccount(aws: AwsClients, evidence: Pick<Evidence, "read" | "folder">): Promise<void> {
  const before = await accountIn(evidence);
  const { accountId } = await callerOf(aws);
  if (before !== undefined && before !== accountId) {
    throw new BaselineError(
      "evidence-of-another-account",
      `${evidence.folder} is evidence of account ${before}, and you are signed in to ${accountId}; nothing was done.`,
      `Sign in to ${before} (AWS_PROFILE), or name another folder: --evidence ${evidence.folder}-${accountId}`,
      ExitCode.badInput,
    );
  }
}

/** The first one says whose evidence it is: a run with the wrong profile must not change that. */
async function accountIn(evidence: Pick<Evidence, "read">): Promise<string | undefined> {
  for await (const { call, result } of evidence.read()) {
    const account =
      call === "sts:GetCallerIdentity" ? (result as { Account?: string } | undefined)?.Account : undefined;
    if (account !== undefined) {
      return account;
    }
  }
  return undefined;
}
