import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { badInput, BaselineError } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { readRegular } from "../../common/regular-file";
import { fullKey, readProject } from "../stack-files/stack-file";
import { accountIn } from "../../aws/arn";
import { type Account, AwsSession } from "../../aws/session";
import { providerSetting, requireCallsToAws } from "./stack-calls";

/** What a stack file says of who signs, and where calls go. */
export interface StackSigner {
  /** Name of the file, for messages. */
  file: string;
  /** `aws:allowedAccountIds`: the AWS provider refuses all others. Empty where it does not say. */
  allowed: string[];
  /**
   * What goes before the credentials of the environment: settings such as `aws:profile`, and `environment`, by which
   * Pulumi ESC may set others. Empty: the environment signs.
   */
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

// A profile of other files than the SDK reads here may be another one of the same name.
const profileFiles = ["sharedConfigFiles", "sharedCredentialsFiles"];

/**
 * Reads it from the file as it stands, over the settings of the project: values that only the stack's key can open count
 * as well.
 *
 * @param endpoint of an emulator: the file may send calls there
 * @param projectFile path of `Pulumi.yaml`. Default: this package's
 * @throws BaselineError `not-encrypted`, `endpoint-configured` (exit code 2) where the file sends calls elsewhere than to
 *   AWS, or switches off what proves that it is AWS
 */
export function stackSigner(
  file: string,
  endpoint?: string,
  projectFile = join(packageRoot(), "Pulumi.yaml"),
): StackSigner {
  const { config, environment } = settingsIn(file, projectFile);
  const setting = providerSetting(config);
  requireCallsToAws(file, setting, endpoint);
  const isSet = (name: string) => setting(name) !== undefined;
  const names = [...signers.filter(isSet), ...(isSet("profile") ? profileFiles.filter(isSet) : [])];
  const own = [...names.map((name) => `aws:${name}`), ...(environment ? ["environment"] : [])];
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
  throw badInput(
    "account-not-proven",
    `${file} says who signs (${own.join(", ")}), and not which account that is; nothing was done.`,
    `Set aws:allowedAccountIds there to the account's id: the AWS provider then refuses every other account.`,
  );
}

function isProfileOnly(own: string[]): boolean {
  return own.length === 1 && own[0] === "aws:profile";
}

// What is wrong with a file is said by whoever works with its settings.
function settingsIn(file: string, projectFile: string): { config: Record<string, unknown>; environment: boolean } {
  let defaults: Record<string, string> = {};
  try {
    const project = readProject(projectFile);
    defaults = project.defaults;
    const { config, environment } = (existsSync(file) && parse(readRegular(file), { merge: true })) as {
      config?: unknown;
      environment?: unknown;
    };
    const own = typeof config === "object" && config !== null ? Object.entries(config) : [];
    const byKey = Object.fromEntries(own.map(([key, value]) => [fullKey(key, project.name), value as unknown]));
    return { config: { ...defaults, ...byKey }, environment: isGiven(environment) };
  } catch {
    return { config: defaults, environment: false };
  }
}

function isGiven(environment: unknown): boolean {
  return environment !== undefined && environment !== null && !(Array.isArray(environment) && environment.length === 0);
}
