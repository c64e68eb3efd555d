import { type AwsService } from "./clients";
import { accountIn } from "./arn";

/**
 * Calls whose answers name nothing but things of the account that asks (or AWS's own, `arn:aws:iam::aws:policy/...`), and
 * the members that name them. Answers in which an ARN of others is in order are not here: trails of an organization,
 * findings, subscriptions, shared keys. Documents are texts, and are not looked into.
 */
const own: Partial<Record<AwsService, { calls: RegExp; member: RegExp }>> = {
  iam: { calls: /./, member: /Arn$|^SerialNumber$/ },
  sts: { calls: /^GetCallerIdentity$/, member: /^Arn$/ },
  sns: { calls: /^ListTopics$/, member: /^TopicArn$/ },
  sfn: { calls: /^(List|Describe)StateMachines?$/, member: /^stateMachineArn$/ },
  events: { calls: /^ListRules$/, member: /^Arn$/ },
  kms: { calls: /^List(Keys|Aliases)$/, member: /^(Key|Alias)Arn$/ },
  logs: { calls: /^DescribeLogGroups$/, member: /^arn$/ },
  lambda: { calls: /^ListFunctions$/, member: /^FunctionArn$/ },
  cloudwatch: { calls: /^DescribeAlarms$/, member: /^AlarmArn$/ },
  secretsmanager: { calls: /^ListSecrets$/, member: /^ARN$/ },
  accessanalyzer: { calls: /^ListAnalyzers$/, member: /^arn$/ },
};

/**
 * The first ARN in an answer that is of another account, though it can only be of this one.
 *
 * @param command such as `GetUser`
 * @param output the answer as the SDK gives it
 */
export function foreignArn(
  service: AwsService,
  command: string,
  output: unknown,
  accountId: string,
): string | undefined {
  const rule = own[service];
  return rule?.calls.test(command) ? firstForeign(output, rule.member, accountId) : undefined;
}

function firstForeign(value: unknown, member: RegExp, accountId: string): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) {
    return undefined;
  }
  for (const [name, each] of Object.entries(value)) {
    if (name === "$metadata") {
      continue;
    }
    const isForeign = typeof each === "string" && member.test(name) && accountIn(each) !== accountId;
    const found = isForeign && accountIn(each) !== undefined ? each : firstForeign(each, member, accountId);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
