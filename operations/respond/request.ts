import { badInput } from "../../common/errors";
import { type AwsOptions } from "../../aws/options";

/** As commander hands them over; those of the steps too. */
export interface RespondOptions extends AwsOptions {
  apply?: boolean;
  evidence?: string;
  /** Bucket, and prefix, of anchors. */
  anchor?: string;
  region?: string;
  prefix: string;
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
  /** The account is an ARN's. `given`: an ARN, or a name with its path, where that was given; it says more than the name. */
  | { kind: "user" | "role"; name: string; session?: string; accountId?: string; given?: string }
  /** A bare name: a user or a role. */
  | { kind: "either"; name: string };

// Source: IAM API Reference, UserName and RoleName.
const iamName = /^[\w+=,.@-]{1,64}$/;
const keyId = /^(AKIA|ASIA)[A-Z0-9]{12,124}$/;

/**
 * Reads what is under suspicion: an access key id, a name, `user/mina`, `role/deploy`, or the ARN of any of them.
 *
 * @throws BaselineError `invalid-subject`, `secret-given`, `invalid-key-id`; none repeats what was given
 */
export function namedBy(text: string): Named {
  const said = text.trim();
  if (keyId.test(said)) {
    return { kind: "key", id: said };
  }
  // Typed in a hurry: it would end in the shell's history and in our messages.
  if (/^[A-Za-z0-9+/]{40}$/.test(said)) {
    throw badInput(
      "secret-given",
      "That looks like a secret access key, not an access key id; nothing was done with it.",
      "Give the id (AKIA... or ASIA...), and take the secret out of your shell's history.",
    );
  }
  if (/^(AKIA|ASIA)[A-Z0-9]*$/.test(said) || /^(akia|asia)[a-z0-9]{16}$/i.test(said)) {
    throw badInput(
      "invalid-key-id",
      "That begins like an access key id and is none: mistyped, or cut off. They have 20 capitals and digits.",
      "Copy it again. A user or role whose name looks like that is user/<name> or role/<name>.",
    );
  }
  const [, service, account, rest = said] = /^arn:[\w-]+:(iam|sts)::(\d{12}):(.*)$/.exec(said) ?? [];
  const of = account === undefined ? {} : { accountId: account, given: said };
  const session = service !== "iam" && /^assumed-role\/([^/]+)\/([^/]+)$/.exec(rest);
  if (session) {
    return { kind: "role", name: named(session[1]!), session: session[2]!, ...of };
  }
  const [, kind, path = "", name = ""] = (service !== "sts" && /^(user|role)\/((?:[^/]+\/)*)([^/]+)$/.exec(rest)) || [];
  return kind === undefined
    ? { kind: "either", name: named(said) }
    : { kind: kind as "user" | "role", name: named(name), ...(path !== "" && { given: said }), ...of };
}

/**
 * A step in the place of what it is about: the subject was forgotten.
 *
 * @throws BaselineError `missing-subject`
 */
export function requireSubject(text: string, steps: readonly string[]): void {
  if (steps.includes(text)) {
    throw badInput(
      "missing-subject",
      `${text} is a step; what it is about comes before it, and is missing.`,
      `Give respond <key, user or role> ${text}. A user of that name is user/${text}.`,
    );
  }
}

function named(name: string): string {
  if (!iamName.test(name)) {
    throw badInput(
      "invalid-subject",
      "What was given is no access key id, and no name or ARN of an IAM user or role.",
      "Give AKIA..., ASIA..., a name, user/<name>, role/<name> or an ARN.",
    );
  }
  return name;
}
