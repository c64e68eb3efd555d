import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type LeakNames } from "./leak-names";

/** Alarms on the response itself: a message that did not go out must not be missed in silence. */
export function watchResponse(
  name: string,
  args: {
    region: string;
    names: LeakNames;
    topicArn: pulumi.Input<string>;
    tags: pulumi.Input<Record<string, string>>;
  },
  parent: pulumi.Resource,
): void {
  const { region, names, topicArn, tags } = args;
  const executions = { namespace: "AWS/States", dimensions: { StateMachineArn: names.machineArn }, statistic: "Sum" };
  const letters = { namespace: "AWS/SQS", dimensions: { QueueName: names.deadLetters }, statistic: "Maximum" };
  const inVain = "An answer to a leaked access key failed. Look first: the execution's history in Step Functions.";
  const watched = {
    failed: { ...executions, metricName: "ExecutionsFailed", alarmDescription: inVain },
    "timed-out": { ...executions, metricName: "ExecutionsTimedOut", alarmDescription: inVain },
    undelivered: {
      ...letters,
      metricName: "ApproximateNumberOfMessagesVisible",
      alarmDescription: `A leaked access key was not answered. Look first: the events in the queue ${names.deadLetters}.`,
    },
  };
  for (const [id, metric] of Object.entries(watched)) {
    new aws.cloudwatch.MetricAlarm(
      `${name}-${id}-alarm`,
      {
        region,
        name: `${names.machine}-${id}`,
        ...metric,
        period: 60,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        tags,
      },
      { parent },
    );
  }
}
