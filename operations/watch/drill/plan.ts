import { drillRuleName } from "../../../components/alert-channel/drill-event";
import { badInput, type BaselineError } from "../../../common/errors";
import { globalRegion } from "../../../components/foundation/partition";
import { type AlarmPlan, chooseAlarm } from "./alarm";
import { ask } from "../../../aws/ask";
import { type AwsClients } from "../../../aws/clients";
import { exists, type TopicReport } from "./report";
import { type DrillRequest } from "./request";
import { type Destination, findRules, type FoundRule, homeElsewhere, ruleProblem, topicTargets } from "./rules";
import { type Drill } from "./send";
import { inspectTopic, type TopicPlace, topicPlaces } from "./topics";
import { enabledRegions } from "../../../aws/enabled-regions";

/** What a drill would do, found out without sending anything. */
export interface DrillPlan extends Drill {
  accountAlias: string;
  homeRegion: string;
  /** Where Budgets and Cost Anomaly Detection publish. */
  billingRegion: string;
  /** The rule of each region to send from, the home region's first; it is there too when it would stop all others. */
  rules: { region: string; problem?: string }[];
  /** Enabled regions that have no rule: excluded, or not applied yet. Empty when the regions were named. */
  withoutRule: string[];
  topics: TopicReport[];
  alarms: AlarmPlan[];
  /** How many messages will be published, when nothing fails. */
  messages: number;
}

/**
 * Finds out whom a drill would reach, and by what way. Reads only.
 *
 * IAM actions: `ec2:DescribeRegions` (unless the regions are named), `events:DescribeRule`, `events:ListTargetsByRule`,
 * `sns:GetTopicAttributes`, `sns:ListSubscriptionsByTopic`, `kms:GetKeyPolicy`, `cloudwatch:DescribeAlarms`, and
 * `iam:ListAccountAliases` for the account's alias, which may be missing. For `sendDrill` besides: `sns:Publish`, with
 * `kms:GenerateDataKey*` and `kms:Decrypt` on the topics' keys; `events:PutEvents`; `cloudwatch:SetAlarmState`.
 * `sts:GetCallerIdentity` needs no permission.
 *
 * @param id stands in every message
 * @throws BaselineError when the credentials do not do, or a topic may not be read; with exit code 2 when home is another
 *   region than was said, or what was named does not exist
 */
export async function planDrill(clients: AwsClients, request: DrillRequest, id: string): Promise<DrillPlan> {
  const { homeRegion, namePrefix } = request;
  const identity = await ask("sts:GetCallerIdentity", homeRegion, () => clients.sts(homeRegion).getCallerIdentity({}));
  const accountId = identity.Account ?? "";
  const partition = identity.Arn?.split(":")[1] ?? "aws";
  const [accountAlias, regions] = await Promise.all([
    aliasOf(clients, homeRegion),
    request.regions ?? enabledRegions(clients, homeRegion),
  ]);
  const places = topicPlaces(request, partition, accountId);
  const channel = channelOf(clients, namePrefix, places);
  // Meanwhile the rules are looked at: a region that is slow holds up none of this.
  channel.catch(() => undefined);
  const found = await findRules(clients, namePrefix, homeFirst([...new Set([homeRegion, ...regions])], homeRegion));
  const topicArn = request.topics ? undefined : places[0]?.arn;
  const to: Destination = { partition, accountId, homeRegion, ...(topicArn && { topicArn }) };
  const elsewhere = homeElsewhere(found, to);
  if (elsewhere !== undefined && request.homeIsGuessed) {
    return planDrill(clients, { ...request, homeRegion: elsewhere, homeIsGuessed: false }, id);
  }
  if (elsewhere !== undefined) {
    throw notThere(
      "wrong-home",
      `Home is ${elsewhere}, not ${homeRegion}: that is where the rules ${drillRuleName(namePrefix)} lead; nothing was sent.`,
      `Run it with --region ${elsewhere}.`,
    );
  }
  const { topics, existing, alarms } = await channel;
  requireSomething(request, found, topics);
  const rules = found
    .map((rule) => ({ region: rule.region, exists: rule.exists, problem: ruleProblem(rule, to) }))
    .filter(
      ({ region, exists, problem }) =>
        (region === homeRegion && problem !== undefined) ||
        (regions.includes(region) && (exists || request.regions !== undefined)),
    );
  const perEvent = found.filter(({ region }) => region === homeRegion).flatMap((rule) => topicTargets(rule, to)).length;
  const passing = rules.filter(({ problem }) => problem === undefined).length;
  const byAlarm = alarms.reduce((sum, { chosen }) => sum + (chosen?.AlarmActions?.length ?? 0), 0);
  return {
    id,
    accountId,
    namePrefix,
    accountAlias,
    homeRegion,
    billingRegion: globalRegion(partition),
    rules: rules.map(({ region, problem }) => ({ region, ...(problem !== undefined && { problem }) })),
    withoutRule: request.regions ? [] : found.filter((rule) => !rule.exists).map(({ region }) => region),
    topics,
    alarms,
    messages: existing.length + passing * perEvent + byAlarm,
  };
}

/** The topics, and in each of their regions the alarm to set off. */
async function channelOf(clients: AwsClients, namePrefix: string, places: TopicPlace[]) {
  const topics = (await Promise.all(places.map((place) => inspectTopic(clients, place)))).filter(
    (topic) => topic !== undefined,
  );
  const existing = topics.filter(exists);
  const regions = [...new Set(existing.map(({ region }) => region))];
  const arns = existing.map(({ arn }) => arn);
  const alarms = await Promise.all(regions.map((region) => chooseAlarm(clients, namePrefix, region, arns)));
  return { topics, existing, alarms };
}

/** @throws BaselineError when the names that were given name nothing: advice on mailboxes would lead astray then */
function requireSomething(request: DrillRequest, rules: FoundRule[], topics: TopicReport[]): void {
  const { homeRegion, namePrefix } = request;
  const missing = topics.filter((topic) => !exists(topic)).map(({ name }) => name);
  if (request.topics && missing.length > 0) {
    throw notThere(
      "no-such-topic",
      `There is no topic ${missing.join(" and no ")} in ${homeRegion}; nothing was sent.`,
      "Check --topic, --region and the account.",
    );
  }
  const applied = rules.some(({ region, exists, targets }) => targets.length > 0 || (exists && region === homeRegion));
  if (!applied && missing.length > 0) {
    throw notThere(
      "no-baseline",
      `There is no baseline with the prefix ${namePrefix} in ${homeRegion}: neither the rule ${drillRuleName(namePrefix)} ` +
        `nor the topic ${missing[0]}; nothing was sent.`,
      "Check --prefix (the setting namePrefix), --region and the account, or run `pulumi up` first.",
    );
  }
}

function notThere(code: string, sentence: string, next: string): BaselineError {
  return badInput(code, sentence, next);
}

function homeFirst(regions: string[], home: string): string[] {
  return regions.sort((a, b) => Number(b === home) - Number(a === home) || (a < b ? -1 : 1));
}

async function aliasOf(clients: AwsClients, region: string): Promise<string> {
  try {
    return (await clients.iam(region).listAccountAliases({})).AccountAliases?.[0] ?? "";
  } catch {
    // A nicety; whoever may not read it can drill all the same.
    return "";
  }
}
