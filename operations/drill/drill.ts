import { limiter } from "../../common/limit";
import { globalRegion } from "../../components/partition";
import { setOffAlarm } from "./alarm";
import { ask } from "./ask";
import { type DrillClients } from "./clients";
import { type DrillRequest } from "./request";
import { DrillPath, type DrillReport, isHeard, type PathReport, type TopicReport } from "./report";
import { type Drill, publish, putEvent } from "./send";
import { billing, inspectTopic, type TopicPlace } from "./topics";

/** What a drill would do, found out without sending anything. */
export interface DrillPlan extends Drill {
  accountAlias: string;
  homeRegion: string;
  /** Where Budgets and Cost Anomaly Detection publish. */
  billingRegion: string;
  /** The home region first, if it is among them. */
  regions: string[];
  topics: TopicReport[];
}

/** Many regions at a time, as few as AWS's request rates like. */
const REGIONS_AT_ONCE = 6;

/**
 * Finds out whom a drill would reach. Reads only.
 *
 * IAM actions: `ec2:DescribeRegions` (unless the regions are named), `sns:GetTopicAttributes`,
 * `sns:ListSubscriptionsByTopic`, `kms:GetKeyPolicy`, and `iam:ListAccountAliases` for the account's alias, which may be
 * missing. For `sendDrill` besides: `sns:Publish`, with `kms:GenerateDataKey*` and `kms:Decrypt` on the topics' keys;
 * `events:DescribeRule`, `events:ListTargetsByRule`, `events:PutEvents`; `cloudwatch:DescribeAlarms`,
 * `cloudwatch:SetAlarmState`. `sts:GetCallerIdentity` needs no permission.
 *
 * @param id stands in every message
 * @throws BaselineError when the credentials do not do, or a topic may not be read
 */
export async function planDrill(clients: DrillClients, request: DrillRequest, id: string): Promise<DrillPlan> {
  const { homeRegion, namePrefix } = request;
  const identity = await ask("sts:GetCallerIdentity", homeRegion, () => clients.sts(homeRegion).getCallerIdentity({}));
  const accountId = identity.Account ?? "";
  const partition = identity.Arn?.split(":")[1] ?? "aws";
  const [accountAlias, regions] = await Promise.all([
    aliasOf(clients, homeRegion),
    request.regions ?? enabledRegions(clients, homeRegion),
  ]);
  const places = topicPlaces(request, partition, accountId);
  const topics = await Promise.all(places.map((place) => inspectTopic(clients, place)));
  return {
    id,
    accountId,
    namePrefix,
    accountAlias,
    homeRegion,
    billingRegion: globalRegion(partition),
    regions: [...regions].sort((a, b) => Number(b === homeRegion) - Number(a === homeRegion) || (a < b ? -1 : 1)),
    topics: topics.filter((topic) => topic !== undefined),
  };
}

/** Sends a test alert along every path. People get mail: ask first. */
export async function sendDrill(
  clients: DrillClients,
  plan: DrillPlan,
  onProgress: (text: string) => void,
): Promise<DrillReport> {
  const limit = limiter(REGIONS_AT_ONCE);
  const existing = plan.topics.filter(({ problems }) => !problems.includes("there is no such topic"));
  const arns = existing.map(({ arn }) => arn);
  const alarmRegions = [...new Set(existing.map(({ region }) => region))];
  const work: (() => Promise<PathReport | undefined>)[] = [
    ...existing.map((topic) => () => publish(clients, plan, topic)),
    ...plan.regions.map((region) => () => putEvent(clients, plan, region)),
    ...alarmRegions.map((region) => () => setOffAlarm(clients, plan, region, arns)),
  ];
  let done = 0;
  const results = await Promise.all(
    work.map((send) =>
      limit(async () => {
        const result = await send();
        onProgress(`sending: ${++done} of ${work.length}`);
        return result;
      }),
    ),
  );
  const paths = results.filter((result) => result !== undefined);
  const { id: drill, accountId, accountAlias, homeRegion, regions, topics } = plan;
  const notTried = notTriedOf(plan, paths);
  return { drill, accountId, accountAlias, homeRegion, regions, topics, paths, notTried, ok: isHeard(topics, paths) };
}

const alarmsAndRules = ["cloudwatch.amazonaws.com", "events.amazonaws.com"];

/** The channel's topics: at home, and where alarms cannot be at home, in the region that stands for the account. */
export function topicPlaces(request: DrillRequest, partition: string, accountId: string): TopicPlace[] {
  const { homeRegion, namePrefix, topics } = request;
  const place = (name: string, region: string, required: boolean, publishers: string[]) => ({
    name,
    region,
    arn: `arn:${partition}:sns:${region}:${accountId}:${name}`,
    required,
    publishers,
  });
  if (topics !== undefined) {
    return topics.map((name) => place(name, homeRegion, true, alarmsAndRules));
  }
  const global = globalRegion(partition);
  return [
    place(`${namePrefix}-alerts`, homeRegion, true, alarmsAndRules),
    place(`${namePrefix}-chat-alerts`, homeRegion, false, ["events.amazonaws.com"]),
    ...(global === homeRegion ? [] : [place(`${namePrefix}-alerts`, global, false, ["cloudwatch.amazonaws.com"])]),
  ];
}

/** What no one can set off for a test, and what was looked at in its place. */
function notTriedOf({ topics, billingRegion }: DrillPlan, paths: PathReport[]): string[] {
  const topic = topics.find(({ region, name }) => region === billingRegion && !name.endsWith("-chat-alerts"));
  const shutOut = billing.filter((each) => !topic?.admits.includes(each));
  const seen =
    topic === undefined
      ? `no topic was found in ${billingRegion}, where they would publish`
      : shutOut.length === 0
        ? `policy and key of ${topic.name} in ${billingRegion} let both in`
        : `${topic.name} in ${billingRegion} shuts out ${shutOut.join(" and ")}`;
  return [
    `AWS Budgets and Cost Anomaly Detection: AWS has no test for them; ${seen}.`,
    ...(paths.some(({ path }) => path === DrillPath.alarm) || topics.length === 0
      ? []
      : ["CloudWatch alarms: there is none that notifies these topics and does nothing else."]),
  ];
}

async function aliasOf(clients: DrillClients, region: string): Promise<string> {
  try {
    return (await clients.iam(region).listAccountAliases({})).AccountAliases?.[0] ?? "";
  } catch {
    // A nicety; whoever may not read it can drill all the same.
    return "";
  }
}

async function enabledRegions(clients: DrillClients, region: string): Promise<string[]> {
  const { Regions = [] } = await ask("ec2:DescribeRegions", region, () => clients.ec2(region).describeRegions({}));
  return Regions.map(({ RegionName }) => RegionName ?? "");
}
