import type { LogGroup, LogGroupClass } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/logGroup";
import { unlessGone } from "../../../aws/errors";
import type { Context } from "../resource-handler";
import { defineResource } from "../resource-handler";
import { retag } from "./tags";

export const logGroup = defineResource<LogGroupArgs>({
  type: "aws:cloudwatch/logGroup:LogGroup",
  properties: ["region", "name", "retentionInDays", "kmsKeyId", "logGroupClass", "tags"],
  nameProperty: "name",
  noneByDefault: ["retentionInDays", "kmsKeyId"],
  replaceOn: ["region", "name", "namePrefix", "logGroupClass"],
  steering: ["namePrefix", "skipDestroy", "deletionProtectionEnabled"],

  async create({ clients, region }, inputs) {
    const logGroupName = inputs.name ?? "";
    await clients.logs(region).createLogGroup({
      logGroupName,
      kmsKeyId: inputs.kmsKeyId,
      logGroupClass: inputs.logGroupClass as LogGroupClass | undefined,
      tags: inputs.tags,
    });
    return logGroupName;
  },

  async complete({ clients, region }, logGroupName, { retentionInDays }) {
    if (retentionInDays) {
      await clients.logs(region).putRetentionPolicy({ logGroupName, retentionInDays });
    }
  },

  async read(context, name) {
    const found = await find(context, name);
    if (found === undefined) {
      return undefined;
    }
    // CloudWatch Logs ends an ARN with `:*`, which @pulumi/aws takes off.
    const arn = (found.logGroupArn ?? found.arn ?? "").replace(/:\*$/, "");
    const { tags } = await context.clients.logs(context.region).listTagsForResource({ resourceArn: arn });
    return {
      region: context.region,
      name,
      arn,
      retentionInDays: found.retentionInDays,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass,
      tags,
    };
  },

  async update({ clients, region }, name, news, olds) {
    const logs = clients.logs(region);
    await (news.retentionInDays
      ? logs.putRetentionPolicy({ logGroupName: name, retentionInDays: news.retentionInDays })
      : logs.deleteRetentionPolicy({ logGroupName: name }));
    if (news.kmsKeyId !== undefined && news.kmsKeyId !== olds.kmsKeyId) {
      await logs.associateKmsKey({ logGroupName: name, kmsKeyId: news.kmsKeyId });
    } else if (news.kmsKeyId === undefined && olds.kmsKeyId !== undefined) {
      await logs.disassociateKmsKey({ logGroupName: name });
    }
    const resourceArn = String(olds["arn"]);
    await retag(
      olds.tags,
      news.tags,
      (tags) => logs.tagResource({ resourceArn, tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }),
      (tagKeys) => logs.untagResource({ resourceArn, tagKeys }),
    );
  },

  async delete({ clients, region }, name, known) {
    if (known.skipDestroy !== true) {
      await unlessGone(clients.logs(region).deleteLogGroup({ logGroupName: name }), "ResourceNotFound");
    }
  },
});

async function find({ clients, region }: Context, name: string): Promise<LogGroup | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await clients.logs(region).describeLogGroups({ logGroupNamePrefix: name, nextToken });
    const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (found !== undefined) {
      return found;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}
