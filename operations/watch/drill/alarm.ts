import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { ask } from "../../../aws/ask";
import { pages } from "../../../aws/attempt";
import { attempt } from "./attempt";
import { type AwsClients } from "../../../aws/clients";
import { DrillPath, type PathReport } from "./report";
import { calm, type Drill } from "./send";

/** The alarm to set off in a region. */
export interface AlarmPlan {
  region: string;
  /** Absent where no alarm notifies the topics, or none can. */
  chosen?: MetricAlarm;
  /** True where all of them are raised, and not by a drill. */
  allRaised: boolean;
  /** Why they could not be looked at. */
  problem?: Error;
}

/** Chooses an alarm of a region whose alarms notify the topics. */
export async function chooseAlarm(
  clients: AwsClients,
  namePrefix: string,
  region: string,
  topicArns: string[],
): Promise<AlarmPlan> {
  try {
    const safe = harmless(await alarmsOf(clients, namePrefix, region), topicArns);
    const chosen = preferred(safe, namePrefix);
    return { region, ...(chosen && { chosen }), allRaised: safe.length > 0 && chosen === undefined };
  } catch (error) {
    return { region, allRaised: false, problem: error as Error };
  }
}

/**
 * Sets the alarm off. A metric alarm goes back to its true state at the next evaluation, by itself; until then one that an
 * earlier drill has raised is set back, because only a change of state notifies. Source: CloudWatch API, SetAlarmState.
 *
 * @returns undefined where there is none to set off
 */
export async function setOffAlarm(
  clients: AwsClients,
  drill: Drill,
  { region, chosen, problem }: AlarmPlan,
): Promise<PathReport | undefined> {
  if (problem !== undefined) {
    return attempt(DrillPath.alarm, region, "(any alarm)", () => Promise.reject(problem));
  }
  if (chosen === undefined) {
    return undefined;
  }
  const cloudwatch = clients.cloudwatch(region);
  return attempt(DrillPath.alarm, region, chosen.AlarmName ?? "", async () => {
    for (const StateValue of chosen.StateValue === "ALARM" ? (["OK", "ALARM"] as const) : (["ALARM"] as const)) {
      await ask("cloudwatch:SetAlarmState", region, () =>
        cloudwatch.setAlarmState({
          AlarmName: chosen.AlarmName,
          StateValue,
          StateReason: `${reasonStart}${drill.id}. ${calm}`,
        }),
      );
    }
    return "returns to its true state by itself";
  });
}

/** How the reason of a state begins that a drill has set. */
const reasonStart = "DRILL ";

async function alarmsOf(clients: AwsClients, namePrefix: string, region: string): Promise<MetricAlarm[]> {
  return pages(async (NextToken) => {
    // Metric alarms only: a composite one would stay raised.
    const page = await ask("cloudwatch:DescribeAlarms", region, () =>
      clients
        .cloudwatch(region)
        .describeAlarms({ AlarmNamePrefix: `${namePrefix}-`, AlarmTypes: ["MetricAlarm"], NextToken }),
    );
    return { items: page.MetricAlarms, next: page.NextToken };
  });
}

/** Alarms that tell our topics and do nothing else when they are raised, or set back: none that stops an instance, say. */
export function harmless(alarms: MetricAlarm[], topicArns: string[]): MetricAlarm[] {
  return alarms.filter(
    ({ ActionsEnabled, AlarmActions = [], OKActions = [] }) =>
      ActionsEnabled !== false &&
      AlarmActions.length > 0 &&
      [...AlarmActions, ...OKActions].every((action) => topicArns.includes(action)),
  );
}

/** The one whose false alarm frightens least, of those that are not raised, or by a drill only. */
export function preferred(alarms: MetricAlarm[], namePrefix: string): MetricAlarm | undefined {
  const rank = ({ AlarmName = "" }: MetricAlarm) => {
    const place = ["drill", "denied-api-calls"].indexOf(AlarmName.slice(namePrefix.length + 1));
    return place === -1 ? 2 : place;
  };
  return alarms
    .filter(({ StateValue, StateReason }) => StateValue !== "ALARM" || StateReason?.startsWith(reasonStart))
    .sort((a, b) => rank(a) - rank(b) || ((a.AlarmName ?? "") < (b.AlarmName ?? "") ? -1 : 1))[0];
}
