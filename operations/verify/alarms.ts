import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { type VerifyScope } from "./verify";

/** Every metric alarm of a region whose name begins like the baseline's. */
export async function alarmsIn({ aws, namePrefix }: VerifyScope, region: string): Promise<MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  let next: string | undefined;
  do {
    const page = await aws.cloudwatch(region).describeAlarms({ AlarmNamePrefix: `${namePrefix}-`, NextToken: next });
    alarms.push(...(page.MetricAlarms ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return alarms;
}

/** Does it publish to the alert topic of its region? */
export function tellsTopic({ accountId, namePrefix }: VerifyScope, region: string, alarm: MetricAlarm): boolean {
  const topic = `:sns:${region}:${accountId}:${namePrefix}-alerts`;
  return alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).some((action) => action.endsWith(topic));
}
