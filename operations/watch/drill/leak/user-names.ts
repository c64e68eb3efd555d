import { awsCommand, type CommandOptions } from "../../../../common/command";
import { randomBytes } from "node:crypto";

/** Path of the throw-away users in IAM, by which they are found again. */
export const drillPath = "/baseline-drill/";
/** Tag on them: until when their drill may last, in ISO 8601. Past that, they were left behind. */
export const drillTag = "baseline:drill";

/** A name that nobody has had: when, in UTC, and eight digits by chance. 57 characters at most; IAM takes 64. */
export function drillUserName(namePrefix: string, now: Date): string {
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, "");
  return `${drillUserStart(namePrefix)}${time}Z-${randomBytes(4).toString("hex")}`;
}

/** How the names of all throw-away users begin. */
export function drillUserStart(namePrefix: string): string {
  return `${namePrefix}-leak-drill-`;
}

/**
 * Commands that remove a throw-away user, in the order in which IAM takes them.
 *
 * @param unread commands that list what else may hang on it; they come first. Default: all of it is known
 */
export function removingCommands(
  user: string,
  keyIds: string[],
  policyArns: string[],
  inline: string[],
  unread: string[] = [],
): string[] {
  const command = (call: string, more: CommandOptions = {}) => awsCommand("iam", call, { "user-name": user, ...more });
  return [
    ...unread.map((name) => command(name)),
    ...keyIds.map((id) => command("delete-access-key", { "access-key-id": id })),
    ...policyArns.map((arn) => command("detach-user-policy", { "policy-arn": arn })),
    ...inline.map((name) => command("delete-user-policy", { "policy-name": name })),
    command("delete-user"),
  ];
}
