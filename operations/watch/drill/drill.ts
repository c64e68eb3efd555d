import { limiter } from "../../../common/limit";
import { setOffAlarm } from "./alarm";
import { type AwsClients } from "../../../aws/clients";
import { BaselineError } from "../../../common/errors";
import { type DrillPlan } from "./plan";
import { DrillPath, type DrillReport, exists, isHeard, type PathReport } from "./report";
import { REGIONS_AT_ONCE } from "./rules";
import { publish, putEvent } from "./send";
import { billing } from "./topics";

/** Sends a test alert along every path. People get mail: ask first. */
export async function sendDrill(
  clients: AwsClients,
  plan: DrillPlan,
  onProgress: (text: string) => void,
): Promise<DrillReport> {
  const limit = limiter(REGIONS_AT_ONCE);
  const work: (() => Promise<PathReport | undefined>)[] = [
    ...plan.topics.filter(exists).map((topic) => () => publish(clients, plan, topic)),
    ...plan.rules.map((rule) => () => putEvent(clients, plan, rule)),
    ...plan.alarms.map((alarm) => () => setOffAlarm(clients, plan, alarm)),
  ];
  let done = 0;
  let over: unknown;
  const results = await Promise.all(
    work.map((send) =>
      limit(async () => {
        // After expired credentials nothing more is sent; what was sent until then is told.
        if (over !== undefined) return undefined;
        const result = await send().catch((error: unknown) => void (over ??= error));
        done += 1;
        if (over === undefined) onProgress(`sending: ${done} of ${work.length}`);
        return result ?? undefined;
      }),
    ),
  );
  const paths = results.filter((result) => result !== undefined);
  if (over !== undefined) {
    throw halfWay(over, paths, work.length);
  }
  const { id: drill, accountId, accountAlias, homeRegion, topics } = plan;
  const regions = plan.rules.map(({ region }) => region);
  const notTried = notTriedOf(plan, paths);
  return { drill, accountId, accountAlias, homeRegion, regions, topics, paths, notTried, ok: isHeard(topics, paths) };
}

function halfWay(error: unknown, paths: readonly PathReport[], all: number): unknown {
  if (!(error instanceof BaselineError)) {
    return error;
  }
  const names = (wanted: PathReport["state"]) =>
    paths.filter(({ state }) => state === wanted).map(({ path, by, region }) => `${path} ${by} in ${region}`);
  const sent = names("done");
  const unknown = names("unknown");
  const [first = ""] = error.message.split("\n");
  const sentences = [
    `${first} ${sent.length} of ${all} were sent${sent.length > 0 ? `: ${sent.join(", ")}` : ""}.`,
    ...(unknown.length > 0 ? [`These may have been sent: ${unknown.join(", ")}.`] : []),
  ];
  return new BaselineError(error.code, sentences.join(" "), error.next, error.exitCode, { cause: error.cause });
}

/** What was not set off, why, and what was looked at in its place. */
function notTriedOf({ topics, billingRegion, alarms, withoutRule }: DrillPlan, paths: PathReport[]): string[] {
  const topic = topics.find(({ region, name }) => region === billingRegion && !name.endsWith("-chat-alerts"));
  const shutOut = billing.filter((each) => !topic?.admits.includes(each));
  const seen =
    topic === undefined
      ? `no topic was found in ${billingRegion}, where they would publish`
      : shutOut.length === 0
        ? `policy and key of ${topic.name} in ${billingRegion} let both in`
        : `${topic.name} in ${billingRegion} shuts out ${shutOut.join(" and ")}`;
  const raised = alarms.filter(({ allRaised }) => allRaised).map(({ region }) => region);
  const noAlarm = raised.length === 0 && topics.length > 0 && !paths.some(({ path }) => path === DrillPath.alarm);
  return [
    `AWS Budgets and Cost Anomaly Detection: AWS has no test for them; ${seen}.`,
    ...(raised.length > 0
      ? [`CloudWatch alarms in ${raised.join(" and ")}: raised already, all of them, and would notify nobody again.`]
      : []),
    ...(noAlarm ? ["CloudWatch alarms: there is none that notifies these topics and does nothing else."] : []),
    ...(withoutRule.length > 0
      ? [
          `Events: no drill rule in ${withoutRule.length} enabled region(s): ${withoutRule.join(", ")} ` +
            "(excluded, or not applied yet).",
        ]
      : []),
  ];
}
