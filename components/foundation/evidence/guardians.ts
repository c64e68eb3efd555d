import { type BaselineSettings } from "../settings/model";

/** Who may change how evidence is kept. */
export interface GuardianOptions {
  /**
   * ARNs of the roles and users that alone may change how log buckets and keys are kept, with `*` and `?` where a part of
   * a name is AWS's; none to refuse only CI.
   */
  trustedAdministrators?: string[];
  /** Start of the names of CI's roles; `ci-baseline` by default, as bootstrap names them. */
  ciRolePrefix?: string;
}

export interface Guardians extends GuardianOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
}

const defaultCiRolePrefix = "ci-baseline";

/** ARN pattern of CI's roles in the account. */
export function ciRoles({ partition, accountId, ciRolePrefix = defaultCiRolePrefix }: Guardians): string {
  return `arn:${partition}:iam::${accountId}:role/${ciRolePrefix}-*`;
}

/**
 * Those who are trusted, and root, which nobody can lock out of a key for good; nobody when there is no such list.
 * An ARN of root is what `aws:PrincipalArn` says of it.
 */
export function trusted({ partition, accountId, trustedAdministrators = [] }: Guardians): string[] {
  return trustedAdministrators.length > 0 ? [...trustedAdministrators, `arn:${partition}:iam::${accountId}:root`] : [];
}

/** bootstrap names the boundary after CI's roles; the setting `permissionsBoundary` therefore tells what they are called. */
export function ciRolePrefixOf(permissionsBoundary: string): string {
  return /^(.+)-roles-boundary$/.exec(permissionsBoundary)?.[1] ?? defaultCiRolePrefix;
}

/** Who may change how evidence is kept, by the settings. */
export function guardiansOf(settings: BaselineSettings): Required<GuardianOptions> {
  const { trustedAdministrators, permissionsBoundary } = settings;
  return { trustedAdministrators, ciRolePrefix: ciRolePrefixOf(permissionsBoundary) };
}
