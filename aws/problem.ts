import { BaselineError } from "../common/errors";
import { isIdentityLost } from "./identity";

/** Something of an account that could not be read. */
export interface ReadProblem<Kind extends string = string> {
  kind: Kind;
  /** Where it was asked; the region of account-wide things is the partition's global one. */
  region: string;
  /** The IAM action that failed, such as `guardduty:ListDetectors`. */
  action: string;
  /**
   * `service-control-policy`: an organization forbids it, `denied`: a policy of the account does (or none allows it),
   * `not-enabled`: the region knows nothing of the account, `throttled`: AWS asks for patience, `unreachable`: no answer in
   * time, `unsupported`: the service is not there (or the emulator does not know it), `failed`: anything else.
   */
  cause: "service-control-policy" | "denied" | "not-enabled" | "throttled" | "unreachable" | "unsupported" | "failed";
  /** One sentence for people. */
  reason: string;
}

type Cause = ReadProblem["cause"];

// Names of errors as the SDKs of AWS throw them, and of Node where nothing answers.
const throttled = /Thrott|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceededException/;
const unreachable =
  /Timeout|^(AbortError|CallDeadline|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|UNKNOWN_ENDPOINT)$/;
const unsupported = /NotYetImplemented|NotImplemented|UnknownOperation|UnsupportedOperation/;

/** Why a call failed, as far as it decides what to do about it. */
export function causeOf(error: unknown): Cause {
  const original = (error instanceof BaselineError ? error.cause : error) as
    | (Error & {
        code?: unknown;
        $metadata?: { httpStatusCode?: number };
        $response?: { headers?: Record<string, string> };
      })
    | undefined;
  const names = [original?.name, original?.code].filter((each) => typeof each === "string");
  const code = error instanceof BaselineError ? error.code : "";
  if (code === "access-denied") {
    // Source: IAM User Guide, "Troubleshoot access denied error messages": the message names the kind of policy.
    return /service control policy/i.test(original?.message ?? "") ? "service-control-policy" : "denied";
  }
  if (code === "run-timeout") {
    return "unreachable";
  }
  if (code === "credentials-refused") {
    return "not-enabled";
  }
  const is = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (is(throttled)) {
    return "throttled";
  }
  if (is(unreachable)) {
    return "unreachable";
  }
  const status = original?.$metadata?.httpStatusCode;
  // An emulator answers what it does not know with a web page. Pages of a proxy, or of an outage, tell nothing; nor does
  // an answer that is empty or lacks its list.
  const isPage =
    /^(SyntaxError|UnreadableAnswer)$/.test(original?.name ?? "") &&
    !/^an (empty answer|answer without)/.test(original?.message ?? "") &&
    /^Werkzeug\b/.test(original?.$response?.headers?.["server"] ?? "");
  return is(unsupported) || status === 501 || isPage ? "unsupported" : "failed";
}

/** @param action the IAM action that failed */
export function problemOf<Kind extends string>(
  kind: Kind,
  region: string,
  action: string,
  error: unknown,
): ReadProblem<Kind> {
  const cause = causeOf(error);
  return { kind, region, action, cause, reason: reasonOf(cause, action, region, error) };
}

function reasonOf(cause: Cause, action: string, region: string, error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  if (error instanceof BaselineError && error.code === "run-timeout") {
    return first;
  }
  return {
    "service-control-policy": `A service control policy of the organization denies ${action} in ${region}.`,
    denied: `These credentials may not call ${action} in ${region}.`,
    // Source: IAM User Guide, "Manage AWS STS in an AWS Region": session tokens of the global endpoint end at the border.
    "not-enabled": `${region} takes these credentials for none of the account's: it is not enabled, or the session token is of the kind opt-in regions refuse.`,
    throttled: `AWS throttled ${action} in ${region} until patience ran out.`,
    unreachable: `Nothing answered ${action} in ${region} in time.`,
    unsupported: `There is no ${action} in ${region}.`,
    failed: first,
  }[cause];
}

/** Whether nothing that is asked after this can succeed either. */
export function endsSurvey(error: unknown): boolean {
  const codes = ["no-credentials", "credentials-late", "credentials-expired"];
  return isIdentityLost(error) || (error instanceof BaselineError && codes.includes(error.code));
}
