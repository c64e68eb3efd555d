import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { ask } from "./ask";
import { attempt, lost } from "./attempt";
import { type DrillClients } from "./clients";
import { DrillPath, type PathReport } from "./report";
import { calm, type Drill } from "./send";

/**
 * Sets one alarm off in a region whose alarms notify one of the topics. A metric alarm goes back to its true state at the
 * next evaluation, by itself. Source: CloudWatch API, SetAlarmState.
 *
 * @returns undefined where no alarm notifies the topics
 */
export async function setOffAlarm(
  clients: DrillClients,
  drill: Drill,
  region: string,
  topicArns: string[],
): Promise<PathReport | undefined> {
  const cloudwatch = clients.cloudwatch(region);
  const alarms = await alarmsOf(clients, drill, region).catch((error: unknown) => error as Error);
  if (alarms instanceof Error) {
    return attempt(DrillPath.alarm, region, "(any alarm)", () => Promise.reject(alarms));
  }
  const safe = harmless(alarms, topicArns);
  const chosen = preferred(safe, drill.namePrefix);
  if (chosen === undefined) {
    return safe.length === 0
      ? undefined
      : attempt(DrillPath.alarm, region, safe[0]?.AlarmName ?? "", () =>
          Promise.reject(lost("every alarm is raised already, and would notify nobody again")),
        );
  }
  return attempt(DrillPath.alarm, region, chosen.AlarmName ?? "", async () => {
    await ask("cloudwatch:SetAlarmState", region, () =>
      cloudwatch.setAlarmState({
        AlarmName: chosen.AlarmName,
        StateValue: "ALARM",
        StateReason: `DRILL ${drill.id}. ${calm}`,
      }),
    );
    return "returns to its true state by itself";
  });
}

async function alarmsOf(clients: DrillClients, { namePrefix }: Drill, region: string): Promise<MetricAlarm[]> {
  const all: MetricAlarm[] = [];
  let token: string | undefined;
  do {
    // Metric alarms only: a composite one would stay raised.
    const page = await ask("cloudwatch:DescribeAlarms", region, () =>
      clients
        .cloudwatch(region)
        .describeAlarms({ AlarmNamePrefix: `${namePrefix}-`, AlarmTypes: ["MetricAlarm"], NextToken: token }),
    );
    all.push(...(page.MetricAlarms ?? []));
    token = page.NextToken;
  } while (token);
  return all;
}

/** Alarms that tell our topics and do nothing else when they are raised: none that stops an instance, say. */
export function harmless(alarms: MetricAlarm[], topicArns: string[]): MetricAlarm[] {
  return alarms.filter(
    ({ ActionsEnabled, AlarmActions = [] }) =>
      ActionsEnabled !== false && AlarmActions.length > 0 && AlarmActions.every((action) => topicArns.includes(action)),
  );
}

/** The one whose false alarm frightens least, of those that are not raised already. */
export function preferred(alarms: MetricAlarm[], namePrefix: string): MetricAlarm | undefined {
  const rank = ({ AlarmName = "" }: MetricAlarm) => {
    const place = ["drill", "denied-api-calls"].indexOf(AlarmName.slice(namePrefix.length + 1));
    return place === -1 ? 2 : place;
  };
  return alarms
    .filter(({ StateValue }) => StateValue !== "ALARM")
    .sort((a, b) => rank(a) - rank(b) || ((a.AlarmName ?? "") < (b.AlarmName ?? "") ? -1 : 1))[0];
}
