import { type Case, text } from "./case";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";

export const billingCases: Case[] = [
  {
    type: "aws:budgets/budget:Budget",
    inputs: () => ({
      name: "monthly-cost",
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "100",
      limitUnit: "USD",
      costTypes: { includeCredit: false, includeRefund: false },
      notifications: [
        {
          comparisonOperator: "GREATER_THAN",
          notificationType: "ACTUAL",
          threshold: 80,
          thresholdType: "PERCENTAGE",
          subscriberSnsTopicArns: [TOPIC],
        },
        {
          comparisonOperator: "GREATER_THAN",
          notificationType: "FORECASTED",
          threshold: 100,
          thresholdType: "PERCENTAGE",
          subscriberEmailAddresses: ["a@example.com", "b@example.com"],
        },
      ],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["costTypes.includeCredit", "limitAmount", "notifications[1]", "tags.b"],
      change: async (clients, { id, outs }) => {
        const [AccountId = "", BudgetName = ""] = id.split(":");
        const budgets = clients.budgets();
        const { Budget } = await budgets.describeBudget({ AccountId, BudgetName });
        await budgets.updateBudget({
          AccountId,
          NewBudget: {
            BudgetName,
            BudgetType: "COST",
            TimeUnit: "MONTHLY",
            BudgetLimit: { Amount: "1000000", Unit: "USD" },
            CostTypes: { ...Budget?.CostTypes, IncludeCredit: true },
          },
        });
        const forecast = {
          NotificationType: "FORECASTED",
          ComparisonOperator: "GREATER_THAN",
          Threshold: 100,
        } as const;
        await budgets.deleteNotification({ AccountId, BudgetName, Notification: forecast });
        await budgets.tagResource({ ResourceARN: text(outs["arn"]), ResourceTags: [{ Key: "b", Value: "2" }] });
      },
    },
    update: (inputs) => ({
      ...inputs,
      limitAmount: "250.5",
      timeUnit: "QUARTERLY",
      notifications: [
        {
          comparisonOperator: "GREATER_THAN",
          notificationType: "ACTUAL",
          threshold: 200,
          thresholdType: "ABSOLUTE_VALUE",
          subscriberSnsTopicArns: [TOPIC],
        },
      ],
      tags: { c: "3" },
    }),
  },
  {
    type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    inputs: () => ({ name: "services", monitorType: "DIMENSIONAL", monitorDimension: "SERVICE", tags: { a: "1" } }),
    update: (inputs) => ({ ...inputs, name: "all", tags: { b: "2" } }),
    stays: true,
  },
  {
    type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
    before: async (make) => ({
      monitor: (
        await make("aws:costexplorer/anomalyMonitor:AnomalyMonitor", {
          name: "services",
          monitorType: "DIMENSIONAL",
          monitorDimension: "SERVICE",
        })
      ).outs["arn"],
    }),
    inputs: ({ monitor }) => ({
      name: "anomalies",
      frequency: "IMMEDIATE",
      monitorArnLists: [monitor],
      subscribers: [{ type: "SNS", address: TOPIC }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: ["10"],
        },
      },
    }),
    update: (inputs) => ({ ...inputs, frequency: "DAILY" }),
    stays: true,
  },
];
