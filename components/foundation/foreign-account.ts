import * as aws from "@pulumi/aws";
import { BaselineError, ExitCode } from "../../common/errors";

/**
 * Who runs the program, in which account. It is the program's first question to the AWS provider, so this is where the
 * provider says that `aws:allowedAccountIds` keeps it from the account.
 *
 * @throws BaselineError `wrong-account` when the credentials are another account's
 */
export async function callerIdentity(): Promise<aws.GetCallerIdentityResult> {
  try {
    return await aws.getCallerIdentity();
  } catch (error) {
    throw asWrongAccount(error);
  }
}

/** The error as one sentence where it says so. Source: aws-sdk-go-base, `VerifyAccountIDAllowed`. */
export function asWrongAccount(error: unknown): unknown {
  const said = error instanceof Error ? error.message : String(error);
  const [, account] = /AWS account ID (?:not allowed|forbidden): (\d{12})/i.exec(said) ?? [];
  return account === undefined
    ? error
    : new BaselineError(
        "wrong-account",
        `The credentials are for account ${account}, which aws:allowedAccountIds of this stack does not name.`,
        "Take the credentials of the account that the stack is for, or select the stack of this account.",
        ExitCode.badInput,
        { cause: error },
      );
}
