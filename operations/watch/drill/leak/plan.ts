import { leakNames, type LeakNames } from "../../../../components/leak-response/leak-names";
import { healthRegions } from "../../../../components/leak-response/leak-patterns";
import { quarantinePolicy } from "../../../../components/iam-alerts/iam-alert-patterns";
import { globalRegion as globalRegionOf, partitionOf } from "../../../../components/foundation/partition";
import { type AwsClients } from "../../../../aws/clients";
import { badInput, BaselineError } from "../../../../common/errors";
import { ask, awsErrorName } from "../../../../aws/ask";
import { enabledRegions } from "../../../../aws/enabled-regions";
import { verify as leakResponse } from "../../../../components/leak-response/verify";
import { type Evidence } from "../../../../components/foundation/verify/verifier";
import { undelivered } from "./dead-letters";
import { type OtherDrills, otherDrills } from "./left-behind";
import { matchedWay } from "./matched";
import { type EventWay } from "./report";
import { type LeakDrillRequest } from "./request";
import { type RuleFound, rulesIn } from "./rule";
import { findingSample, healthSamples } from "./samples";
import { drillUserName } from "./user-names";

/** What a drill would do, found out without changing anything. */
export interface LeakDrillPlan {
  accountId: string;
  accountAlias: string;
  homeRegion: string;
  /** Where IAM reports. */
  globalRegion: string;
  names: LeakNames;
  mode: "notify" | "contain";
  /** The response denies the user everything as well. */
  denies: boolean;
  /** Name of the user to make. */
  user: string;
  /** ARN of the policy that stands for a leak. */
  policy: string;
  /** ISO 8601: after that, the user counts as left behind. */
  until: string;
  /** Seconds to wait for the answer. */
  timeout: number;
  /** Milliseconds between two looks. */
  interval: number;
  /** What the response's own verifier says. */
  before: Evidence[];
  /** The ways that only AWS can go. */
  ways: EventWay[];
  others: OtherDrills;
  /** Messages in the response's dead-letter queue; undefined when it could not be looked at. */
  deadLetters: number | undefined;
}

// The newest first: AWS attaches the third today, and an older partition may not have it.
const versions = ["V3", "V2", ""];
// Removing takes seconds, and longer where IAM throttles.
const removing = 300;

/**
 * Finds out whether a drill makes sense, and what it would do. Reads only.
 *
 * IAM actions: `states:DescribeStateMachine`, `states:ListExecutions`, `events:DescribeRule`, `events:ListTargetsByRule`,
 * `events:TestEventPattern`, `ec2:DescribeRegions`, `iam:GetPolicy`, `iam:GetRole`, `iam:GetRolePolicy`, `iam:ListUsers`, `iam:ListUserTags`, and, where they
 * may be missing, `sqs:GetQueueUrl`, `sqs:GetQueueAttributes` and `iam:ListAccountAliases`. For the drill besides:
 * `states:DescribeExecution`; on `user/baseline-drill/*` `iam:CreateUser`, `iam:TagUser`, `iam:CreateAccessKey`,
 * `iam:AttachUserPolicy`, and to see and remove it `iam:ListAccessKeys`, `iam:ListAttachedUserPolicies`,
 * `iam:ListUserPolicies`, `iam:DeleteAccessKey`, `iam:DetachUserPolicy`, `iam:DeleteUserPolicy`, `iam:DeleteUser`,
 * `iam:GetUser`. `sts:GetCallerIdentity` needs no permission.
 *
 * @throws BaselineError when something may not be read; with exit code 2 when there is no response to drill, or home is
 *   another region than was said
 */
export async function planLeakDrill(clients: AwsClients, request: LeakDrillRequest, now: Date): Promise<LeakDrillPlan> {
  const { homeRegion, homeIsGuessed, namePrefix, timeout, interval } = request;
  const { Account: accountId = "" } = await ask("sts:GetCallerIdentity", homeRegion, () =>
    clients.sts(homeRegion).getCallerIdentity({}),
  );
  const partition = partitionOf(homeRegion);
  const globalRegion = globalRegionOf(partition);
  const names = leakNames({ namePrefix, partition, accountId, region: homeRegion });
  const home = await homeByRules(clients, names);
  if (home !== undefined && home !== homeRegion) {
    if (homeIsGuessed) {
      return planLeakDrill(clients, { ...request, homeRegion: home, homeIsGuessed: false }, now);
    }
    throw badInput(
      "no-leak-response",
      `Home is ${home}, not ${homeRegion}: that is where ${names.rules.quarantine} leads; nothing was made.`,
      `Run it with --region ${home}.`,
    );
  }
  const definition = await definitionOf(clients, names);
  if (definition === undefined) {
    throw badInput(
      "no-leak-response",
      `There is no state machine ${names.machine} in ${homeRegion} of account ${accountId}; nothing was made.`,
      `Check --prefix (${namePrefix}), --region and the account; or switch leakResponse on and run \`pulumi up\`.`,
    );
  }
  const found = await rulesIn(clients, await enabledRegions(clients, homeRegion), names.rules.guardduty);
  const regions = [...new Set([homeRegion, ...found.map(({ region }) => region)])];
  await ask("states:ListExecutions", homeRegion, () =>
    clients.sfn(homeRegion).listExecutions({ stateMachineArn: names.machineArn, maxResults: 1 }),
  );
  const [accountAlias, policy, before, ways, others, deadLetters] = await Promise.all([
    aliasOf(clients, globalRegion),
    policyThereIs(clients, partition, globalRegion),
    leakResponse({ aws: clients, accountId, homeRegion, regions, namePrefix }).catch((error: unknown) => [
      { holds: false, says: `the rules could not be read: ${(error as Error).message}` },
    ]),
    waysOfAws(clients, names, regions, found, now),
    otherDrills(clients, globalRegion, namePrefix, now),
    undelivered(clients, names),
  ]);
  return {
    accountId,
    accountAlias,
    homeRegion,
    globalRegion,
    names,
    mode: definition.includes("iam:updateAccessKey") ? "contain" : "notify",
    denies: definition.includes("iam:attachUserPolicy"),
    user: drillUserName(namePrefix, now),
    policy,
    until: new Date(now.getTime() + (timeout + removing) * 1000).toISOString(),
    timeout,
    interval,
    before,
    ways,
    others,
    deadLetters,
  };
}

async function definitionOf(clients: AwsClients, { region, machineArn }: LeakNames): Promise<string | undefined> {
  try {
    const { status, definition } = await ask("states:DescribeStateMachine", region, () =>
      clients.sfn(region).describeStateMachine({ stateMachineArn: machineArn }),
    );
    return status === "DELETING" ? undefined : (definition ?? "");
  } catch (error) {
    if (awsErrorName(error).startsWith("StateMachineDoesNotExist")) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The home region: where the rule of quarantines leads. The machine does not show it, because in `contain` each region has
 * one.
 *
 * @returns undefined where there is no such rule
 */
async function homeByRules(
  clients: AwsClients,
  { accountId, partition, rules }: LeakNames,
): Promise<string | undefined> {
  const [rule] = await rulesIn(clients, [globalRegionOf(partition)], rules.quarantine);
  return rule?.targets.map((arn) => arn.split(":")).find(([, , , , account]) => account === accountId)?.[3];
}

/** @throws BaselineError when the partition has none of them */
async function policyThereIs(clients: AwsClients, partition: string, region: string): Promise<string> {
  for (const version of versions) {
    const PolicyArn = `${quarantinePolicy(partition)}${version}`;
    try {
      await ask("iam:GetPolicy", region, () => clients.iam(region).getPolicy({ PolicyArn }));
      return PolicyArn;
    } catch (error) {
      if (!awsErrorName(error).startsWith("NoSuchEntity")) {
        throw error;
      }
    }
  }
  throw new BaselineError(
    "no-quarantine-policy",
    `AWS has no policy ${quarantinePolicy(partition)} here, so that nothing can be put in quarantine; nothing was made.`,
    "The response cannot be drilled in this partition.",
  );
}

async function waysOfAws(
  clients: AwsClients,
  { partition, accountId, rules }: LeakNames,
  regions: string[],
  findings: RuleFound[],
  now: Date,
): Promise<EventWay[]> {
  const health = healthRegions(partition, regions);
  const found = await rulesIn(clients, health, rules.health);
  const of = (all: RuleFound[], region: string) => all.find((each) => each.region === region);
  return Promise.all([
    ...health.map((region) =>
      matchedWay(clients, "AWS Health", region, of(found, region), healthSamples(accountId, region, now)),
    ),
    ...regions.map((region) =>
      matchedWay(clients, "GuardDuty", region, of(findings, region), [findingSample(accountId, region, now)]),
    ),
  ]);
}

async function aliasOf(clients: AwsClients, region: string): Promise<string> {
  try {
    return (await clients.iam(region).listAccountAliases({})).AccountAliases?.[0] ?? "";
  } catch {
    // A nicety, as in the other drill.
    return "";
  }
}
