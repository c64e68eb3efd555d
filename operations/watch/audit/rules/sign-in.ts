import { awsCommand } from "../../../../common/command";
import { daysSince, limits } from "../model";
import { cis, days, rule, securityHub, type Sighting } from "./rule";
import { type UserFacts } from "./subjects";

/** Users without MFA. A password without it is what most break-ins begin with; a key alone is told, and counts less. */
export const userWithoutMfa = rule({
  id: "user-without-mfa",
  title: "User without MFA",
  severity: "high",
  references: [cis("2.10"), securityHub("IAM.5"), securityHub("IAM.19")],
  why: "Whoever learns the password is in.",
  on: "user",
  part: "credentialReport",
  judge: (user, now) => {
    const { console, mfa, keys, createdAt } = user;
    if (mfa || (!console && !keys.some(({ active }) => active))) {
      return [];
    }
    const ageDays = daysSince(createdAt, now);
    const evidence = console
      ? "May sign in to the console with a password alone."
      : "Has access keys and no MFA device, so that no policy can ask its keys for one.";
    return [
      {
        ...ofUser(user),
        ...(ageDays !== undefined && { ageDays }),
        ...(!console && { severity: "low" as const }),
        evidence,
        fix: awsCommand("iam", "create-virtual-mfa-device", {
          "virtual-mfa-device-name": user.name,
          outfile: `${user.name}.png`,
          "bootstrap-method": "QRCodePNG",
        }),
      },
    ];
  },
});

/** Passwords nobody uses: one rule for each limit, and a user is told by one of them only. */
export const consoleUnused = [
  { id: "console-unused-90", severity: "medium", from: limits.unused, until: Infinity },
  { id: "console-unused-30", severity: "low", from: limits.unusedSoon, until: limits.unused },
].map(({ id, severity, from, until }) =>
  rule({
    id,
    title: `Console password unused for more than ${from} days`,
    severity: severity as "medium" | "low",
    references: [cis("2.11"), securityHub("IAM.8"), securityHub("IAM.22")],
    why: "Nobody notices when a password that nobody uses is used.",
    on: "user",
    part: "credentialReport",
    judge: (user, now) => {
      const unused = unusedPasswordDays(user, now);
      if (unused === undefined || unused <= from || unused > until) {
        return [];
      }
      const never = user.passwordUsedAt === undefined;
      return [
        {
          ...ofUser(user),
          ageDays: unused,
          evidence: never
            ? user.consoleSince === undefined
              ? `Never signed in to the console; the password is ${days(unused)} old.`
              : `Never signed in to the console in the ${days(unused)} since there is a password.`
            : `Last signed in to the console ${days(daysSince(user.passwordUsedAt, now) ?? unused)} ago.`,
          fix: awsCommand("iam", "delete-login-profile", { "user-name": user.name }),
        },
      ];
    },
  }),
);

/**
 * Days since the password was last used, or set, as far as that is known: whoever comes back after years gets a new one
 * first.
 */
export function unusedPasswordDays(user: UserFacts, now: Date): number | undefined {
  const [since = user.createdAt] = [user.passwordUsedAt, user.passwordChangedAt, user.consoleSince]
    .filter((each) => each !== undefined)
    .sort()
    .reverse();
  return user.console ? daysSince(since, now) : undefined;
}

export function ofUser({ name, arn }: UserFacts): Pick<Sighting, "who" | "resource" | "arn"> {
  return { who: name, resource: `user/${name}`, arn };
}
