import { ownTags, projectName } from "../../components/foundation/tags";
import { type Place } from "../place";
import { named, ofBaseline, ownBuckets, type PermissionTable } from "./model";

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

/**
 * The apply role may make the parts of a bucket. The bucket's policy comes last, and refuses that role every change from
 * then on. Source: `evidenceStays` in components/foundation/evidence/evidence-stays.ts.
 */
const partOfBucket = (...write: string[]) => ({
  read: bucketReads,
  write,
  scope: ownBuckets,
  administrator: { update: write, delete: write },
});

const aliases = ({ partition, accountId, namePrefix }: Place) => [
  `arn:${partition}:kms:*:${accountId}:alias/${namePrefix}-*`,
];

/** A key that is being made has no tag and no alias yet; one that exists has the tag or, as a rule, an alias. */
const newWithOwnTag = { StringEquals: { [`aws:RequestTag/${ownTags.project}`]: projectName } };

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
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
    ],
    scope: named("cloudtrail", "trail/"),
    administrator: {
      create: ["cloudtrail:PutEventSelectors"],
      update: ["cloudtrail:PutEventSelectors", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail"],
      delete: ["cloudtrail:DeleteTrail"],
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    write: ["logs:CreateLogGroup", "logs:TagResource", "logs:UntagResource"],
    scope: ({ partition, accountId, namePrefix }) => [
      `arn:${partition}:logs:*:${accountId}:log-group:/${namePrefix}/*`,
      `arn:${partition}:logs:*:${accountId}:log-group:${namePrefix}-*`,
    ],
    administrator: {
      create: ["logs:PutRetentionPolicy"],
      update: [
        "logs:AssociateKmsKey",
        "logs:DeleteRetentionPolicy",
        "logs:DisassociateKmsKey",
        "logs:PutLogGroupDeletionProtection",
        "logs:PutRetentionPolicy",
      ],
      delete: ["logs:DeleteLogGroup"],
    },
  },
  "aws:kms/key:Key": {
    read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    // A key is made with its policy in one call, and its rotation begun in the next.
    write: ["kms:CreateKey", "kms:EnableKeyRotation"],
    scope: "everything",
    limited: [
      { write: ["kms:TagResource"], scope: "everything", when: newWithOwnTag },
      {
        write: ["kms:EnableKey", "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription"],
        scope: "everything",
        when: ofBaseline,
      },
    ],
    administrator: {
      update: ["kms:DisableKey", "kms:DisableKeyRotation", "kms:PutKeyPolicy"],
      delete: ["kms:ScheduleKeyDeletion"],
    },
  },
  "aws:kms/alias:Alias": {
    read: ["kms:ListAliases"],
    write: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
    // AWS asks for the right on alias and key alike; the alias is what tells its own from others.
    scope: (place) => [...aliases(place), `arn:${place.partition}:kms:*:${place.accountId}:key/*`],
  },
  "aws:s3/bucket:Bucket": {
    read: bucketReads,
    write: [
      "s3:CreateBucket",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketTagging",
      "s3:PutBucketVersioning",
      "s3:TagResource",
      "s3:UntagResource",
    ],
    scope: ownBuckets,
    administrator: { delete: ["s3:DeleteBucket"] },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": partOfBucket("s3:PutBucketOwnershipControls"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": partOfBucket("s3:PutBucketPublicAccessBlock"),
  "aws:s3/bucketVersioning:BucketVersioning": partOfBucket("s3:PutBucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": partOfBucket(
    "s3:PutEncryptionConfiguration",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": {
    ...partOfBucket("s3:PutBucketPolicy"),
    administrator: { update: ["s3:PutBucketPolicy"], delete: ["s3:DeleteBucketPolicy"] },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": partOfBucket("s3:PutLifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": partOfBucket("s3:PutBucketLogging"),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": partOfBucket(
    "s3:PutBucketObjectLockConfiguration",
  ),
};
