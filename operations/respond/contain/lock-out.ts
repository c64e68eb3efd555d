import { type Caller, principalIn } from "../caller";
import { badInput, type BaselineError } from "../../../common/errors";
import { type Subject } from "../subject";

/**
 * Whether containing the subject would shut out whoever does it: the same user, by key or by session, or a session of the
 * same role. A federated user's ARN does not say whose it is; such a caller is not recognized.
 */
export function locksOut({ arn }: Caller, { kind, name }: Subject): boolean {
  const own = principalIn(arn);
  // IAM keeps one user of a spelling, whatever the case.
  return own?.kind === kind && own.name.toLowerCase() === name.toLowerCase();
}

/**
 * What cannot be told of the caller and is worth a look before `--apply`, in a sentence: AWS names a session's role, not
 * who began the session, and of a federated user only the name it was given.
 */
export function maybeLocksOut({ arn }: Caller, { kind, name }: Subject): string | undefined {
  const own = principalIn(arn);
  if (/:federated-user\//.test(arn)) {
    return (
      `You work as ${arn}; AWS does not say which user began that. If it was ${name}, this shuts you out: ` +
      "run it as somebody else."
    );
  }
  if (own?.kind === "role" && kind === "user" && !own.name.startsWith("AWSReservedSSO_")) {
    return (
      `You work as a session of role ${own.name}; AWS does not say who began it. If ${name} did, this session goes on ` +
      "until it expires, and you cannot begin another: have another way in ready."
    );
  }
  return own?.kind === "role" && kind === "role"
    ? `You work as a session of role ${own.name}. If you came to it through ${name}, this session goes on until it ` +
        "expires, and the way to another may be closed."
    : undefined;
}

/** Why nothing was done, and by whom it can be done. */
export function lockedOut(caller: Caller, { kind, name }: Subject): BaselineError {
  return badInput(
    "would-lock-out",
    `You are this ${kind} (${caller.arn}): containing ${name} would deny you every further step; nothing was done.`,
    `Run it as somebody else: another administrator's profile (AWS_PROFILE), the organization's role, or root.\n` +
      `Where AWS has quarantined the ${kind}, its credentials could not do this anyway: the policy denies\n` +
      `iam:UpdateAccessKey, cloudtrail:LookupEvents and more. To go on all the same: --even-me.`,
  );
}
