import assert from "node:assert/strict";
import { BillingAlarm, type BillingAlarmArgs } from "../../components/billing-alarm/billing-alarm";
import { billingAlarm } from "../../components/billing-alarm";
import { type Registration } from "../../engine/in-process/registration";
import { declared, place } from "../support/declared";
import { ofType, only } from "../support/graph";

const topicArn = "arn:aws:sns:us-east-1:123456789012:baseline-alerts";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const budgetType = "aws:budgets/budget:Budget";
const monitorType = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";
const subscriptionType = "aws:costexplorer/anomalySubscription:AnomalySubscription";

const billing =
  (args: Partial<BillingAlarmArgs> = {}) =>
  () => {
    const money = { monthlyBudget: 150, alarmPercents: [50, 100, 200], anomalyImpact: 20 };
    const how = { costAnomalies: true, anomalyMonitorArn: "" };
    return new BillingAlarm("billing", { ...place, topicArn, ...money, ...how, ...args });
  };

interface Notification {
  notificationType: string;
  threshold: number;
  subscriberSnsTopicArns: string[];
}

describe("BillingAlarm", () => {
  let all: Registration[];
  before(async () => (all = await declared(billing())));

  it("raises an alarm at each share of the budget, where the billing metrics are", () => {
    const alarms = ofType(all, alarmType).map(({ inputs }) => inputs);
    assert.deepEqual(
      alarms.map(({ name, threshold }) => [name, threshold]),
      [
        ["baseline-estimated-charges-75", 75],
        ["baseline-estimated-charges-150", 150],
        ["baseline-estimated-charges-300", 300],
      ],
    );
    for (const { region, namespace, metricName, dimensions, statistic, period, alarmActions } of alarms) {
      assert.deepEqual([region, namespace, metricName], ["us-east-1", "AWS/Billing", "EstimatedCharges"]);
      assert.deepEqual([dimensions, statistic, period], [{ Currency: "USD" }, "Maximum", 21600]);
      assert.deepEqual(alarmActions, [topicArn]);
    }
  });

  it("counts in cents, and no finer", async () => {
    const some = await declared(billing({ monthlyBudget: 0.333, alarmPercents: [10] }));
    assert.equal(only(some, alarmType).inputs["threshold"], 0.03);
  });

  it("has a budget that tells of each share, and of the forecast, on the topic", () => {
    const { inputs } = only(all, budgetType);
    const { budgetType: kind, timeUnit, limitAmount, limitUnit } = inputs;
    assert.deepEqual([kind, timeUnit, limitAmount, limitUnit], ["COST", "MONTHLY", "150", "USD"]);
    const told = inputs["notifications"] as Notification[];
    assert.deepEqual(
      told.map(({ notificationType, threshold }) => [notificationType, threshold]),
      [
        ["ACTUAL", 50],
        ["ACTUAL", 100],
        ["ACTUAL", 200],
        ["FORECASTED", 100],
      ],
    );
    assert.ok(told.every(({ subscriberSnsTopicArns: topics }) => topics.join() === topicArn));
  });

  it("does not let credits hide what is spent", () => {
    assert.deepEqual(only(all, budgetType).inputs["costTypes"], { includeCredit: false, includeRefund: false });
  });

  it("watches every service for anomalies, and tells at once of those that matter", () => {
    const monitor = only(all, monitorType).inputs;
    assert.deepEqual([monitor["monitorType"], monitor["monitorDimension"]], ["DIMENSIONAL", "SERVICE"]);
    const { frequency, subscribers, thresholdExpression } = only(all, subscriptionType).inputs;
    assert.equal(frequency, "IMMEDIATE");
    assert.deepEqual(subscribers, [{ type: "SNS", address: topicArn }]);
    assert.deepEqual(thresholdExpression, {
      dimension: {
        key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        matchOptions: ["GREATER_THAN_OR_EQUAL"],
        values: ["20"],
      },
    });
  });

  it("subscribes to the monitor there is, since AWS allows one", async () => {
    const anomalyMonitorArn = "arn:aws:ce::123456789012:anomalymonitor/1";
    const some = await declared(billing({ anomalyMonitorArn }));
    assert.deepEqual(ofType(some, monitorType), []);
    assert.deepEqual(only(some, subscriptionType).inputs["monitorArnLists"], [anomalyMonitorArn]);
  });

  it("costAnomalies: false leaves alarms and budget as they are", async () => {
    const some = await declared(billing({ costAnomalies: false }));
    assert.deepEqual([...ofType(some, monitorType), ...ofType(some, subscriptionType)], []);
    assert.equal(ofType(some, alarmType).length + ofType(some, budgetType).length, 4);
  });

  it("says what the console has to be told once", () => {
    assert.match(billingAlarm.title, /Receive CloudWatch billing alerts/);
  });
});
