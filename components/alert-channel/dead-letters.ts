import { denyInsecureTransport, policyDocument, type PolicyStatement } from "../foundation/policy-document";

/**
 * Policy of a dead-letter queue: rules leave events there.
 *
 * Source: EventBridge User Guide, "Using dead-letter queues to process undelivered events".
 *
 * @param from which rules
 */
export function deadLettersFrom(queueArn: string, from: PolicyStatement["Condition"]): string {
  return policyDocument([
    {
      Sid: "RulesLeaveWhatCouldNotBeDelivered",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      ...(from && { Condition: from }),
    },
    denyInsecureTransport("sqs:*", [queueArn]),
  ]);
}

/** Metric of an alarm on what waits in a queue. */
export function waitingIn(queue: string) {
  return {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queue },
    statistic: "Maximum",
  };
}

/** When an alarm is raised by the first occurrence, within a minute. */
export const byTheFirst = {
  period: 60,
  evaluationPeriods: 1,
  threshold: 1,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
};
