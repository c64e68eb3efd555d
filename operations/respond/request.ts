import { BaselineError, ExitCode } from "../../common/errors";

/** As commander hands them over; those of the steps too. */
export interface RespondOptions {
  apply?: boolean;
  evidence?: string;
  region?: string;
  prefix: string;
  endpoint?: string;
  json?: boolean;
  allKeys?: boolean;
  denyRole?: boolean;
  revokeAgain?: boolean;
  disableConsole?: boolean;
  evenMe?: boolean;
  undo?: boolean;
  done?: string[];
  open?: string[];
  note?: string;
  [ofOtherSteps: string]: unknown;
}

/** What was named, before AWS is asked what it is. */
export type Named =
  | { kind: "key"; id: string }
  | { kind: "user" | "role"; name: string; session?: string }
  /** A bare name: a user or a role. */
  | { kind: "either"; name: string };

// Source: IAM API Reference, UserName and RoleName.
const iamName = /^[\w+=,.@-]{1,64}$/;
const keyId = /^(AKIA|ASIA)[A-Z0-9]{12,124}$/;

/**
 * Reads what is under suspicion: an access key id, a name, `user/mina`, `role/deploy`, or the ARN of any of them.
 *
 * @throws BaselineError `invalid-subject`, `secret-given`; neither repeats what was given
 */
export function namedBy(text: string): Named {
  const said = text.trim();
  if (keyId.test(said)) {
    return { kind: "key", id: said };
  }
  // Typed in a hurry: it would end in the shell's history and in our messages.
  if (/^[A-Za-z0-9+/]{40}$/.test(said)) {
    throw new BaselineError(
      "secret-given",
      "That looks like a secret access key, not an access key id; nothing was done with it.",
      "Give the id (AKIA... or ASIA...), and take the secret out of your shell's history.",
      ExitCode.badInput,
    );
  }
  const session = /^(?:arn:[\w-]+:sts::\d{12}:)?assumed-role\/([^/]+)\/([^/]+)$/.exec(said);
  if (session) {
    return { kind: "role", name: named(session[1]!), session: session[2]! };
  }
  const typed = /^(?:arn:[\w-]+:iam::\d{12}:)?(user|role)\/(?:[^/]+\/)*([^/]+)$/.exec(said);
  return typed ? { kind: typed[1] as "user" | "role", name: named(typed[2]!) } : { kind: "either", name: named(said) };
}

function named(name: string): string {
  if (!iamName.test(name)) {
    throw new BaselineError(
      "invalid-subject",
      "What was given is no access key id, and no name or ARN of an IAM user or role.",
      "Give AKIA..., ASIA..., a name, user/<name>, role/<name> or an ARN.",
      ExitCode.badInput,
    );
  }
  return name;
}

/** The name of the thing under suspicion as part of a file's name. */
export function slugOf(subject: Named): string {
  return (subject.kind === "key" ? subject.id : subject.name).replace(/[^\w.-]/g, "_").replace(/^\.+/, "_");
}
