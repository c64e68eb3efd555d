import type { FlowLog, LogDestinationType, TrafficType } from "@aws-sdk/client-ec2";
import type { FlowLogArgs } from "@pulumi/aws/ec2/flowLog";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";
import { retagById } from "./ec2-tags";
import { tagList, tagMap } from "./tags";

export const flowLog = defineResource<FlowLogArgs>({
  type: "aws:ec2/flowLog:FlowLog",
  properties: [
    "region", "vpcId", "trafficType", "logDestinationType", "logDestination", "iamRoleArn", "maxAggregationInterval",
    "tags",
  ], // prettier-ignore
  required: ["vpcId", "logDestination"],
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  replaceOn: [
    "region", "vpcId", "trafficType", "logDestinationType", "logDestination", "iamRoleArn", "maxAggregationInterval",
  ], // prettier-ignore

  async create({ clients, region }, inputs) {
    const isGroup = inputs.logDestinationType !== "s3";
    const { FlowLogIds: [id] = [], Unsuccessful: [failure] = [] } = await clients.ec2(region).createFlowLogs({
      ResourceType: "VPC",
      ResourceIds: [inputs.vpcId ?? ""],
      TrafficType: inputs.trafficType as TrafficType | undefined,
      LogDestinationType: inputs.logDestinationType as LogDestinationType | undefined,
      // The emulator looks for a log group by its name only.
      ...(isGroup ? { LogGroupName: groupOf(inputs.logDestination) } : { LogDestination: inputs.logDestination }),
      DeliverLogsPermissionArn: inputs.iamRoleArn,
      MaxAggregationInterval: inputs.maxAggregationInterval,
      TagSpecifications: inputs.tags && [{ ResourceType: "vpc-flow-log", Tags: tagList(inputs.tags) }],
    });
    if (id === undefined) {
      throw new Error(failure?.Error?.Message ?? "EC2 made no flow log");
    }
    return id;
  },

  async read(context, id, { logDestination }) {
    const found = await find(context, id);
    const { region } = context;
    const account = found?.DeliverLogsPermissionArn?.split(":")[4] ?? "";
    const isSame = found?.LogGroupName !== undefined && found.LogGroupName === groupOf(logDestination);
    return (
      found && {
        region,
        vpcId: found.ResourceId,
        trafficType: found.TrafficType,
        logDestinationType: found.LogDestinationType,
        logDestination: isSame
          ? logDestination
          : (found.LogDestination ?? `arn:aws:logs:${region}:${account}:log-group:${found.LogGroupName}`),
        iamRoleArn: found.DeliverLogsPermissionArn,
        maxAggregationInterval: found.MaxAggregationInterval,
        tags: tagMap(found.Tags),
      }
    );
  },

  async update({ clients, region }, id, news, olds) {
    await retagById(clients.ec2(region), id, olds.tags, news.tags);
  },

  async delete({ clients, region }, id) {
    await unlessGone(clients.ec2(region).deleteFlowLogs({ FlowLogIds: [id] }), GONE);
  },
});

const GONE = "InvalidFlowLogId.NotFound";

/** AWS leaves one that is not there out of the list; the emulator may refuse it. */
async function find({ clients, region }: Context, id: string): Promise<FlowLog | undefined> {
  const lookUp = clients.ec2(region).describeFlowLogs({ FlowLogIds: [id] });
  const { FlowLogs: [found] = [] } = (await unlessGone(lookUp, GONE)) ?? {};
  return found;
}

/** Name of a log group in its ARN. */
function groupOf(arn: string | undefined): string | undefined {
  return arn?.split(":")[6];
}
