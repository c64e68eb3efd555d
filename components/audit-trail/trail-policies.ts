import { evidenceStays, keyStays } from "../foundation/evidence/evidence-stays";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { denyInsecureTransport, keyOwnedByAccount, policyDocument } from "../foundation/policy-document";
import { type TrailNames } from "./trail-names";

/**
 * Key policy of the trail's key: CloudTrail encrypts for this one trail, CloudWatch Logs for this one log group.
 *
 * Source: CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"; CloudWatch Logs User Guide,
 * "Encrypt log data using AWS KMS".
 */
export function trailKeyPolicy(names: TrailNames, guardians: GuardianOptions): string {
  const { partition, accountId, region } = names;
  return policyDocument([
    keyOwnedByAccount(partition, accountId),
    {
      Sid: "TrailEncryptsLogs",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": names.trailArn },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${accountId}:trail/*`,
        },
      },
    },
    {
      Sid: "TrailDescribesKey",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceArn": names.trailArn } },
    },
    {
      Sid: "LogGroupEncryptsLogs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}` },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": names.logGroupArn } },
    },
    ...keyStays({ ...names, ...guardians }),
  ]);
}

/**
 * Bucket policy of the trail's bucket: this one trail writes, everybody over TLS only, and nobody deletes.
 *
 * Source: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
export function trailBucketPolicy(names: TrailNames, guardians: GuardianOptions): string {
  const bucket = `arn:${names.partition}:s3:::${names.bucket}`;
  return policyDocument([
    {
      Sid: "TrailChecksAcl",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: { StringEquals: { "aws:SourceArn": names.trailArn } },
    },
    {
      Sid: "TrailWritesLogs",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${names.accountId}/*`,
      Condition: {
        StringEquals: { "aws:SourceArn": names.trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    denyInsecureTransport("s3:*", [bucket, `${bucket}/*`]),
    ...evidenceStays(bucket, { ...names, ...guardians }),
  ]);
}

/**
 * Bucket policy of the access-log bucket: S3 delivers the access logs of the trail's and AWS Config's buckets and of no other.
 *
 * Source: S3 User Guide, "Enabling Amazon S3 server access logging", log delivery by bucket policy.
 */
export function accessLogBucketPolicy(names: TrailNames, guardians: GuardianOptions): string {
  const bucket = `arn:${names.partition}:s3:::${names.accessLogBucket}`;
  return policyDocument([
    {
      Sid: "S3DeliversAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucket}/*`,
      Condition: {
        ArnLike: { "aws:SourceArn": names.loggedBuckets.map((each) => `arn:${names.partition}:s3:::${each}`) },
        StringEquals: { "aws:SourceAccount": names.accountId },
      },
    },
    denyInsecureTransport("s3:*", [bucket, `${bucket}/*`]),
    ...evidenceStays(bucket, { ...names, ...guardians }),
  ]);
}

/** What the trail's role may do: write its own streams in its own log group. Source: CloudTrail User Guide. */
export function trailRolePolicy(names: TrailNames): string {
  return policyDocument([
    {
      Sid: "WriteTrailStreams",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${names.logGroupArn}:log-stream:${names.accountId}_CloudTrail_${names.region}*`,
    },
  ]);
}
