import type { FindingPublishingFrequency } from "@aws-sdk/client-guardduty";
import type { DetectorArgs } from "@pulumi/aws/guardduty/detector";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retag } from "./tags";

export const detector = defineResource<DetectorArgs>({
  type: "aws:guardduty/detector:Detector",
  properties: ["region", "enable", "findingPublishingFrequency", "tags"],
  defaults: { enable: true },
  replaceOn: ["region"],
  recordedOnly: { datasources: "AWS has put detector features in its place" },

  async create({ clients, region }, inputs) {
    const guardduty = clients.guardduty(region);
    const { DetectorId = "" } = await guardduty.createDetector({
      Enable: inputs.enable,
      FindingPublishingFrequency: inputs.findingPublishingFrequency as FindingPublishingFrequency | undefined,
      Tags: inputs.tags,
    });
    return DetectorId;
  },

  async read({ clients, region }, DetectorId) {
    const guardduty = clients.guardduty(region);
    const found = await unlessGone(guardduty.getDetector({ DetectorId }), "BadRequest", "NotFound", "ResourceNotFound");
    if (found === undefined) {
      return undefined;
    }
    const accountId = found.ServiceRole?.split(":")[4];
    return {
      region,
      accountId,
      arn: `arn:aws:guardduty:${region}:${accountId}:detector/${DetectorId}`,
      enable: found.Status === "ENABLED",
      findingPublishingFrequency: found.FindingPublishingFrequency,
      tags: found.Tags,
    };
  },

  async update({ clients, region }, DetectorId, news, olds) {
    const guardduty = clients.guardduty(region);
    await guardduty.updateDetector({
      DetectorId,
      Enable: news.enable,
      FindingPublishingFrequency: news.findingPublishingFrequency as FindingPublishingFrequency | undefined,
    });
    const ResourceArn = String(olds["arn"]);
    await retag(
      olds.tags,
      news.tags,
      (tags) =>
        guardduty.tagResource({ ResourceArn, Tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }),
      (TagKeys) => guardduty.untagResource({ ResourceArn, TagKeys }),
    );
  },

  async delete({ clients, region }, DetectorId) {
    const deletion = clients.guardduty(region).deleteDetector({ DetectorId });
    await unlessGone(deletion, "BadRequest", "NotFound", "ResourceNotFound");
  },
});
