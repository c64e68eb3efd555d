import type { ComparisonOperator, PutMetricAlarmInput, StandardUnit, Statistic } from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { nameOf } from "./names";
import { retag, tagList, tagMap } from "./tags";

type Inputs = Unwrap<MetricAlarmArgs>;

/** An alarm on one metric; those on expressions (`metricQueries`, PromQL) are not implemented. */
export const metricAlarm = defineResource<MetricAlarmArgs>({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  properties: [
    "region", "name", "alarmDescription", "comparisonOperator", "evaluationPeriods", "datapointsToAlarm", "metricName",
    "namespace", "dimensions", "period", "statistic", "extendedStatistic", "threshold", "unit", "treatMissingData",
    "evaluateLowSampleCountPercentiles", "actionsEnabled", "alarmActions", "okActions", "insufficientDataActions",
    "tags",
  ], // prettier-ignore
  nameProperty: "name",
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  noneByDefault: ["alarmActions", "okActions", "insufficientDataActions", "dimensions", "unit", "datapointsToAlarm"],
  replaceOn: ["region", "name"],

  async create({ clients, region }, inputs) {
    await clients.cloudwatch(region).putMetricAlarm({ ...settings(inputs), Tags: tagList(inputs.tags) });
    return inputs.name ?? "";
  },

  async read({ clients, region }, name) {
    const cloudwatch = clients.cloudwatch(region);
    const { MetricAlarms: [found] = [] } = await cloudwatch.describeAlarms({
      AlarmNames: [name],
      AlarmTypes: ["MetricAlarm"],
    });
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await cloudwatch.listTagsForResource({ ResourceARN: found.AlarmArn });
    return {
      region,
      arn: found.AlarmArn,
      name: found.AlarmName,
      alarmDescription: found.AlarmDescription,
      comparisonOperator: found.ComparisonOperator,
      evaluationPeriods: found.EvaluationPeriods,
      datapointsToAlarm: found.DatapointsToAlarm,
      metricName: found.MetricName,
      namespace: found.Namespace,
      dimensions: Object.fromEntries((found.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value])),
      period: found.Period,
      statistic: found.Statistic,
      extendedStatistic: found.ExtendedStatistic,
      threshold: found.Threshold,
      unit: found.Unit,
      treatMissingData: found.TreatMissingData ?? "missing",
      evaluateLowSampleCountPercentiles: found.EvaluateLowSampleCountPercentile,
      actionsEnabled: found.ActionsEnabled,
      alarmActions: found.AlarmActions,
      okActions: found.OKActions,
      insufficientDataActions: found.InsufficientDataActions,
      tags: tagMap(Tags),
    };
  },

  async update({ clients, region }, _name, news, olds) {
    const cloudwatch = clients.cloudwatch(region);
    await cloudwatch.putMetricAlarm(settings(news));
    const ResourceARN = String(olds["arn"]);
    await retag(
      olds.tags,
      news.tags,
      (Tags) => cloudwatch.tagResource({ ResourceARN, Tags }),
      (TagKeys) => cloudwatch.untagResource({ ResourceARN, TagKeys }),
    );
  },

  async delete({ clients, region }, name) {
    await unlessGone(clients.cloudwatch(region).deleteAlarms({ AlarmNames: [name] }), "ResourceNotFound");
  },
});

/** PutMetricAlarm replaces everything but tags, which it sets on a new alarm only. */
function settings(inputs: Inputs): PutMetricAlarmInput {
  return {
    AlarmName: inputs.name,
    AlarmDescription: inputs.alarmDescription,
    ComparisonOperator: inputs.comparisonOperator as ComparisonOperator | undefined,
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    MetricName: inputs.metricName,
    Namespace: inputs.namespace,
    Dimensions: Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    Period: inputs.period,
    Statistic: inputs.statistic as Statistic | undefined,
    ExtendedStatistic: inputs.extendedStatistic,
    Threshold: inputs.threshold,
    Unit: inputs.unit as StandardUnit | undefined,
    TreatMissingData: inputs.treatMissingData,
    EvaluateLowSampleCountPercentile: inputs.evaluateLowSampleCountPercentiles,
    ActionsEnabled: inputs.actionsEnabled,
    AlarmActions: inputs.alarmActions?.map(nameOf),
    OKActions: inputs.okActions?.map(nameOf),
    InsufficientDataActions: inputs.insufficientDataActions?.map(nameOf),
  };
}
