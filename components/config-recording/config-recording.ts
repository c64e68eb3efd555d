import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { type Placement } from "../foundation/placement";
import { policyDocument } from "../foundation/policy-document";
import { type ConfigRecordingOptions } from "../foundation/settings/model";
import { LogBucket } from "../foundation/evidence/log-bucket";
import { configBucketName, configBucketStatements, deliveryRegion } from "./config-bucket-policy";
import { recordingGroup, recordingMode } from "./recording-group";

export interface ConfigRecordingArgs extends Placement, ConfigRecordingOptions, GuardianOptions {
  /** Regions that are recorded. The delivery bucket is in `region`, the home region; see `deliveryRegion()`. */
  regions: string[];
  /** The one region that records IAM users, groups, roles and policies; none when absent. See `globalTypesRegion()`. */
  globalTypesRegion?: string;
  /** Whether AWS Config's role is still to be created: an account has one at most, and any earlier use made it. */
  createServiceLinkedRole: boolean;
  /** Bucket of the same region that gets the delivery bucket's access logs; none when absent. */
  accessLogBucket?: pulumi.Input<string>;
}

/**
 * AWS Config in every region: what each resource looked like, and when it changed. All regions deliver to one bucket.
 *
 * A region has at most one recorder and one delivery channel. They get names of their own, because AWS overwrites one
 * of the same name without a word; where others exist, creating ours fails instead.
 */
export class ConfigRecording extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: ConfigRecordingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:ConfigRecording", name, args, opts);
    const child = { parent: this };
    const { partition, accountId, region: homeRegion, namePrefix, tags } = args;

    const bucketRegion = deliveryRegion(homeRegion, args.regions);
    const bucketName = configBucketName(namePrefix, accountId, bucketRegion);
    const bucket = new LogBucket(
      `${name}-delivery`,
      {
        region: bucketRegion,
        bucket: bucketName,
        policy: policyDocument(configBucketStatements(args, bucketName)),
        // No key of our own: the service-linked role has no right to one, and the files hold no more than the API shows.
        archiveAfterDays: 90,
        // AWS Config itself keeps items for seven years.
        expireAfterDays: 2557,
        // AWS Config does not deliver to a bucket with a default retention.
        objectLockDays: 0,
        // S3 writes access logs within a region only. Source: S3 User Guide, "Enabling Amazon S3 server access logging".
        ...(bucketRegion === homeRegion && { accessLogBucket: args.accessLogBucket }),
        tags,
      },
      child,
    );

    const role = `arn:${partition}:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const serviceLinkedRole = args.createServiceLinkedRole
      ? [new aws.iam.ServiceLinkedRole(`${name}-role`, { awsServiceName: "config.amazonaws.com", tags }, child)]
      : [];

    // A region has one of each: under another name, the old one has to go before the new one can be made.
    const once = { ...child, deleteBeforeReplace: true };
    for (const region of args.regions) {
      const recorder = new aws.cfg.Recorder(
        `${name}-recorder-${region}`,
        {
          region,
          name: `${namePrefix}-recorder`,
          roleArn: role,
          recordingGroup: recordingGroup(args.excludeResourceTypes, region === args.globalTypesRegion),
          recordingMode: recordingMode(args.frequency, args.excludeResourceTypes),
        },
        // A new role takes some seconds to be known in every region. Waiting for the bucket, which takes longer and which
        // the channel waits for anyway, costs nothing.
        { ...once, dependsOn: [...serviceLinkedRole, bucket] },
      );
      const channel = new aws.cfg.DeliveryChannel(
        `${name}-channel-${region}`,
        {
          region,
          name: `${namePrefix}-channel`,
          s3BucketName: bucket.bucket,
          snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
        },
        // AWS tries the bucket policy when the channel is made, and wants the recorder first.
        { ...once, dependsOn: [recorder, bucket] },
      );
      new aws.cfg.RecorderStatus(
        `${name}-status-${region}`,
        { region, name: recorder.name, isEnabled: true },
        // Under another name the AWS provider would take the new recorder for started, and start nothing.
        { ...once, replaceOnChanges: ["name"], dependsOn: channel },
      );
    }

    this.bucketName = bucket.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
