import { named, ownBuckets, type PermissionTable } from "./model";

/** The provider reads all of a bucket, whichever of its parts the program declares. */
const bucketReads = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketLogging",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListTagsForResource",
];

const partOfBucket = (...write: string[]) => ({ read: bucketReads, write, scope: ownBuckets });

/** What keeps the record of every call, and the keys that seal it. */
export const trail: PermissionTable = {
  "aws:cloudtrail/trail:Trail": {
    read: [
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetInsightSelectors",
      "cloudtrail:GetTrail",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:ListTags",
    ],
    write: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:UpdateTrail",
    ],
    scope: named("cloudtrail", "trail/"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    write: [
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    scope: ({ partition, accountId, namePrefix }) => [
      `arn:${partition}:logs:*:${accountId}:log-group:/${namePrefix}/*`,
      `arn:${partition}:logs:*:${accountId}:log-group:${namePrefix}-*`,
    ],
  },
  "aws:kms/key:Key": {
    read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    write: [
      "kms:CreateKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:PutKeyPolicy",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
    ],
    scope: "everything",
  },
  "aws:kms/alias:Alias": {
    read: ["kms:ListAliases"],
    write: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
    scope: "everything",
  },
  "aws:s3/bucket:Bucket": partOfBucket(
    "s3:CreateBucket",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:TagResource",
    "s3:UntagResource",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": partOfBucket("s3:PutBucketOwnershipControls"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": partOfBucket("s3:PutBucketPublicAccessBlock"),
  "aws:s3/bucketVersioning:BucketVersioning": partOfBucket("s3:PutBucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": partOfBucket(
    "s3:PutEncryptionConfiguration",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": partOfBucket("s3:PutBucketPolicy"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": partOfBucket("s3:PutLifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": partOfBucket("s3:PutBucketLogging"),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": partOfBucket(
    "s3:PutBucketObjectLockConfiguration",
  ),
};
