import type { TrailArgs } from "@pulumi/aws/cloudtrail/trail";
import { unlessGone } from "../../../aws/errors";
import type { Clients } from "../clients";
import { defineResource } from "../resource-handler";
import { insightsFromAws, insightsToAws, selectorsFromAws, selectorsToAws } from "./cloudtrail-selectors";
import { retag, tagList, tagMap } from "./tags";

export const trail = defineResource<TrailArgs>({
  type: "aws:cloudtrail/trail:Trail",
  properties: [
    "region", "name", "s3BucketName", "s3KeyPrefix", "includeGlobalServiceEvents", "isMultiRegionTrail",
    "isOrganizationTrail", "enableLogFileValidation", "enableLogging", "kmsKeyId", "snsTopicName",
    "cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn", "insightSelectors", "eventSelectors", "advancedEventSelectors",
    "tags",
  ], // prettier-ignore
  required: ["s3BucketName"],
  nameProperty: "name",
  defaults: { enableLogging: true, includeGlobalServiceEvents: true },
  noneByDefault: [
    "s3KeyPrefix",
    "snsTopicName",
    "kmsKeyId",
    "cloudWatchLogsGroupArn",
    "cloudWatchLogsRoleArn",
    "insightSelectors",
  ],
  replaceOn: ["region", "name"],

  async create({ clients, region }, inputs) {
    const cloudtrail = clients.cloudtrail(region);
    const { TrailARN = "" } = await cloudtrail.createTrail({ ...settings(inputs), TagsList: tagList(inputs.tags) });
    return TrailARN;
  },

  async complete({ clients, region }, arn, inputs) {
    await putSelectors(clients, region, arn, inputs);
    if (inputs.enableLogging !== false) {
      await clients.cloudtrail(region).startLogging({ Name: arn });
    }
  },

  async read({ clients, region }, arn) {
    const cloudtrail = clients.cloudtrail(region);
    const found = (await unlessGone(cloudtrail.getTrail({ Name: arn }), "TrailNotFound"))?.Trail;
    if (found === undefined) {
      return undefined;
    }
    const [status, selectors, insights, tags] = await Promise.all([
      cloudtrail.getTrailStatus({ Name: arn }),
      cloudtrail.getEventSelectors({ TrailName: arn }),
      unlessGone(cloudtrail.getInsightSelectors({ TrailName: arn }), "InsightNotEnabled"),
      cloudtrail.listTags({ ResourceIdList: [arn] }),
    ]);
    return {
      region,
      arn,
      name: found.Name,
      homeRegion: found.HomeRegion,
      s3BucketName: found.S3BucketName,
      s3KeyPrefix: found.S3KeyPrefix,
      includeGlobalServiceEvents: found.IncludeGlobalServiceEvents,
      isMultiRegionTrail: found.IsMultiRegionTrail,
      isOrganizationTrail: found.IsOrganizationTrail,
      enableLogFileValidation: found.LogFileValidationEnabled,
      enableLogging: status.IsLogging,
      kmsKeyId: found.KmsKeyId,
      snsTopicName: found.SnsTopicName,
      snsTopicArn: found.SnsTopicARN,
      cloudWatchLogsGroupArn: found.CloudWatchLogsLogGroupArn,
      cloudWatchLogsRoleArn: found.CloudWatchLogsRoleArn,
      ...selectorsFromAws(selectors),
      insightSelectors: insightsFromAws(insights),
      tags: tagMap(tags.ResourceTagList?.[0]?.TagsList),
    };
  },

  async update({ clients, region }, arn, news, olds) {
    const cloudtrail = clients.cloudtrail(region);
    await cloudtrail.updateTrail({ ...settings(news), Name: arn });
    await putSelectors(clients, region, arn, news);
    await (news.enableLogging === false
      ? cloudtrail.stopLogging({ Name: arn })
      : cloudtrail.startLogging({ Name: arn }));
    await retag(
      olds.tags,
      news.tags,
      (TagsList) => cloudtrail.addTags({ ResourceId: arn, TagsList }),
      (keys) => cloudtrail.removeTags({ ResourceId: arn, TagsList: keys.map((Key) => ({ Key })) }),
    );
  },

  async delete({ clients, region }, arn) {
    await unlessGone(clients.cloudtrail(region).deleteTrail({ Name: arn }), "TrailNotFound");
  },
});

type Inputs = Parameters<typeof selectorsToAws>[0];

function settings(inputs: Inputs) {
  return {
    Name: inputs.name,
    S3BucketName: inputs.s3BucketName,
    S3KeyPrefix: inputs.s3KeyPrefix,
    IncludeGlobalServiceEvents: inputs.includeGlobalServiceEvents,
    IsMultiRegionTrail: inputs.isMultiRegionTrail,
    IsOrganizationTrail: inputs.isOrganizationTrail,
    EnableLogFileValidation: inputs.enableLogFileValidation,
    KmsKeyId: inputs.kmsKeyId,
    SnsTopicName: inputs.snsTopicName,
    CloudWatchLogsLogGroupArn: inputs.cloudWatchLogsGroupArn,
    CloudWatchLogsRoleArn: inputs.cloudWatchLogsRoleArn,
  };
}

async function putSelectors(clients: Clients, region: string, TrailName: string, inputs: Inputs): Promise<void> {
  const selectors = selectorsToAws(inputs);
  if (selectors !== undefined) {
    await clients.cloudtrail(region).putEventSelectors({ TrailName, ...selectors });
  }
  if (inputs.insightSelectors !== undefined) {
    await clients.cloudtrail(region).putInsightSelectors({ TrailName, InsightSelectors: insightsToAws(inputs) });
  }
}
