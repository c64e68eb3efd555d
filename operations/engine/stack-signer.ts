import { existsSync } from "node:fs";
import { parse } from "yaml";
import { BaselineError, ExitCode } from "../../common/errors";
import { readRegular } from "../../common/regular-file";
import { accountIn } from "../aws/arn";
import { type Account, AwsSession } from "../aws/session";

/** What a stack file says of who signs, and where calls go. */
export interface StackSigner {
  /** Name of the file, for messages. */
  file: string;
  /** `aws:allowedAccountIds`: the AWS provider refuses all others. Empty where it does not say. */
  allowed: string[];
  /** Settings that go before the credentials of the environment, such as `aws:profile`. Empty: the environment signs. */
  own: string[];
  /** `aws:profile`. */
  profile?: string;
  /** `aws:region`. */
  region?: string;
  /** The account of the last role that is taken; a role of it can be nobody else's. */
  roleAccount?: string;
}

// Source: pulumi-aws, provider configuration; each goes before AWS_ACCESS_KEY_ID.
const signers = [
  "accessKey",
  "secretKey",
  "token",
  "profile",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
];

/**
 * Reads it from the file as it stands: values that only the stack's key can open count as well.
 *
 * @param endpoint of an emulator: the file may send calls there
 * @throws BaselineError `not-encrypted`, `endpoint-configured` (exit code 2) where the file sends calls elsewhere than to
 *   AWS, or switches off what proves that it is AWS
 */
export function stackSigner(file: string, endpoint?: string): StackSigner {
  const config = configIn(file);
  const setting = (name: string) => plain(config[`aws:${name}`]);
  if (endpoint === undefined) requireChecks(file, setting);
  requireAws(file, setting("endpoints"), endpoint);
  const own = signers.filter((name) => config[`aws:${name}`] !== undefined).map((name) => `aws:${name}`);
  const [profile, region] = [setting("profile"), setting("region")];
  const roles = [setting("assumeRole"), setting("assumeRoles"), setting("assumeRoleWithWebIdentity")].flat();
  const roleAccount = accountIn((roles.findLast(Boolean) as { roleArn?: unknown } | undefined)?.roleArn);
  const allowed = setting("allowedAccountIds");
  return {
    file,
    allowed: Array.isArray(allowed) ? allowed.map(String) : [],
    own,
    ...(typeof profile === "string" && { profile }),
    ...(typeof region === "string" && { region }),
    ...(roleAccount !== undefined && { roleAccount }),
  };
}

/**
 * The accounts a stack can turn out to be of when `pulumi` works on it: the session's own, unless the stack file says who
 * signs instead.
 *
 * @throws BaselineError `wrong-account` where the file does not allow it; `account-not-proven` where nobody can tell
 */
export async function accountsOf(signer: StackSigner, { identity }: Pick<Account, "identity">): Promise<string[]> {
  const { file, allowed, own } = signer;
  const accounts =
    own.length === 0 || (signer.profile === identity.profile && isProfileOnly(own))
      ? [identity.accountId]
      : await accountsOfSettings(signer);
  if (allowed.length > 0 && !accounts.some((each) => allowed.includes(each))) {
    throw new BaselineError(
      "wrong-account",
      `The credentials are of account ${accounts.join(", ")}, and ${file} allows ${allowed.join(", ")} ` +
        "(aws:allowedAccountIds); nothing was done.",
      "Sign in to the stack's account (--profile), or name another stack.",
    );
  }
  return accounts;
}

async function accountsOfSettings({ file, allowed, own, profile, roleAccount }: StackSigner): Promise<string[]> {
  if (roleAccount !== undefined) {
    return [roleAccount];
  }
  if (profile !== undefined && isProfileOnly(own)) {
    const session = await AwsSession.open({ profile });
    session.close();
    return [session.identity.accountId];
  }
  if (allowed.length > 0) {
    return allowed;
  }
  throw new BaselineError(
    "account-not-proven",
    `${file} says who signs (${own.join(", ")}), and not which account that is; nothing was done.`,
    `Set aws:allowedAccountIds there to the account's id: the AWS provider then refuses every other account.`,
    ExitCode.badInput,
  );
}

function isProfileOnly(own: string[]): boolean {
  return own.length === 1 && own[0] === "aws:profile";
}

function configIn(file: string): Record<string, unknown> {
  // What is wrong with the file is said by whoever works with its settings.
  try {
    const { config } = (existsSync(file) && parse(readRegular(file), { merge: true })) as { config?: unknown };
    return typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Lists and maps may stand in a stack file as JSON text. */
function plain(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value.trim())) {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Without these the provider takes whatever answers for AWS, and any account for the stack's. */
const checksOff = ["insecure", "skipCredentialsValidation", "skipRequestingAccountId"];

function requireChecks(file: string, setting: (name: string) => unknown): void {
  const off = checksOff.find((name) => String(setting(name)) === "true");
  if (off !== undefined) {
    throw new BaselineError(
      "endpoint-configured",
      `${file} sets aws:${off}, which switches off a check of who answers; nothing was sent.`,
      "Take the setting out; for an emulator on this machine name it: --endpoint http://localhost:5000.",
      ExitCode.badInput,
    );
  }
}

function requireAws(file: string, endpoints: unknown, endpoint: string | undefined): void {
  const all = [endpoints].flat().flatMap((each) => (typeof each === "object" && each ? Object.entries(each) : []));
  const isElsewhere = (url: unknown) => endpoint === undefined || originOf(url) !== originOf(endpoint);
  const [service, url] = all.find((each) => each[1] !== "" && isElsewhere(each[1])) ?? [];
  if (service !== undefined && !(typeof url === "string" && /^http:/i.test(url))) {
    throw new BaselineError(
      "endpoint-configured",
      `${file} sends calls of ${service} elsewhere than to AWS (aws:endpoints); nothing was sent.`,
      "Take the setting out; for an emulator on this machine name it: --endpoint http://localhost:5000.",
      ExitCode.badInput,
    );
  }
  if (service !== undefined) {
    throw new BaselineError(
      "not-encrypted",
      `${file} sends calls of ${service} to an http address (aws:endpoints); nothing was sent.`,
      "Take the setting out; for an emulator on this machine name it: --endpoint http://localhost:5000.",
      ExitCode.badInput,
    );
  }
}

function originOf(url: unknown): string | undefined {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : undefined;
}
