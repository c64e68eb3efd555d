import { BaselineError, ExitCode } from "../../../common/errors";
import { globMatches } from "../../../common/glob";
import { ciRoles, type Guardians, trusted } from "./guardians";

/**
 * Refuses an update that would keep its own caller from the next change of the log buckets and keys. CI's roles are refused
 * such changes on purpose, and make all others; a preview changes nothing.
 *
 * @param callerArn as STS says it
 * @throws BaselineError `locks-out-caller`
 */
export function requireTrustedCaller(callerArn: string, guardians: Guardians): void {
  const allowed = trusted(guardians);
  if (allowed.length === 0 || [...allowed, ciRoles(guardians)].some((each) => isMeant(callerArn, each))) {
    return;
  }
  throw new BaselineError(
    "locks-out-caller",
    `trustedAdministrators does not name ${callerArn}, who runs this update: the log buckets and keys would refuse every later change by the same caller.`,
    "Add the role or user to trustedAdministrators, or run the update as one of those it names.",
    ExitCode.badInput,
  );
}

/**
 * Whether an ARN of the list means the caller. STS says of a session neither the path of its role nor that it is a role's:
 * `arn:aws:sts::123456789012:assumed-role/admin/session`.
 */
function isMeant(callerArn: string, listed: string): boolean {
  const [, place, role] = /^arn:([\w-]+:sts::\d{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (place === undefined || role === undefined) {
    return globMatches(listed, callerArn);
  }
  const [, listedPlace, listedRole] = /^arn:([\w-]+:iam::\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(listed) ?? [];
  return listedRole !== undefined && listedPlace === place.replace(":sts:", ":iam:") && globMatches(listedRole, role);
}
