import * as aws from "@pulumi/aws";
import { byTheFirst, waitingIn } from "../alert-channel/dead-letters";
import type * as pulumi from "@pulumi/pulumi";
import { type LeakNames } from "./leak-names";

/** Alarms on the response of a region: a message that did not go out must not be missed. The queue is in the home region. */
export function watchResponse(
  name: string,
  args: {
    region: string;
    names: LeakNames;
    /** Absent where the region has no topic: the alarm's change of state is then forwarded home as an event. */
    topicArn?: pulumi.Input<string>;
    tags: pulumi.Input<Record<string, string>>;
  },
  parent: pulumi.Resource,
): void {
  const { region, names, topicArn, tags } = args;
  const executions = {
    namespace: "AWS/States",
    dimensions: { StateMachineArn: names.machineArnIn(region) },
    statistic: "Sum",
  };
  const failure = "An answer to a leaked access key failed. Look first: the execution's history in Step Functions.";
  const watched = {
    failed: { ...executions, metricName: "ExecutionsFailed", alarmDescription: failure },
    "timed-out": { ...executions, metricName: "ExecutionsTimedOut", alarmDescription: failure },
    ...(region === names.region && {
      undelivered: {
        ...waitingIn(names.deadLetters),
        alarmDescription: `A leaked access key was not answered. Look first: the events in the queue ${names.deadLetters}.`,
      },
    }),
  };
  for (const [id, metric] of Object.entries(watched)) {
    new aws.cloudwatch.MetricAlarm(
      region === names.region ? `${name}-${id}-alarm` : `${name}-${id}-alarm-${region}`,
      {
        region,
        name: `${names.machine}-${id}`,
        ...metric,
        ...byTheFirst,
        alarmActions: topicArn === undefined ? [] : [topicArn],
        tags,
      },
      { parent },
    );
  }
}
