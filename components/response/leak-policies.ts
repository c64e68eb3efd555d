import { denyInsecureTransport, policyDocument, type PolicyStatement } from "../policy-document";
import { denyAllPolicy, leakedKeyTag, type LeakMachineOptions, leakNotice, revokedTag } from "./leak-machine-parts";
import { type LeakNames } from "./leak-names";

/**
 * What the state machine may do. In `notify` it reads, and says what it read.
 *
 * In `contain` it may write inline policies of roles, which no condition can narrow to denials; therefore only of the
 * roles the settings name. It cannot touch itself, roles of services, or who is exempt.
 */
export function leakRolePolicy(names: LeakNames, options: LeakMachineOptions): string {
  const iam = (resource: string) => `arn:${names.partition}:iam::${names.accountId}:${resource}`;
  const statements: PolicyStatement[] = [
    {
      Sid: "FindOwner",
      Effect: "Allow",
      Action: ["iam:GetAccessKeyLastUsed", "iam:ListAccessKeys"],
      Resource: iam("user/*"),
    },
    {
      Sid: "TellPeople",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: `arn:${names.partition}:events:${names.region}:${names.accountId}:event-bus/default`,
      Condition: { StringEquals: { "events:source": leakNotice.source } },
    },
    { Sid: "AnswerOnce", Effect: "Allow", Action: "states:StartExecution", Resource: names.machineArn },
  ];
  return policyDocument(options.mode === "contain" ? [...statements, ...containing(iam, names, options)] : statements);
}

function containing(
  iam: (resource: string) => string,
  { role }: LeakNames,
  { partition, exemptUsers, exemptRoles, containRoles, denyUser }: LeakMachineOptions,
): PolicyStatement[] {
  const named = (kind: string, list: string[]) =>
    list.flatMap((name) => [iam(`${kind}/${name}`), iam(`${kind}/*/${name}`)]);
  const spared = [
    ...named("user", exemptUsers),
    ...named("role", [role, ...exemptRoles]),
    iam("role/aws-service-role/*"),
    iam("role/aws-reserved/*"),
  ];
  const tags = (pattern: string) => ({ "ForAllValues:StringLike": { "aws:TagKeys": pattern } });
  return [
    { Sid: "DeactivateKeys", Effect: "Allow", Action: "iam:UpdateAccessKey", Resource: iam("user/*") },
    {
      Sid: "MarkUsers",
      Effect: "Allow",
      Action: "iam:TagUser",
      Resource: iam("user/*"),
      Condition: tags(`${leakedKeyTag}*`),
    },
    ...(containRoles.length > 0
      ? [
          {
            Sid: "RevokeSessions",
            Effect: "Allow" as const,
            Action: "iam:PutRolePolicy",
            Resource: named("role", containRoles),
          },
          {
            Sid: "MarkRoles",
            Effect: "Allow" as const,
            Action: "iam:TagRole",
            Resource: named("role", containRoles),
            Condition: tags(revokedTag),
          },
        ]
      : []),
    ...(denyUser
      ? [
          {
            Sid: "DenyUsers",
            Effect: "Allow" as const,
            Action: "iam:AttachUserPolicy",
            Resource: iam("user/*"),
            Condition: { ArnEquals: { "iam:PolicyARN": denyAllPolicy(partition) } },
          },
        ]
      : []),
    {
      Sid: "NeitherItselfNorExempt",
      Effect: "Deny",
      Action: ["iam:AttachUserPolicy", "iam:PutRolePolicy", "iam:TagRole", "iam:TagUser", "iam:UpdateAccessKey"],
      Resource: spared,
    },
  ];
}

/** What rules may do: forward to the bus of the response, and start it. */
export function leakEventsPolicy({ busArn, machineArn }: LeakNames): string {
  return policyDocument([
    { Sid: "ForwardToResponse", Effect: "Allow", Action: "events:PutEvents", Resource: busArn },
    { Sid: "StartResponse", Effect: "Allow", Action: "states:StartExecution", Resource: machineArn },
  ]);
}

/** Source: EventBridge User Guide, "Using dead-letter queues to process undelivered events". */
export function deadLettersPolicy(names: LeakNames): string {
  const { partition, region, accountId, bus, rules, deadLettersArn } = names;
  const rule = (name: string) => `arn:${partition}:events:${region}:${accountId}:rule/${name}`;
  const { forwarded, ...direct } = rules;
  return policyDocument([
    {
      Sid: "RulesLeaveWhatCouldNotBeDelivered",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: deadLettersArn,
      Condition: { ArnEquals: { "aws:SourceArn": [...Object.values(direct).map(rule), rule(`${bus}/${forwarded}`)] } },
    },
    denyInsecureTransport("sqs:*", [deadLettersArn]),
  ]);
}
