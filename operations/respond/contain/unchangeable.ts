import { badInput } from "../../../common/errors";
import { permissionSetOf } from "../../account/identity/reserved-role";
import { type Subject } from "../subject";

/** What IAM lets nobody change, and what to do in place of it. */
interface Unchangeable {
  why: string;
  instead: string;
}

/**
 * Why IAM cannot contain a role; undefined where it can.
 *
 * Source: IAM User Guide, "Disabling permissions for temporary security credentials" (roles of permission sets) and
 * "Revoke IAM role temporary security credentials" (service-linked roles); IAM Identity Center User Guide, "Revoke active
 * IAM role sessions created by permission sets".
 *
 * @param arn where it is known: anybody may give a role such a name, but only AWS puts one under these paths
 */
export function unchangeable({ kind, name }: Subject, arn?: string): Unchangeable | undefined {
  if (kind !== "role" || (arn !== undefined && !/:role\/aws-(service-role|reserved)\//.test(arn))) {
    return undefined;
  }
  const set = permissionSetOf(name);
  if (set !== undefined) {
    return {
      why: `Role ${name} belongs to permission set ${set} of IAM Identity Center: nobody can change it in IAM.`,
      instead:
        "In IAM Identity Center, as its administrator: disable the person's user, end the active sessions, and remove\n" +
        "the assignment. Sessions of the role last until they expire: deny them by a service control policy with\n" +
        "identitystore:UserId, or put a Deny with aws:TokenIssueTime into the permission set's inline policy.\n" +
        "Who the person is, the session's name says: respond <the same> timeline.",
    };
  }
  return name.startsWith("AWSServiceRoleFor")
    ? {
        why: `Role ${name} is linked to a service of AWS: nobody can change it, and only that service can use it.`,
        instead:
          "Find who made the service do it: the timeline shows the calls. A service control policy does not bind such\n" +
          "a role either; end what the service does for it, and open a support case.",
      }
    : undefined;
}

/** @throws BaselineError `cannot-be-contained` */
export function requireChangeable(subject: Subject, arn?: string): void {
  const found = unchangeable(subject, arn);
  if (found) {
    throw badInput("cannot-be-contained", `${found.why} Nothing was done.`, found.instead);
  }
}
