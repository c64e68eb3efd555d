import { limiter } from "../../../common/limit";
import { BaselineError } from "../../../common/errors";
import { drillRuleName } from "../../../components/alert-channel/drill-event";
import { ask, awsErrorName } from "../../../aws/ask";
import { type AwsClients } from "../../../aws/clients";

/** The drill's rule of one region, as it is found before anything is sent. */
export interface FoundRule {
  region: string;
  exists: boolean;
  /** ARNs of what it sends to. */
  targets: string[];
  /** Why nothing would come through it, if that is known already. */
  problem?: string;
}

/** Where the rules ought to lead. */
export interface Destination {
  partition: string;
  accountId: string;
  homeRegion: string;
  /** ARN of the topic; absent where topics were named, and any topic of the home region does. */
  topicArn?: string;
}

/** Many regions at a time, as few as AWS's request rates like. */
export const REGIONS_AT_ONCE = 6;

/** Looks at the drill's rule in each region. Only what concerns all of them, as expired credentials do, ends it. */
export async function findRules(clients: AwsClients, namePrefix: string, regions: string[]): Promise<FoundRule[]> {
  const limit = limiter(REGIONS_AT_ONCE);
  return Promise.all(regions.map((region) => limit(() => findRule(clients, drillRuleName(namePrefix), region))));
}

async function findRule(clients: AwsClients, name: string, region: string): Promise<FoundRule> {
  const events = clients.events(region);
  try {
    const { State } = await ask("events:DescribeRule", region, () => events.describeRule({ Name: name }));
    const { Targets = [] } = await ask("events:ListTargetsByRule", region, () =>
      events.listTargetsByRule({ Rule: name }),
    );
    const targets = Targets.map(({ Arn }) => Arn ?? "");
    return { region, exists: true, targets, ...(State === "DISABLED" && { problem: "the rule is disabled" }) };
  } catch (error) {
    if (error instanceof BaselineError && error.code.includes("credentials")) {
      throw error;
    }
    return awsErrorName(error) === "ResourceNotFoundException"
      ? { region, exists: false, targets: [] }
      : { region, exists: true, targets: [], problem: (error as Error).message.split("\n")[0] ?? "" };
  }
}

/** Why an event of a region would not get to the home region's topic; undefined when nothing is seen that would keep it. */
export function ruleProblem(rule: FoundRule, to: Destination): string | undefined {
  const isHome = rule.region === to.homeRegion;
  if (!rule.exists) {
    const next = isHome ? "name the home region (--region)" : "leave the region out (--regions)";
    return `there is no such rule; run \`pulumi up\`, or ${next}`;
  }
  if (rule.problem !== undefined) {
    return rule.problem;
  }
  if (rule.targets.length === 0) {
    return "the rule has no target";
  }
  if (isHome ? topicTargets(rule, to).length > 0 : rule.targets.includes(busOf(to))) {
    return undefined;
  }
  const topic = to.topicArn?.split(":").pop() ?? "a topic";
  const leads = rule.targets.map((arn) => placeOf(arn, to.accountId)).join(" and ");
  return `it leads to ${leads}, not to ${isHome ? `${topic} in ${to.homeRegion}` : `the bus of ${to.homeRegion}`}`;
}

/** Topics that the home region's rule tells. */
export function topicTargets({ targets }: FoundRule, to: Destination): string[] {
  const topics = targets.filter((arn) => arn.startsWith(`arn:${to.partition}:sns:${to.homeRegion}:`));
  return to.topicArn === undefined || topics.includes(to.topicArn) ? topics : [];
}

/** Another region in which the rules meet: home, as they have it. undefined when they do not say that it is elsewhere. */
export function homeElsewhere(rules: FoundRule[], to: Destination): string | undefined {
  const home = rules.find(({ region }) => region === to.homeRegion);
  const told = home?.exists ? [home] : rules;
  const buses = told.flatMap(({ targets }) => targets).flatMap((arn) => busRegion(arn, to));
  const settled = buses.includes(to.homeRegion) || (home !== undefined && topicTargets(home, to).length > 0);
  return settled ? undefined : buses[0];
}

function busOf({ partition, homeRegion, accountId }: Destination): string {
  return `arn:${partition}:events:${homeRegion}:${accountId}:event-bus/default`;
}

function busRegion(arn: string, { accountId }: Destination): string[] {
  const [, , service, region = "", account, resource] = arn.split(":");
  return service === "events" && account === accountId && resource?.startsWith("event-bus/") ? [region] : [];
}

/** What an ARN names, in words. */
function placeOf(arn: string, accountId: string): string {
  const [, , service, region, account, ...rest] = arn.split(":");
  if (rest.length === 0) {
    return arn;
  }
  const what = { events: `the bus of ${region}`, sns: `topic ${rest[0]} in ${region}` }[service ?? ""];
  return (
    (what ?? `${service} ${rest.join(":")} in ${region}`) + (account === accountId ? "" : ` of account ${account}`)
  );
}
