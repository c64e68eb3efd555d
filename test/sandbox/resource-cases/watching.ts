import { type Case, REGION, text } from "./case";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:alerts";

/** Filters on the trail's log group, and alarms on metrics. */
export const watchingCases: Case[] = [
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    before: async (make) => ({
      group: (await make("aws:cloudwatch/logGroup:LogGroup", { region: REGION, name: "/trail" })).id,
    }),
    inputs: ({ group }) => ({
      region: REGION,
      name: "root-usage",
      logGroupName: group,
      pattern: '{ $.userIdentity.type = "Root" }',
      metricTransformation: { name: "RootUsage", namespace: "LogMetrics", value: "1", defaultValue: "0" },
    }),
    drift: {
      paths: ["pattern", "metricTransformation.name", "metricTransformation.defaultValue"],
      change: (clients, { id }, { group }) =>
        clients.logs(REGION).putMetricFilter({
          filterName: id,
          logGroupName: text(group),
          filterPattern: "nothing",
          metricTransformations: [{ metricName: "Nothing", metricNamespace: "LogMetrics", metricValue: "1" }],
        }),
    },
    update: (inputs) => ({
      ...inputs,
      metricTransformation: {
        name: "Root",
        namespace: "LogMetrics",
        value: "1",
        unit: "Count",
        dimensions: { User: "$.userIdentity.userName" },
      },
    }),
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: () => ({
      region: REGION,
      name: "charges",
      alarmDescription: "d",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 2,
      datapointsToAlarm: 1,
      metricName: "EstimatedCharges",
      namespace: "AWS/Billing",
      dimensions: { Currency: "USD" },
      period: 21600,
      statistic: "Maximum",
      threshold: 99.5,
      unit: "None",
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      insufficientDataActions: [TOPIC],
      tags: { a: "1" },
    }),
    drift: {
      paths: [
        "actionsEnabled",
        "alarmActions",
        "alarmDescription",
        "datapointsToAlarm",
        "dimensions.ServiceName",
        "insufficientDataActions",
        "okActions",
        "tags.b",
        "threshold",
        "treatMissingData",
        "unit",
      ],
      change: async (clients, { outs }) => {
        const cloudwatch = clients.cloudwatch(REGION);
        await cloudwatch.putMetricAlarm({
          AlarmName: "charges",
          ComparisonOperator: "GreaterThanOrEqualToThreshold",
          EvaluationPeriods: 2,
          MetricName: "EstimatedCharges",
          Namespace: "AWS/Billing",
          Dimensions: [
            { Name: "Currency", Value: "USD" },
            { Name: "ServiceName", Value: "AmazonS3" },
          ],
          Period: 21600,
          Statistic: "Maximum",
          Threshold: 1e6,
        });
        await cloudwatch.disableAlarmActions({ AlarmNames: ["charges"] });
        await cloudwatch.tagResource({ ResourceARN: text(outs["arn"]), Tags: [{ Key: "b", Value: "2" }] });
      },
    },
    update: (inputs) => ({ ...inputs, threshold: 10, okActions: [], dimensions: {}, tags: { b: "2" } }),
  },
];
