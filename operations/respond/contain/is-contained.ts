import { isOpen } from "../triage/credentials";
import { denyEverything, revokedUntil, sameDocument } from "./deny";
import { type Principal } from "../principal";

/**
 * Whether nothing can be done with a user's credentials, or with a role's older sessions, any more.
 *
 * @param key of a user: the key that is to be Inactive. Default: every key
 * @param since ISO 8601; of a role: sessions begun before then must be revoked
 * @returns undefined where it could not be told
 */
export function isContained(principal: Principal, { key, since }: { key?: string | undefined; since: string }) {
  const { kind, keys, credentials = [], denyPolicy, revokePolicy } = principal;
  const denied = sameDocument(denyPolicy, denyEverything());
  if (kind === "role") {
    return denied || Date.parse(revokedUntil(revokePolicy) ?? "") >= Date.parse(since);
  }
  const inactive = keys?.every(({ id, status }) => status === "Inactive" || (key !== undefined && id !== key));
  return denied && inactive && !credentials.some(isOpen);
}
