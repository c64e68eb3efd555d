import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { pages } from "../../../aws/attempt";
import { type VerifyScope } from "./verifier";

/** Every metric alarm of a region whose name begins like the baseline's. */
export function alarmsIn({ aws, namePrefix }: VerifyScope, region: string): Promise<MetricAlarm[]> {
  return pages(async (NextToken) => {
    const page = await aws.cloudwatch(region).describeAlarms({ AlarmNamePrefix: `${namePrefix}-`, NextToken });
    return { items: page.MetricAlarms, next: page.NextToken };
  });
}

/** Does it publish to the alert topic of its region? */
export function tellsTopic({ accountId, namePrefix }: VerifyScope, region: string, alarm: MetricAlarm): boolean {
  const topic = `:sns:${region}:${accountId}:${namePrefix}-alerts`;
  return alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).some((action) => action.endsWith(topic));
}
