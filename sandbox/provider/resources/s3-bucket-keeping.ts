import type { DefaultRetention, ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import type { BucketLoggingArgs } from "@pulumi/aws/s3/bucketLogging";
import type { BucketObjectLockConfigurationArgs } from "@pulumi/aws/s3/bucketObjectLockConfiguration";
import type { BucketServerSideEncryptionConfigurationArgs } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import type { BucketVersioningArgs } from "@pulumi/aws/s3/bucketVersioning";
import { unlessGone } from "../../../aws/errors";
import { defineBucketSetting } from "./s3-bucket-setting";

export const bucketVersioning = defineBucketSetting<BucketVersioningArgs>({
  type: "aws:s3/bucketVersioning:BucketVersioning",
  properties: ["versioningConfiguration"],
  required: ["versioningConfiguration"],
  steering: ["mfa"],
  async put(s3, Bucket, { versioningConfiguration: { status, mfaDelete } }) {
    const configuration = { Status: status as "Enabled", MFADelete: mfaDelete as "Enabled" | undefined };
    await s3.putBucketVersioning({ Bucket, VersioningConfiguration: configuration });
  },
  async get(s3, Bucket) {
    const found = await unlessGone(s3.getBucketVersioning({ Bucket }), "NoSuchBucket");
    return found?.Status && { versioningConfiguration: { status: found.Status, mfaDelete: found.MFADelete } };
  },
  async remove(s3, Bucket) {
    // Versioning cannot be taken off a bucket, only suspended.
    const suspended = s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Suspended" } });
    await unlessGone(suspended, "NoSuchBucket", "InvalidBucketState");
  },
});

export const bucketEncryption = defineBucketSetting<BucketServerSideEncryptionConfigurationArgs>({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  properties: ["rules"],
  required: ["rules"],
  async put(s3, Bucket, { rules }) {
    const Rules = rules.map(
      ({ applyServerSideEncryptionByDefault: by, bucketKeyEnabled }): ServerSideEncryptionRule => ({
        ApplyServerSideEncryptionByDefault: by && {
          SSEAlgorithm: by.sseAlgorithm as "aws:kms",
          KMSMasterKeyID: by.kmsMasterKeyId,
        },
        BucketKeyEnabled: bucketKeyEnabled,
      }),
    );
    await s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } });
  },
  async get(s3, Bucket) {
    const gone = ["ServerSideEncryptionConfigurationNotFoundError", "NoSuchBucket"];
    const found = await unlessGone(s3.getBucketEncryption({ Bucket }), ...gone);
    return (
      found && {
        rules: found.ServerSideEncryptionConfiguration?.Rules?.map((rule) => ({
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
            kmsMasterKeyId: rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
          },
          bucketKeyEnabled: rule.BucketKeyEnabled,
        })),
      }
    );
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.deleteBucketEncryption({ Bucket }), "NoSuchBucket");
  },
});

export const bucketLogging = defineBucketSetting<BucketLoggingArgs>({
  type: "aws:s3/bucketLogging:BucketLogging",
  properties: ["targetBucket", "targetPrefix"],
  required: ["targetBucket", "targetPrefix"],
  async put(s3, Bucket, { targetBucket, targetPrefix }) {
    const LoggingEnabled = { TargetBucket: targetBucket, TargetPrefix: targetPrefix };
    await s3.putBucketLogging({ Bucket, BucketLoggingStatus: { LoggingEnabled } });
  },
  async get(s3, Bucket) {
    const found = (await unlessGone(s3.getBucketLogging({ Bucket }), "NoSuchBucket"))?.LoggingEnabled;
    return found && { targetBucket: found.TargetBucket, targetPrefix: found.TargetPrefix ?? "" };
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.putBucketLogging({ Bucket, BucketLoggingStatus: {} }), "NoSuchBucket");
  },
});

export const bucketObjectLock = defineBucketSetting<BucketObjectLockConfigurationArgs>({
  type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  properties: ["objectLockEnabled", "rule"],
  defaults: { objectLockEnabled: "Enabled" },
  steering: ["token"],
  async put(s3, Bucket, { rule }) {
    const retention = rule?.defaultRetention;
    const DefaultRetention: DefaultRetention | undefined = retention && {
      Mode: retention.mode as "GOVERNANCE",
      Days: retention.days,
      Years: retention.years,
    };
    await s3.putObjectLockConfiguration({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: DefaultRetention && { DefaultRetention } },
    });
  },
  async get(s3, Bucket) {
    const gone = ["ObjectLockConfigurationNotFoundError", "NoSuchBucket"];
    const found = (await unlessGone(s3.getObjectLockConfiguration({ Bucket }), ...gone))?.ObjectLockConfiguration;
    const retention = found?.Rule?.DefaultRetention;
    const defaultRetention = retention && { mode: retention.Mode, days: retention.Days, years: retention.Years };
    return found && { objectLockEnabled: found.ObjectLockEnabled, rule: defaultRetention && { defaultRetention } };
  },
  async remove(s3, Bucket) {
    // Object Lock stays with its bucket for life; what goes is the default retention.
    const withoutRule = { ObjectLockEnabled: "Enabled" } as const;
    await unlessGone(s3.putObjectLockConfiguration({ Bucket, ObjectLockConfiguration: withoutRule }), "NoSuchBucket");
  },
});
