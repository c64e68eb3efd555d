import { type AwsClients } from "../../aws/clients";
import { badInput, BaselineError } from "../../common/errors";
import { ask, awsErrorName } from "../../aws/ask";
import { isTemporary, type KeyOwner, ownerOf } from "../account/identity/owner";
import { callerOf, principalIn, signsWith } from "./caller";
import { type Named } from "./request";

/** Who is under suspicion. */
export interface Subject {
  kind: "user" | "role";
  name: string;
  /** The key that was named. */
  key?: string;
  /** It is one of a session: nobody can make it Inactive. */
  temporary?: boolean;
  session?: string;
}

/**
 * Finds out who is meant.
 *
 * @param regions gives where CloudTrail is asked for the session of temporary keys
 * @throws BaselineError `other-account`, `other-arn`, `no-such-subject`, `ambiguous-subject`, `unknown-key`, `root-key`; and what `ask` throws
 */
export async function findSubject(aws: AwsClients, named: Named, regions: () => Promise<string[]>): Promise<Subject> {
  if (named.kind === "key") {
    const temporary = isTemporary(named.id);
    // Quarantined credentials may ask about nothing but themselves.
    const own = (await signsWith(aws, named.id)) ? principalIn((await callerOf(aws)).arn) : undefined;
    if (own) {
      return { ...own, key: named.id, ...(temporary && { temporary }) };
    }
    const owner = await ownerOf(aws, named.id, { ...(temporary && { regions: await regions() }) });
    return ofOwner(owner, named.id, temporary);
  }
  await requireAccount(aws, named.kind === "either" ? undefined : named.accountId);
  const { name } = named;
  const [user, role] = await Promise.all<Found>([
    named.kind === "role"
      ? false
      : arnOf("iam:GetUser", aws, async (iam) => (await iam.getUser({ UserName: name })).User),
    named.kind === "user"
      ? false
      : arnOf("iam:GetRole", aws, async (iam) => (await iam.getRole({ RoleName: name })).Role),
  ]);
  if (user !== false && role !== false) {
    throw badInput(
      "ambiguous-subject",
      `There is both a user and a role ${named.name}.`,
      `Say which: user/${named.name} or role/${named.name}.`,
    );
  }
  if (user === false && role === false) {
    const what = named.kind === "either" ? "user and no role" : named.kind;
    throw badInput(
      "no-such-subject",
      `This account has no ${what} ${named.name}; nothing was done.`,
      "Check the name (letters' case counts) and the account: `aws sts get-caller-identity`.",
    );
  }
  requireGiven(named, user || role);
  return user !== false
    ? { kind: "user", name }
    : { kind: "role", name, ...(named.kind === "role" && sessionOf(named.session)) };
}

/** The same name in another account is somebody else. */
async function requireAccount(aws: AwsClients, accountId: string | undefined): Promise<void> {
  const own = accountId === undefined ? undefined : (await callerOf(aws)).accountId;
  if (own !== accountId) {
    throw badInput(
      "other-account",
      `The ARN is of account ${accountId}, and you are signed in to ${own}; nothing was done.`,
      `Sign in to ${accountId}, and run it again.`,
    );
  }
}

function ofOwner(owner: KeyOwner, key: string, temporary: boolean): Subject {
  const marks = { key, ...(temporary && { temporary }) };
  switch (owner.kind) {
    case "user":
      return { kind: "user", name: owner.user, ...marks };
    case "role":
      return { kind: "role", name: owner.role, ...marks, ...sessionOf(owner.session) };
    case "root":
      throw new BaselineError(
        "root-key",
        `${key} is a key of the account's root user: no policy binds it, and nobody else can make it Inactive.`,
        "Sign in as root now: Security credentials -> Access keys -> Deactivate, then change root's password and MFA.",
      );
    case "unknown": {
      const where = owner.accountId === undefined ? "" : ` AWS says that it belongs to account ${owner.accountId}.`;
      const next = temporary
        ? "Temporary keys show in CloudTrail some 15 minutes after use, for 90 days. If you know the role: respond role/<name>."
        : "Check how the key is spelled, and the account you are signed in to. A key of root is only seen by root: sign in as root and look there.";
      throw badInput("unknown-key", `Whose ${key} is could not be found. ${owner.reason}${where}`, next);
    }
  }
}

function sessionOf(session: string | undefined): { session?: string } {
  return session === undefined ? {} : { session };
}

/** An ARN; false where there is none, undefined where AWS does not say it. */
type Found = string | undefined | false;

async function arnOf(
  action: string,
  aws: AwsClients,
  get: (iam: ReturnType<AwsClients["iam"]>) => Promise<{ Arn?: string | undefined } | undefined>,
): Promise<Found> {
  try {
    return (await ask(action, aws.defaultRegion, () => get(aws.iam())))?.Arn;
  } catch (error) {
    if (awsErrorName(error).startsWith("NoSuchEntity")) {
      return false;
    }
    throw error;
  }
}

/** Another partition or path is another thing, or a mistake: nobody knows who was meant. @param found the ARN at AWS */
function requireGiven(named: Exclude<Named, { kind: "key" }>, found: Found): void {
  const { given, session } = { session: undefined, given: undefined, ...named };
  if (given === undefined) {
    return;
  }
  const [, before, account, resource] = /^(arn:[\w-]+):iam::(\d{12}):(.+)$/.exec(found || "") ?? [];
  const fits =
    session === undefined ? [found, resource] : [`${before}:sts::${account}:assumed-role/${named.name}/${session}`];
  if (!fits.includes(given)) {
    throw badInput(
      "other-arn",
      `${given} is not what AWS calls ${named.kind} ${named.name}: that is ${found || "not known"}; nothing was done.`,
      `If that one is meant, give its ARN or ${named.kind}/${named.name}.`,
    );
  }
}
