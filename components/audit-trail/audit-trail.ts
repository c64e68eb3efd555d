import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyLockout } from "../foundation/evidence/evidence-stays";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { evidence } from "../foundation/evidence/left-in-place";
import { type Placement } from "../foundation/placement";
import { serviceTrust } from "../foundation/policy-document";
import { type AuditTrailOptions } from "../foundation/settings/model";
import { LogBucket } from "../foundation/evidence/log-bucket";
import { trailNames } from "./trail-names";
import { accessLogBucketPolicy, trailBucketPolicy, trailKeyPolicy, trailRolePolicy } from "./trail-policies";

export interface AuditTrailArgs extends Placement, AuditTrailOptions, GuardianOptions {
  /** Name of a trail that exists already and is taken over; by default one that begins with `namePrefix`. */
  trailName?: string;
}

/** One trail for all regions, validated, encrypted with a key of its own, in a bucket nobody can make public. */
export class AuditTrail extends pulumi.ComponentResource {
  readonly trailArn: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;
  /** The bucket that takes access logs of the baseline's own buckets. */
  readonly accessLogBucket: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:AuditTrail", name, args, opts);
    const child = { parent: this };
    const { region, tags } = args;
    const names = trailNames(args.namePrefix, args.partition, args.accountId, region, args.trailName);

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        region,
        description: "CloudTrail log files and log group of the prevention baseline",
        policy: trailKeyPolicy(names, args),
        ...keyLockout(args),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags,
      },
      { ...child, ...evidence },
    );
    new aws.kms.Alias(
      `${name}-key-alias`,
      { region, name: `alias/${args.namePrefix}-trail`, targetKeyId: key.keyId },
      // With the key: `adopt` finds a key that was left behind by its alias.
      { ...child, ...evidence },
    );

    const retention = { archiveAfterDays: args.archiveAfterDays, expireAfterDays: args.expireAfterDays };
    const accessLogs = new LogBucket(
      `${name}-access-logs`,
      // S3 can write access logs neither to a bucket with a KMS default key nor to one with a default retention.
      {
        region,
        bucket: names.accessLogBucket,
        policy: accessLogBucketPolicy(names, args),
        ...retention,
        objectLockDays: 0,
        tags,
      },
      child,
    );
    const logs = new LogBucket(
      `${name}-logs`,
      {
        region,
        bucket: names.bucket,
        policy: trailBucketPolicy(names, args),
        kmsKeyArn: key.arn,
        ...retention,
        objectLockDays: args.objectLockDays,
        accessLogBucket: accessLogs.bucket,
        tags,
      },
      { ...child, dependsOn: accessLogs },
    );

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-log-group`,
      { region, name: names.logGroup, retentionInDays: args.logGroupRetentionDays, kmsKeyId: key.arn, tags },
      { ...child, ...evidence },
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: names.role,
        description: "Lets CloudTrail write to its log group",
        assumeRolePolicy: serviceTrust("cloudtrail.amazonaws.com"),
        tags,
      },
      child,
    );
    const rolePolicy = new aws.iam.RolePolicy(
      `${name}-role-policy`,
      { name: "write-trail-streams", role: role.name, policy: trailRolePolicy(names) },
      child,
    );

    const trail = new aws.cloudtrail.Trail(
      `${name}-trail`,
      {
        region,
        name: names.trail,
        s3BucketName: logs.bucket,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        kmsKeyId: key.arn,
        cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
        cloudWatchLogsRoleArn: role.arn,
        ...(args.insights && {
          insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
        }),
        ...(args.dataEvents.length > 0 && { advancedEventSelectors: eventSelectors(args.dataEvents) }),
        tags,
      },
      // A trail of all regions takes its name in each of them: in another home region it could not be made beside itself.
      { ...child, protect: true, deleteBeforeReplace: true, dependsOn: [logs, rolePolicy] },
    );

    this.trailArn = trail.arn;
    this.bucketName = logs.bucket;
    this.accessLogBucket = accessLogs.bucket;
    this.logGroupName = logGroup.name;
    this.keyArn = key.arn;
    this.registerOutputs({ trailArn: this.trailArn, bucketName: this.bucketName });
  }
}

// Selectors replace the default, so management events must be named again beside the data events.
function eventSelectors(types: string[]): aws.types.input.cloudtrail.TrailAdvancedEventSelector[] {
  const equals = (field: string, value: string) => ({ field, equals: [value] });
  return [
    // The console's own name for it, by which scanners find it.
    { name: "Management events selector", fieldSelectors: [equals("eventCategory", "Management")] },
    ...types.map((type) => ({
      name: `Data events of ${type}`,
      fieldSelectors: [equals("eventCategory", "Data"), equals("resources.type", type)],
    })),
  ];
}
