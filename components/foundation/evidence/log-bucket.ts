import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { evidence } from "./left-in-place";

export interface LogBucketArgs {
  /** The bucket's region. */
  region: string;
  /** The bucket's name, fixed because policies name it. */
  bucket: string;
  /** The bucket policy as JSON. */
  policy: string;
  /** ARN of the key that encrypts by default; S3's own key (SSE-S3) when absent. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days until objects move to Glacier Instant Retrieval; 0 = never. */
  archiveAfterDays: number;
  /** Days until objects expire; 0 = never. */
  expireAfterDays: number;
  /** Days of Object Lock in compliance mode; 0 = no lock. Nobody, not even root, can delete within them. */
  objectLockDays: number;
  /** Bucket that gets the access logs; none when absent. */
  accessLogBucket?: pulumi.Input<string>;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * A bucket for evidence: no ACLs, no public access, versioned, encrypted, TLS only. The bucket and its settings are
 * protected from deletion together: a bucket that outlives its policy would be evidence without a lock.
 *
 * Source: Security Hub S3.1, S3.5, S3.8, S3.9, S3.12, S3.13; CIS 7.0 3.1.1, 4.4.
 */
export class LogBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:LogBucket", name, args, opts);
    const child = { parent: this, ...evidence };
    const { region } = args;

    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { region, bucket: args.bucket, forceDestroy: false, tags: args.tags },
      child,
    );
    const of = { region, bucket: bucket.bucket };

    const ownership = new aws.s3.BucketOwnershipControls(
      `${name}-ownership`,
      { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    const block = new aws.s3.BucketPublicAccessBlock(
      `${name}-public-access-block`,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      child,
    );
    const versioning = new aws.s3.BucketVersioning(
      `${name}-versioning`,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        ...of,
        rules: [
          args.kmsKeyArn
            ? {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn },
                bucketKeyEnabled: true,
              }
            : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ],
      },
      child,
    );
    const lifecycle = new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { ...of, rules: [lifecycleRule(args)] },
      // S3 refuses a rule on noncurrent versions while versioning is still being switched on.
      { ...child, dependsOn: versioning },
    );
    const parts: pulumi.Resource[] = [ownership, block, versioning, encryption, lifecycle];
    if (args.objectLockDays > 0) {
      parts.push(
        new aws.s3.BucketObjectLockConfiguration(
          `${name}-object-lock`,
          { ...of, rule: { defaultRetention: { mode: "COMPLIANCE", days: args.objectLockDays } } },
          { ...child, dependsOn: versioning },
        ),
      );
    }
    if (args.accessLogBucket) {
      parts.push(
        new aws.s3.BucketLogging(
          `${name}-access-logging`,
          { ...of, targetBucket: args.accessLogBucket, targetPrefix: `${args.bucket}/` },
          child,
        ),
      );
    }
    const bucketPolicy = new aws.s3.BucketPolicy(
      `${name}-policy`,
      { ...of, policy: args.policy },
      // Last, because it may refuse whoever makes the bucket every later change of its parts. Besides, two writers of a
      // bucket's access settings at once meet with OperationAborted.
      { ...child, dependsOn: parts },
    );

    // Through the policy, which S3 tries when a bucket is named as the target of access logs.
    this.bucket = pulumi.all([bucket.bucket, bucketPolicy.bucket]).apply(([name]) => name);
    this.arn = bucket.arn;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn });
  }
}

function lifecycleRule(args: LogBucketArgs): aws.types.input.s3.BucketLifecycleConfigurationRule {
  return {
    id: "archive-then-expire",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    noncurrentVersionExpiration: { noncurrentDays: Math.max(90, args.objectLockDays) },
    ...(args.archiveAfterDays > 0 && {
      transitions: [{ days: args.archiveAfterDays, storageClass: "GLACIER_IR" }],
    }),
    ...(args.expireAfterDays > 0 && { expiration: { days: args.expireAfterDays } }),
  };
}
