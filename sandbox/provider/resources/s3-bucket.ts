import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import type { BucketArgs } from "@pulumi/aws/s3/bucket";
import { unlessGone } from "../../../aws/errors";
import type { Clients } from "../clients";
import { defineResource } from "../resource-handler";
import { tagList, tagMap, type Tags } from "./tags";

/** The region that has no name of its own in S3: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
const UNNAMED_REGION = "us-east-1";

export const bucket = defineResource<BucketArgs>({
  type: "aws:s3/bucket:Bucket",
  properties: ["region", "bucket", "objectLockEnabled", "tags"],
  nameProperty: "bucket",
  replaceOn: ["region", "bucket", "bucketPrefix", "objectLockEnabled"],
  steering: ["bucketPrefix", "forceDestroy"],

  async create({ clients, region }, inputs) {
    const name = inputs.bucket ?? "";
    const location = { LocationConstraint: region as BucketLocationConstraint };
    await clients.s3(region).createBucket({
      Bucket: name,
      CreateBucketConfiguration: region === UNNAMED_REGION ? undefined : location,
      ObjectLockEnabledForBucket: inputs.objectLockEnabled,
    });
    return name;
  },

  async complete({ clients, region }, name, { tags }) {
    if (tags !== undefined) {
      await putTags(clients, region, name, tags);
    }
  },

  async read({ clients, region }, name) {
    const s3 = clients.s3(region);
    const head = await unlessGone(s3.headBucket({ Bucket: name }), "NotFound", "NoSuchBucket");
    if (head === undefined) {
      return undefined;
    }
    const [tags, lock] = await Promise.all([
      unlessGone(s3.getBucketTagging({ Bucket: name }), "NoSuchTagSet"),
      unlessGone(s3.getObjectLockConfiguration({ Bucket: name }), "ObjectLockConfigurationNotFoundError"),
    ]);
    return {
      region,
      bucket: name,
      arn: `arn:aws:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      bucketRegion: head.BucketRegion ?? region,
      objectLockEnabled: lock?.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled",
      tags: tagMap(tags?.TagSet),
    };
  },

  async update({ clients, region }, name, news) {
    await putTags(clients, region, name, news.tags);
  },

  async delete({ clients, region }, name, known) {
    if (known.forceDestroy === true) {
      await empty(clients, region, name);
    }
    await unlessGone(clients.s3(region).deleteBucket({ Bucket: name }), "NoSuchBucket");
  },
});

async function putTags(clients: Clients, region: string, name: string, tags?: Tags): Promise<void> {
  const s3 = clients.s3(region);
  await (Object.keys(tags ?? {}).length === 0
    ? s3.deleteBucketTagging({ Bucket: name })
    : s3.putBucketTagging({ Bucket: name, Tagging: { TagSet: tagList(tags) } }));
}

async function empty(clients: Clients, region: string, name: string): Promise<void> {
  const s3 = clients.s3(region);
  for (;;) {
    const page = await unlessGone(s3.listObjectVersions({ Bucket: name }), "NoSuchBucket");
    const objects = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
    if (objects.length === 0) {
      return;
    }
    const Objects = objects.map(({ Key, VersionId }) => ({ Key, VersionId }));
    await s3.deleteObjects({ Bucket: name, Delete: { Objects }, BypassGovernanceRetention: true });
  }
}
