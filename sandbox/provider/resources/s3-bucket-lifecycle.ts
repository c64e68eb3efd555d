import type { LifecycleRule, LifecycleRuleFilter, TransitionStorageClass } from "@aws-sdk/client-s3";
import type { Unwrap } from "@pulumi/pulumi";
import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { unlessGone } from "../../../aws/errors";
import { defineBucketSetting } from "./s3-bucket-setting";
import { tagList, tagMap } from "./tags";

type Rule = NonNullable<Unwrap<BucketLifecycleConfigurationArgs>["rules"]>[number];

export const bucketLifecycle = defineBucketSetting<BucketLifecycleConfigurationArgs>({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  properties: ["rules"],
  steering: ["timeouts"],
  recordedOnly: { transitionDefaultMinimumObjectSize: "the emulator does not keep it" },
  async put(s3, Bucket, { rules = [] }) {
    await s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: rules.map(toAws) } });
  },
  async get(s3, Bucket) {
    const gone = ["NoSuchLifecycleConfiguration", "NoSuchBucket"];
    const found = await unlessGone(s3.getBucketLifecycleConfiguration({ Bucket }), ...gone);
    return found && { rules: (found.Rules ?? []).map(fromAws) };
  },
  async remove(s3, Bucket) {
    await unlessGone(s3.deleteBucketLifecycle({ Bucket }), "NoSuchLifecycleConfiguration", "NoSuchBucket");
  },
});

function toAws(rule: Rule): LifecycleRule {
  const { expiration, noncurrentVersionExpiration: old, abortIncompleteMultipartUpload: abort } = rule;
  return {
    ID: rule.id,
    Status: rule.status as "Enabled",
    Filter: filterToAws(rule),
    Expiration: expiration && {
      Days: expiration.days,
      Date: expiration.date === undefined ? undefined : new Date(expiration.date),
      ExpiredObjectDeleteMarker: expiration.expiredObjectDeleteMarker,
    },
    NoncurrentVersionExpiration: old && {
      NoncurrentDays: old.noncurrentDays,
      NewerNoncurrentVersions: old.newerNoncurrentVersions,
    },
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: abort.daysAfterInitiation },
    Transitions: rule.transitions?.map(({ days, date, storageClass }) => ({
      Days: days,
      Date: date === undefined ? undefined : new Date(date),
      StorageClass: storageClass as TransitionStorageClass,
    })),
    NoncurrentVersionTransitions: rule.noncurrentVersionTransitions?.map((each) => ({
      NoncurrentDays: each.noncurrentDays,
      NewerNoncurrentVersions: each.newerNoncurrentVersions,
      StorageClass: each.storageClass as TransitionStorageClass,
    })),
  };
}

/** A rule without a filter is one with the empty prefix: S3 wants it said. */
function filterToAws({ filter, prefix }: Rule): LifecycleRuleFilter {
  const { and, tag } = filter ?? {};
  if (and !== undefined) {
    const { prefix: Prefix, tags, objectSizeGreaterThan, objectSizeLessThan } = and;
    const sizes = { ObjectSizeGreaterThan: objectSizeGreaterThan, ObjectSizeLessThan: objectSizeLessThan };
    return { And: { Prefix, Tags: tagList(tags), ...sizes } };
  }
  if (tag !== undefined) {
    return { Tag: { Key: tag.key, Value: tag.value } };
  }
  const { objectSizeGreaterThan: ObjectSizeGreaterThan, objectSizeLessThan: ObjectSizeLessThan } = filter ?? {};
  return ObjectSizeGreaterThan === undefined && ObjectSizeLessThan === undefined
    ? { Prefix: filter?.prefix ?? prefix ?? "" }
    : { ObjectSizeGreaterThan, ObjectSizeLessThan };
}

function fromAws(rule: LifecycleRule): object {
  const { Filter, Expiration, NoncurrentVersionExpiration: old, AbortIncompleteMultipartUpload: abort } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    filter: Filter && filterFromAws(Filter),
    expiration: Expiration && {
      days: Expiration.Days,
      date: Expiration.Date?.toISOString(),
      expiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker,
    },
    noncurrentVersionExpiration: old && {
      noncurrentDays: old.NoncurrentDays,
      newerNoncurrentVersions: old.NewerNoncurrentVersions,
    },
    abortIncompleteMultipartUpload: abort && { daysAfterInitiation: abort.DaysAfterInitiation },
    transitions: rule.Transitions?.map(({ Days, Date: date, StorageClass }) => ({
      days: Days,
      date: date?.toISOString(),
      storageClass: StorageClass,
    })),
    noncurrentVersionTransitions: rule.NoncurrentVersionTransitions?.map((each) => ({
      noncurrentDays: each.NoncurrentDays,
      newerNoncurrentVersions: each.NewerNoncurrentVersions,
      storageClass: each.StorageClass,
    })),
  };
}

function filterFromAws({ Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRuleFilter): object {
  return {
    prefix: Prefix,
    tag: Tag && { key: Tag.Key, value: Tag.Value },
    and: And && {
      prefix: And.Prefix,
      tags: tagMap(And.Tags),
      objectSizeGreaterThan: And.ObjectSizeGreaterThan,
      objectSizeLessThan: And.ObjectSizeLessThan,
    },
    objectSizeGreaterThan: ObjectSizeGreaterThan,
    objectSizeLessThan: ObjectSizeLessThan,
  };
}
