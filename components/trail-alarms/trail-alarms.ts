import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { type Placement } from "../foundation/placement";
import { type TrailAlarmsOptions } from "../foundation/settings/model";
import { type TrailAlarmId, trailAlarmIds } from "./trail-alarm-ids";
import { maximumPatternLength, trailAlarmPatterns } from "./trail-alarm-patterns";
import { alarmDescription, trailAlarmTexts } from "./trail-alarm-texts";

/** `region` is the trail's home region: log group, metrics, alarms and topic are there. */
export interface TrailAlarmsArgs extends Placement, TrailAlarmsOptions {
  /** The log group the trail of all regions writes to. */
  logGroupName: pulumi.Input<string>;
  /** ARN of the topic that alarms are published to. */
  topicArn: pulumi.Input<string>;
}

/** Metric filters on the trail's log group, and an alarm on each of them. */
export class TrailAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: TrailAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:TrailAlarms", name, args, opts);
    const child = { parent: this };
    const { region, tags } = args;
    const patterns = checkedPatterns(args);

    for (const id of trailAlarmIds) {
      const text = trailAlarmTexts[id];
      const physicalName = `${args.namePrefix}-${id}`;
      const metric = { name: text.metric, namespace: "LogMetrics" };
      const filter = new aws.cloudwatch.LogMetricFilter(
        `${name}-${id}-filter`,
        {
          region,
          name: physicalName,
          logGroupName: args.logGroupName,
          pattern: patterns[id],
          metricTransformation: { ...metric, value: "1", defaultValue: "0" },
        },
        child,
      );
      new aws.cloudwatch.MetricAlarm(
        `${name}-${id}-alarm`,
        {
          region,
          name: physicalName,
          alarmDescription: alarmDescription(text),
          metricName: metric.name,
          namespace: metric.namespace,
          statistic: "Sum",
          ...sensitivity(id, args),
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          // No call at all, and so no data, is the good case.
          treatMissingData: "notBreaching",
          // Named even where it is quiet: benchmarks ask for an alarm with an action.
          alarmActions: [args.topicArn],
          actionsEnabled: !args.quiet.includes(id),
          tags,
        },
        { ...child, dependsOn: filter },
      );
    }
    this.registerOutputs({});
  }
}

/** How many matching calls in how many seconds raise the alarm. */
function sensitivity(id: TrailAlarmId, args: TrailAlarmsOptions): { threshold: number; period: number } {
  return id === "denied-api-calls"
    ? { threshold: args.deniedCallsThreshold, period: args.deniedCallsMinutes * 60 }
    : { threshold: 1, period: 300 };
}

function checkedPatterns(args: TrailAlarmsOptions): Record<TrailAlarmId, string> {
  const known: readonly string[] = trailAlarmIds;
  const unknown = args.quiet.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new BaselineError(
      "invalid-settings",
      `trailAlarms.quiet names alarms that do not exist: ${unknown.join(", ")}.`,
      `There are ${trailAlarmIds.join(", ")}.`,
      ExitCode.badInput,
    );
  }
  const patterns = trailAlarmPatterns(args);
  const { length } = patterns["denied-api-calls"];
  if (length > maximumPatternLength) {
    throw new BaselineError(
      "invalid-settings",
      `trailAlarms.ignoredEvents and trailAlarms.ignoredSources make a filter of ${length} characters.`,
      `CloudWatch Logs takes ${maximumPatternLength}; shorten the lists.`,
      ExitCode.badInput,
    );
  }
  return patterns;
}
