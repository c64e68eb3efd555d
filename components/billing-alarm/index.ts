import { alertChannel } from "../alert-channel";
import { control, ControlScope } from "../foundation/control";
import { gone, touched } from "../foundation/drift";
import { globalRegion } from "../foundation/partition";
import { placementOf } from "../foundation/placement";
import { BillingAlarm } from "./billing-alarm";
import { billingAlarmSettings } from "./settings";

export const billingAlarm = control({
  id: "BillingAlarm",
  title:
    'Unusual cost reaches a person; the alarms once "Receive CloudWatch billing alerts" is on in the console, the budget at once',
  scope: ControlScope.account,
  stops: "Mining with a stolen key, seen weeks later on the invoice.",
  answers: [],
  cost: "a dime per alarm; the budget and anomaly detection are free",
  settings: billingAlarmSettings,
  alertRegions: ({ partition }) => (isBilled(partition) ? { alarms: [globalRegion(partition)] } : {}),
  place: ({ settings, ...at }) => {
    if (isBilled(at.partition)) {
      const topicArn = at.placed(alertChannel)!.topicIn(globalRegion(at.partition));
      new BillingAlarm(at.name, { ...placementOf(at), ...settings.billingAlarm, topicArn }, at.child);
    }
  },
  drift: [
    gone("MetricAlarm", "medium", "nobody hears what the account spends"),
    touched("Budget", "medium", "nobody hears what the account spends"),
  ],
});

/** GovCloud accounts are billed through their twin in the `aws` partition; China has neither metric nor anomalies. */
function isBilled(partition: string): boolean {
  return partition === "aws";
}
