import { deadLettersFrom } from "../alert-channel/dead-letters";
import { policyDocument, type PolicyStatement } from "../foundation/policy-document";
import { denyAllPolicy, leakedKeyTag, type LeakMachineOptions, leakNotice, revokedTag } from "./leak-machine-parts";
import { type LeakNames } from "./leak-names";

/**
 * What the state machine may do. In `notify` it reads, and says what it read.
 *
 * In `contain` it writes no policy: it attaches AWSDenyAll, and nothing else, to the roles the settings name, and to users
 * if `denyUser` says so. It cannot touch itself, roles of services, or who is exempt. A machine is in each region there.
 */
export function leakRolePolicy(names: LeakNames, options: LeakMachineOptions): string {
  const iam = (resource: string) => `arn:${names.partition}:iam::${names.accountId}:${resource}`;
  const contains = options.mode === "contain";
  const where = contains ? "*" : names.region;
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
      // The default bus is where a machine told people before the response had a bus for that: executions that run during
      // an update still do.
      Resource: [
        names.busArnIn(where),
        `arn:${names.partition}:events:${names.region}:${names.accountId}:event-bus/default`,
      ],
      Condition: { StringEquals: { "events:source": leakNotice.source } },
    },
    { Sid: "AnswerOnce", Effect: "Allow", Action: "states:StartExecution", Resource: names.machineArnIn(where) },
  ];
  return policyDocument(contains ? [...statements, ...containing(iam, names, options)] : statements);
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
  const onlyDenyAll = { ArnEquals: { "iam:PolicyARN": denyAllPolicy(partition) } };
  return [
    // IAM cannot narrow it to a detector.
    { Sid: "AskGuardDuty", Effect: "Allow", Action: "guardduty:GetFindings", Resource: "*" },
    {
      Sid: "AskHealth",
      Effect: "Allow",
      Action: ["health:DescribeAffectedEntities", "health:DescribeEventDetails"],
      Resource: `arn:${partition}:health:*::event/RISK/*`,
    },
    { Sid: "AskQuarantine", Effect: "Allow", Action: "iam:ListAttachedUserPolicies", Resource: iam("user/*") },
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
            Sid: "DenyRoles",
            Effect: "Allow" as const,
            Action: "iam:AttachRolePolicy",
            Resource: named("role", containRoles),
            Condition: onlyDenyAll,
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
            Condition: onlyDenyAll,
          },
        ]
      : []),
    {
      Sid: "NeitherItselfNorExempt",
      Effect: "Deny",
      Action: ["iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:TagRole", "iam:TagUser", "iam:UpdateAccessKey"],
      Resource: spared,
    },
  ];
}

/** What rules may do: forward to the bus of the response in the home region, and start the machine of their own region. */
export function leakEventsPolicy(names: LeakNames, mode: string): string {
  return policyDocument([
    { Sid: "ForwardToResponse", Effect: "Allow", Action: "events:PutEvents", Resource: names.busArn },
    {
      Sid: "StartResponse",
      Effect: "Allow",
      Action: "states:StartExecution",
      Resource: names.machineArnIn(mode === "contain" ? "*" : names.region),
    },
  ]);
}

/**
 * Policy of the response's own bus in a region. Only its two roles may put events there, so that nobody else can put a
 * message on it that looks like one of the response's.
 *
 * Source: EventBridge User Guide, "Permissions for event buses in Amazon EventBridge" (a receiving bus in another region
 * takes events by its own policy).
 */
export function leakBusPolicy(names: LeakNames, region: string): string {
  const { partition, accountId, role, eventsRole } = names;
  const iam = (resource: string) => `arn:${partition}:iam::${accountId}:${resource}`;
  const own = { "aws:PrincipalArn": [iam(`role/${role}`), iam(`role/${eventsRole}`)] };
  const put = { Action: "events:PutEvents", Resource: names.busArnIn(region) };
  return policyDocument([
    { Sid: "ResponsePuts", Effect: "Allow", Principal: { AWS: iam("root") }, ...put, Condition: { ArnEquals: own } },
    { Sid: "NobodyElsePuts", Effect: "Deny", Principal: "*", ...put, Condition: { ArnNotEquals: own } },
  ]);
}

/** Policy of the response's dead-letter queue. */
export function deadLettersPolicy(names: LeakNames): string {
  const { partition, region, accountId, bus, rules, deadLettersArn } = names;
  const rule = (name: string) => `arn:${partition}:events:${region}:${accountId}:rule/${name}`;
  const { forwarded, ...direct } = rules;
  return deadLettersFrom(deadLettersArn, {
    ArnEquals: { "aws:SourceArn": [...Object.values(direct).map(rule), rule(`${bus}/${forwarded}`)] },
  });
}
