import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { globalRegion } from "../foundation/partition";
import { type BillingAlarmOptions } from "../foundation/settings/model";

export interface BillingAlarmArgs extends BillingAlarmOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Names start with it. */
  namePrefix: string;
  /** Topic that gets the alarms; in us-east-1, because alarms are where the billing metrics are. */
  topicArn: pulumi.Input<string>;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * Tells when the month costs more than planned, in ways that fail differently: alarms on the charges so far, a budget
 * with a forecast, and, if wanted, AWS's anomaly detection. Most accounts have an anomaly monitor from AWS already
 * (`Default-Services-Monitor`), and none may have two: then its ARN must be given.
 *
 * The alarms need "Receive CloudWatch billing alerts" switched on once in the console (Billing preferences); there is
 * no API for it. Until then their state is "insufficient data". Budget and anomalies work without.
 *
 * Source: CloudWatch User Guide, "Create a billing alarm to monitor your estimated AWS charges".
 */
export class BillingAlarm extends pulumi.ComponentResource {
  constructor(name: string, args: BillingAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:BillingAlarm", name, args, opts);
    const child = { parent: this };
    for (const percent of args.alarmPercents) {
      const amount = Math.round(args.monthlyBudget * percent) / 100;
      new aws.cloudwatch.MetricAlarm(
        `${name}-charges-${percent}`,
        {
          region: globalRegion(args.partition),
          name: `${args.namePrefix}-estimated-charges-${amount}`,
          alarmDescription: `This month's charges are above USD ${amount}, ${percent} % of the budget`,
          namespace: "AWS/Billing",
          metricName: "EstimatedCharges",
          dimensions: { Currency: "USD" },
          statistic: "Maximum",
          // AWS publishes the metric about every six hours.
          period: 21600,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanThreshold",
          threshold: amount,
          // Not "not breaching": without data the alarm shall show that billing alerts are off.
          treatMissingData: "missing",
          alarmActions: [args.topicArn],
          tags: args.tags,
        },
        child,
      );
    }
    new aws.budgets.Budget(
      `${name}-budget`,
      {
        name: `${args.namePrefix}-monthly-cost`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.monthlyBudget),
        limitUnit: "USD",
        // Credits and refunds would hide what an intruder spends.
        costTypes: { includeCredit: false, includeRefund: false },
        notifications: [
          ...args.alarmPercents.map((percent) => notification("ACTUAL", percent, args.topicArn)),
          notification("FORECASTED", 100, args.topicArn),
        ],
        tags: args.tags,
      },
      child,
    );
    if (args.costAnomalies) {
      watchAnomalies(name, args, child);
    }
    this.registerOutputs({});
  }
}

function notification(
  notificationType: string,
  threshold: number,
  topicArn: pulumi.Input<string>,
): aws.types.input.budgets.BudgetNotification {
  return {
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberSnsTopicArns: [topicArn],
  };
}

function watchAnomalies(name: string, args: BillingAlarmArgs, child: pulumi.ResourceOptions): void {
  const monitorArn =
    args.anomalyMonitorArn ||
    new aws.costexplorer.AnomalyMonitor(
      `${name}-anomaly-monitor`,
      {
        name: `${args.namePrefix}-services`,
        monitorType: "DIMENSIONAL",
        monitorDimension: "SERVICE",
        tags: args.tags,
      },
      child,
    ).arn;
  new aws.costexplorer.AnomalySubscription(
    `${name}-anomaly-subscription`,
    {
      name: `${args.namePrefix}-cost-anomalies`,
      // The only frequency that goes to a topic; the others are mails.
      frequency: "IMMEDIATE",
      monitorArnLists: [monitorArn],
      subscribers: [{ type: "SNS", address: args.topicArn }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(args.anomalyImpact)],
        },
      },
      tags: args.tags,
    },
    child,
  );
}
