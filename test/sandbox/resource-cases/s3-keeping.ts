import { type Case, REGION } from "./case";
import { withBucket } from "./things";

export const s3KeepingCases: Case[] = [
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:eu-west-1:1:key/x",
          },
          bucketKeyEnabled: true,
        },
      ],
    }),
    drift: {
      paths: [
        "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
        "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        "rules[0].bucketKeyEnabled",
      ],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketEncryption({
          Bucket: id,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] }),
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          expiration: { days: 400 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
        {
          id: "uploads",
          status: "Enabled",
          filter: { prefix: "AWSLogs/" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          transitions: [{ days: 90, storageClass: "GLACIER" }],
        },
        {
          id: "both",
          status: "Disabled",
          filter: { and: { prefix: "x/", tags: { k: "v" } } },
          expiration: { days: 1 },
        },
      ],
    }),
    drift: {
      paths: ["rules[0].expiration.days", "rules[1]", "rules[2]"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketLifecycleConfiguration({
          Bucket: id,
          LifecycleConfiguration: {
            Rules: [
              {
                ID: "expire",
                Status: "Enabled",
                Filter: { Prefix: "" },
                Expiration: { Days: 1 },
                NoncurrentVersionExpiration: { NoncurrentDays: 30 },
              },
            ],
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rules: [{ id: "expire", status: "Enabled", expiration: { days: 800 } }] }),
  },
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    before: async (make, clients) => {
      const target = await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "access-logs", forceDestroy: true });
      const delivery = {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::access-logs/*",
          },
        ],
      };
      const policy = JSON.stringify(delivery);
      await make("aws:s3/bucketPolicy:BucketPolicy", { region: REGION, bucket: target.id, policy });
      return withBucket(make, clients);
    },
    inputs: ({ bucket }) => ({ region: REGION, bucket, targetBucket: "access-logs", targetPrefix: "evidence/" }),
    drift: {
      paths: ["targetPrefix"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketLogging({
          Bucket: id,
          BucketLoggingStatus: { LoggingEnabled: { TargetBucket: "access-logs", TargetPrefix: "elsewhere/" } },
        }),
    },
    update: (inputs) => ({ ...inputs, targetPrefix: "other/" }),
  },
  {
    type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    before: async (make) => ({
      bucket: (await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "locked", objectLockEnabled: true })).id,
    }),
    inputs: ({ bucket }) => ({ region: REGION, bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } }),
    drift: {
      paths: ["rule.defaultRetention.days"],
      change: (clients, { id }) =>
        clients.s3(REGION).putObjectLockConfiguration({
          Bucket: id,
          ObjectLockConfiguration: {
            ObjectLockEnabled: "Enabled",
            Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } },
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rule: { defaultRetention: { mode: "COMPLIANCE", years: 1 } } }),
    stays: true,
  },
];
