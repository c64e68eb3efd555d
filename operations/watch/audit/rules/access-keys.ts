import { awsCommand } from "../../../../common/command";
import { daysSince, limits } from "../model";
import { cis, days, rule, securityHub, type Sighting } from "./rule";
import { ofUser } from "./sign-in";
import { type KeyFacts, type UserFacts } from "./subjects";

/** What to do about a key: never delete at once, because Inactive can be taken back. */
function deactivate({ name }: UserFacts, { id }: KeyFacts): string {
  return id === undefined
    ? awsCommand("iam", "list-access-keys", { "user-name": name })
    : awsCommand("iam", "update-access-key", { "user-name": name, "access-key-id": id, status: "Inactive" });
}

function ofKey(user: UserFacts, key: KeyFacts): Pick<Sighting, "who" | "resource" | "arn"> {
  return { ...ofUser(user), resource: `user/${user.name}/${key.id ?? `access-key-${key.slot}`}` };
}

function onActiveKeys(
  judge: (key: KeyFacts, age: number, user: UserFacts, now: Date) => Partial<Sighting> | undefined,
): (user: UserFacts, now: Date) => Sighting[] {
  return (user, now) =>
    user.keys.flatMap((key) => {
      const age = daysSince(key.createdAt, now);
      const seen = key.active && age !== undefined ? judge(key, age, user, now) : undefined;
      return seen ? [{ ...ofKey(user, key), evidence: "", fix: deactivate(user, key), ...seen }] : [];
    });
}

export const keyOld = rule({
  id: "key-old",
  title: `Access key older than ${limits.keyAge} days`,
  severity: "medium",
  references: [cis("2.12"), securityHub("IAM.3")],
  why: "The longer a key lives, the more copies of it there are.",
  on: "user",
  part: "credentialReport",
  judge: onActiveKeys((_, ageDays, { name }) =>
    ageDays > limits.keyAge
      ? {
          ageDays,
          evidence: `Created ${days(ageDays)} ago. Make a new one, move the application over, then set this one Inactive.`,
          fix: awsCommand("iam", "create-access-key", { "user-name": name }),
        }
      : undefined,
  ),
});

export const keyNeverUsed = rule({
  id: "key-never-used",
  title: "Access key never used",
  severity: "medium",
  references: [cis("2.11"), securityHub("IAM.8"), securityHub("IAM.22")],
  why: "It can only be used by somebody who should not have it.",
  on: "user",
  part: "credentialReport",
  judge: onActiveKeys((key, ageDays) =>
    key.lastUsedAt === undefined && ageDays > limits.newKey
      ? {
          ageDays,
          ...(ageDays > limits.unused && { severity: "high" as const }),
          evidence: `Active, created ${days(ageDays)} ago, and never used.`,
        }
      : undefined,
  ),
});

export const keyUnused = rule({
  id: "key-unused-90",
  title: `Access key unused for more than ${limits.unused} days`,
  severity: "high",
  references: [cis("2.11"), securityHub("IAM.8"), securityHub("IAM.22")],
  why: "A forgotten key is how most leaks go unnoticed.",
  on: "user",
  part: "credentialReport",
  judge: onActiveKeys((key, _, _user, now) => {
    const ageDays = daysSince(key.lastUsedAt, now);
    return ageDays !== undefined && ageDays > limits.unused
      ? { ageDays, evidence: `Active, and last used ${days(ageDays)} ago.` }
      : undefined;
  }),
});

export const twoActiveKeys = rule({
  id: "two-active-keys",
  title: "Two active access keys",
  severity: "low",
  references: [cis("1.13", "3.0.0")],
  why: "Two keys are for the days of a rotation; after that one of them is forgotten.",
  on: "user",
  part: "credentialReport",
  judge: (user, now) => {
    const active = user.keys.filter((key) => key.active);
    const [first, second] = active;
    if (!first || !second) {
      return [];
    }
    const isNew = ({ lastUsedAt, createdAt }: KeyFacts) =>
      lastUsedAt === undefined && (daysSince(createdAt, now) ?? Infinity) <= limits.newKey;
    const rotating = isNew(first) !== isNew(second);
    const used = ({ lastUsedAt = "" }: KeyFacts) => lastUsedAt;
    const firstIsOver = rotating ? isNew(second) : used(first) <= used(second);
    const over = firstIsOver ? first : second;
    const ageDays = daysSince([first.createdAt ?? "", second.createdAt ?? ""].sort()[1] || undefined, now);
    return [
      {
        ...ofUser(user),
        ...(ageDays !== undefined && { ageDays }),
        evidence: rotating
          ? "One of both is new and not used yet. Once it is, the command sets the other one Inactive."
          : "Both access keys are active. The command sets the one used longer ago Inactive.",
        fix: deactivate(user, over),
      },
    ];
  },
});
