import { type SeededUser, type SeedReport } from "../seed";

/** The account before, a line each: what AWS says of its users and of its open door. */
export function beforeLines({ users, securityGroup }: SeedReport, now: Date): string[] {
  const { name, id, region, port } = securityGroup;
  return [
    ...users.map((user) => userLine(user, now)),
    `security group ${name} (${id}, ${region}): port ${port} open to 0.0.0.0/0`,
  ];
}

function userLine({ name, administrator, console, mfa, accessKeys }: SeededUser, now: Date): string {
  const facts = [
    mfa ? "MFA" : "no MFA",
    ...(administrator ? ["AdministratorAccess"] : []),
    ...(console ? ["console password"] : []),
    ...accessKeys.map(
      ({ created, lastUsed }) =>
        `key ${years(created, now)} old, ${lastUsed ? `last used ${lastUsed.slice(0, 10)}` : "never used"}`,
    ),
  ];
  return `IAM user ${name}: ${facts.join("; ")}`;
}

function years(since: string, now: Date): string {
  const number = Math.round((now.getTime() - Date.parse(since)) / (365 * 86_400_000));
  return number === 1 ? "1 year" : `${number} years`;
}
