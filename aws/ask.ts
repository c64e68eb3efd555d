import { BaselineError } from "../common/errors";
import { RunDeadline } from "./unanswered";

/**
 * Makes one call to AWS, and tells in words people can act on why it failed.
 *
 * @param action the IAM action it takes, such as `sns:Publish`
 * @param region where it was asked
 */
export async function ask<T>(action: string, region: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explained(action, region, error);
  }
}

/** The name AWS gives an error, such as `ResourceNotFoundException`; empty for what did not come from AWS. */
export function awsErrorName(error: unknown): string {
  const cause = error instanceof BaselineError ? error.cause : error;
  return cause instanceof Error ? cause.name : "";
}

const denied =
  /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|KMSAccessDenied\w*)$/;
const expired = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/;
const refused =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|InvalidSignatureException)$/;

function explained(action: string, region: string, error: unknown): BaselineError {
  // Told already: evidence that cannot be written is no failure of AWS.
  if (error instanceof BaselineError) {
    return error;
  }
  if (error instanceof RunDeadline) {
    return new BaselineError(
      "run-timeout",
      `The time of this run (--timeout, ${error.seconds} s) was over before ${action} in ${region} was answered.`,
      "Give it more time with --timeout, or name fewer regions where the command takes them.",
      undefined,
      { cause: error },
    );
  }
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const options = { cause: error };
  if (name === "CredentialsProviderError") {
    return new BaselineError(
      "no-credentials",
      "There are no AWS credentials to work with.",
      "Sign in (`aws sso login`, `aws login`), or name a profile in AWS_PROFILE; then run it again.",
      undefined,
      options,
    );
  }
  if (expired.test(name)) {
    const next = "Sign in again (`aws sso login`, or ask for a new session token); then run it again.";
    return new BaselineError("credentials-expired", "The AWS credentials have expired.", next, undefined, options);
  }
  if (refused.test(name)) {
    const next = "Check which profile or key is in use: `aws sts get-caller-identity` should work.";
    return new BaselineError(
      "credentials-refused",
      `AWS does not know these credentials (${name}).`,
      next,
      undefined,
      options,
    );
  }
  if (denied.test(name)) {
    return new BaselineError(
      "access-denied",
      `These credentials may not call ${action} in ${region}.`,
      `Allow ${action}, or use a role that may.`,
      undefined,
      options,
    );
  }
  const reason = (message || name || "no reason given").replace(/\.+$/, "");
  return new BaselineError(
    "aws-call-failed",
    `${action} failed in ${region}: ${reason}.`,
    nextAfter(error, name),
    undefined,
    options,
  );
}

/** AWS's own refusals, with a status of 4xx, have nothing to do with the network. */
function nextAfter(error: unknown, name: string): string {
  const { $metadata: { httpStatusCode: status = 0 } = {} } = error as { $metadata?: { httpStatusCode?: number } };
  return status >= 400 && status < 500
    ? `AWS answered with ${name || status}. Correct what it says, then run it again.`
    : "Check the network and the region's name, then run it again.";
}
