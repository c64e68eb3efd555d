import { type Notification } from "@aws-sdk/client-budgets";
import { unlessGone } from "../../aws/errors";
import { alarmsIn, tellsTopic } from "../foundation/verify/alarms";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Where AWS keeps the metric of what an account will be charged. */
const BILLING_REGION = "us-east-1";

/** Does anybody hear of it when the account spends more than it should? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  return [
    await charges(scope),
    await budget(scope),
    { holds: true, neutral: true, says: "cost anomalies, if switched on: the emulator has no API for them" },
  ];
}

async function charges(scope: VerifyScope): Promise<Evidence> {
  const region = BILLING_REGION;
  const alarms = (await alarmsIn(scope, region)).filter(
    ({ Namespace, MetricName }) => Namespace === "AWS/Billing" && MetricName === "EstimatedCharges",
  );
  const deaf = alarms.filter((alarm) => !tellsTopic(scope, region, alarm));
  const amounts = alarms.map(({ Threshold = 0 }) => Threshold).sort((a, b) => a - b);
  return {
    holds: alarms.length > 0 && deaf.length === 0,
    region,
    says: [
      alarms.length > 0 ? `alarms when charges reach ${amounts.join(", ")} USD` : "no alarm on estimated charges",
      ...(deaf.length > 0 ? [`the alert topic is not told by ${deaf.map((each) => each.AlarmName).join(", ")}`] : []),
    ].join("; "),
  };
}

async function budget({ aws, accountId, namePrefix }: VerifyScope): Promise<Evidence> {
  const which = { AccountId: accountId, BudgetName: `${namePrefix}-monthly-cost` };
  const budgets = aws.budgets();
  const found = (await unlessGone(budgets.describeBudget(which), "NotFound"))?.Budget;
  if (found === undefined) {
    return { holds: false, says: `there is no budget ${which.BudgetName}` };
  }
  const { Notifications: notifications = [] } = await budgets.describeNotificationsForBudget(which);
  const told = await Promise.all(
    notifications.map(async (each) => {
      const { Subscribers = [] } = await budgets.describeSubscribersForNotification({ ...which, Notification: each });
      return Subscribers.length > 0;
    }),
  );
  const limit = `${found.BudgetLimit?.Amount ?? "?"} ${found.BudgetLimit?.Unit ?? ""}`;
  return {
    holds: notifications.length > 0 && told.every(Boolean),
    says: `budget ${which.BudgetName} of ${limit} warns at ${notifications.map(warning).join(", ") || "nothing"}`,
  };
}

function warning({ Threshold, ThresholdType, NotificationType }: Notification): string {
  const unit = ThresholdType === "ABSOLUTE_VALUE" ? " USD" : "%";
  return `${Threshold}${unit} ${NotificationType === "FORECASTED" ? "forecast" : "spent"}`;
}
