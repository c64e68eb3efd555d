import type { MetricFilter, MetricTransformation, StandardUnit } from "@aws-sdk/client-cloudwatch-logs";
import type { LogMetricFilterArgs } from "@pulumi/aws/cloudwatch/logMetricFilter";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

type Inputs = Unwrap<LogMetricFilterArgs>;

export const logMetricFilter = defineResource<LogMetricFilterArgs>({
  type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  properties: ["region", "name", "logGroupName", "pattern", "metricTransformation", "applyOnTransformedLogs"],
  required: ["logGroupName", "pattern", "metricTransformation"],
  nameProperty: "name",
  replaceOn: ["region", "name", "logGroupName"],

  async create(context, inputs) {
    await put(context, inputs);
    return inputs.name ?? "";
  },

  async read(context, id, known) {
    const [logGroupName, filterName] = groupAndFilter(id, known.logGroupName);
    const found = await find(context, logGroupName, filterName);
    return (
      found && {
        region: context.region,
        name: found.filterName,
        logGroupName: found.logGroupName,
        pattern: found.filterPattern,
        applyOnTransformedLogs: found.applyOnTransformedLogs,
        metricTransformation: transformationFromAws(found.metricTransformations?.[0]),
      }
    );
  },

  async update(context, _id, news) {
    await put(context, news);
  },

  async delete({ clients, region }, id, known) {
    const [logGroupName, filterName] = groupAndFilter(id, known.logGroupName);
    await unlessGone(clients.logs(region).deleteMetricFilter({ logGroupName, filterName }), "ResourceNotFound");
  },
});

/** The id is the filter's name; that of an import has the group's before it. Neither name has a colon. */
function groupAndFilter(id: string, known = ""): [string, string] {
  const [name = "", group = known] = id.split(":").reverse();
  return [group, name];
}

async function find({ clients, region }: Context, group: string, name: string): Promise<MetricFilter | undefined> {
  let nextToken: string | undefined;
  do {
    const lookUp = clients
      .logs(region)
      .describeMetricFilters({ logGroupName: group, filterNamePrefix: name, nextToken });
    const page = await unlessGone(lookUp, "ResourceNotFound");
    const found = page?.metricFilters?.find(({ filterName }) => filterName === name);
    if (found !== undefined) {
      return found;
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}

async function put({ clients, region }: Context, inputs: Inputs): Promise<void> {
  const { name, namespace, value, unit, defaultValue, dimensions } = inputs.metricTransformation;
  await clients.logs(region).putMetricFilter({
    filterName: inputs.name,
    logGroupName: inputs.logGroupName,
    filterPattern: inputs.pattern.trim(),
    applyOnTransformedLogs: inputs.applyOnTransformedLogs,
    metricTransformations: [
      {
        metricName: name,
        metricNamespace: namespace,
        metricValue: value,
        unit: (unit ?? "None") as StandardUnit,
        // A number in a text, which an empty one leaves out: 0 is not the same as none.
        defaultValue: defaultValue ? Number(defaultValue) : undefined,
        dimensions,
      },
    ],
  });
}

function transformationFromAws(found: MetricTransformation | undefined): Inputs["metricTransformation"] {
  return {
    name: found?.metricName ?? "",
    namespace: found?.metricNamespace ?? "",
    value: found?.metricValue ?? "",
    unit: found?.unit,
    defaultValue: found?.defaultValue?.toString(),
    dimensions: found?.dimensions,
  };
}
