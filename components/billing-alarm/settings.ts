import * as v from "valibot";
import { listOf, nonNegative, text, wholeNumber } from "../foundation/settings/checks";
import { controlSettings, disabled, enabled, group, setting } from "../foundation/settings/setting";

export const billingAlarmSettings = controlSettings(
  "billingAlarm",
  "Alarms on charges, a budget with a forecast, and cost anomalies.",
  group({
    enabled: enabled(),
    monthlyBudget: setting(
      v.pipe(nonNegative(100_000_000), v.minValue(1, "an amount of US dollars, 1 or more")),
      100,
      "US dollars a month: what the account normally costs.",
    ),
    alarmPercents: setting(
      // A budget takes ten notifications, and one of them is for the forecast.
      listOf(wholeNumber(1, 1000), "a list of percentages", { atMost: 9 }),
      [50, 100, 200],
      "Shares of the budget, in percent, at which to raise an alarm.",
    ),
    // Off: AWS makes the one monitor of services an account may have when Cost Explorer is first used, and with the
    // ARN of that one unknown, making ours fails ("Limit exceeded on dimensional spend monitor creation").
    costAnomalies: disabled(
      "Watch for unusual cost of any AWS service as well. Off, because AWS allows one monitor of this kind and has made it " +
        "itself in most accounts; look with aws ce get-anomaly-monitors, and give its ARN when switching on.",
    ),
    anomalyImpact: setting(
      v.pipe(nonNegative(1_000_000), v.minValue(0.01, "an amount of US dollars above 0")),
      20,
      "US dollars that an anomaly must come to for an alert.",
    ),
    anomalyMonitorArn: setting(
      v.pipe(
        text(256),
        v.regex(/^$|^arn:[\w-]+:ce::\d{12}:anomalymonitor\/[\w-]+$/, "the ARN of a cost anomaly monitor, or empty"),
      ),
      "",
      "ARN of the account's monitor for AWS services where there is one; empty to make one.",
    ),
  }),
);
