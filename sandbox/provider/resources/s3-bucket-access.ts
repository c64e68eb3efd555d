import type { BucketOwnershipControlsArgs } from "@pulumi/aws/s3/bucketOwnershipControls";
import type { BucketPolicyArgs } from "@pulumi/aws/s3/bucketPolicy";
import type { BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineBucketSetting } from "./s3-bucket-setting";

export const bucketPolicy = defineBucketSetting<BucketPolicyArgs>({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  properties: ["policy"],
  async put(s3, Bucket, { policy }) {
    await s3.putBucketPolicy({ Bucket, Policy: documentText(policy) });
  },
  async get(s3, Bucket) {
    const found = await unlessGone(s3.getBucketPolicy({ Bucket }), "NoSuchBucketPolicy", "NoSuchBucket");
    return found && { policy: found.Policy };
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.deleteBucketPolicy({ Bucket }), "NoSuchBucketPolicy", "NoSuchBucket");
  },
});

export const bucketPublicAccessBlock = defineBucketSetting<BucketPublicAccessBlockArgs>({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  properties: ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  defaults: { blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false },
  steering: ["skipDestroy"],
  async put(s3, Bucket, inputs) {
    await s3.putPublicAccessBlock({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: inputs.blockPublicAcls,
        BlockPublicPolicy: inputs.blockPublicPolicy,
        IgnorePublicAcls: inputs.ignorePublicAcls,
        RestrictPublicBuckets: inputs.restrictPublicBuckets,
      },
    });
  },
  async get(s3, Bucket) {
    const gone = ["NoSuchPublicAccessBlockConfiguration", "NoSuchBucket"];
    const found = (await unlessGone(s3.getPublicAccessBlock({ Bucket }), ...gone))?.PublicAccessBlockConfiguration;
    return (
      found && {
        blockPublicAcls: found.BlockPublicAcls,
        blockPublicPolicy: found.BlockPublicPolicy,
        ignorePublicAcls: found.IgnorePublicAcls,
        restrictPublicBuckets: found.RestrictPublicBuckets,
      }
    );
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.deletePublicAccessBlock({ Bucket }), "NoSuchPublicAccessBlockConfiguration", "NoSuchBucket");
  },
});

export const bucketOwnershipControls = defineBucketSetting<BucketOwnershipControlsArgs>({
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  properties: ["rule"],
  required: ["rule"],
  async put(s3, Bucket, { rule }) {
    const ObjectOwnership = rule.objectOwnership as "BucketOwnerEnforced";
    await s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } });
  },
  async get(s3, Bucket) {
    const gone = ["OwnershipControlsNotFoundError", "NoSuchBucket"];
    const found = await unlessGone(s3.getBucketOwnershipControls({ Bucket }), ...gone);
    const objectOwnership = found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return objectOwnership && { rule: { objectOwnership } };
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.deleteBucketOwnershipControls({ Bucket }), "OwnershipControlsNotFoundError", "NoSuchBucket");
  },
});
