/**
 * The permission set of IAM Identity Center that a role belongs to; undefined for every other role. IAM lets nobody change
 * such a role: its policies are those of the permission set.
 *
 * Source: IAM Identity Center User Guide, "Permission sets", roles that it makes in an account.
 *
 * @param arn where it is known: anybody may give a role such a name, but only AWS puts one under this path
 */
export function permissionSetOf(name: string, arn?: string): string | undefined {
  const reserved = arn === undefined || arn.includes(":role/aws-reserved/");
  return reserved ? /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1] : undefined;
}
