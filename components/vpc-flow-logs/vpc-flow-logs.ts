import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { evidence } from "../foundation/evidence/left-in-place";
import { LogBucket } from "../foundation/evidence/log-bucket";
import { type Placement } from "../foundation/placement";
import { policyDocument } from "../foundation/policy-document";
import { type VpcFlowLogsOptions } from "../foundation/settings/model";
import {
  flowLogBucketStatements,
  type FlowLogNames,
  flowLogNames,
  flowLogRolePolicy,
  flowLogTrust,
} from "./flow-log-policies";

/** `region` is the home region, where the bucket is. */
export interface VpcFlowLogsArgs extends Placement, VpcFlowLogsOptions, GuardianOptions {}

/**
 * A flow log of each VPC, into one log group in each region or into one bucket for all of them.
 *
 * CloudWatch Logs and S3 encrypt with keys of their own: a KMS key in each region would cost more than most flow logs.
 */
export class VpcFlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: VpcFlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:VpcFlowLogs", name, args, opts);
    const { tags, trafficType, destination: logDestinationType } = args;
    const names = flowLogNames(args.namePrefix, args.partition, args.accountId, args.region);
    const destinationIn =
      logDestinationType === "s3" ? this.bucket(name, args, names) : this.logGroups(name, args, names);
    for (const { region, vpcId } of args.vpcs) {
      new aws.ec2.FlowLog(
        `${name}-${region}-${vpcId}`,
        { region, vpcId, trafficType, logDestinationType, ...destinationIn(region), tags },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }

  private bucket(name: string, args: VpcFlowLogsArgs, names: FlowLogNames): (region: string) => aws.ec2.FlowLogArgs {
    const { region, retentionDays, tags } = args;
    const statements = flowLogBucketStatements(names, args);
    const keeping = { archiveAfterDays: 0, expireAfterDays: retentionDays, objectLockDays: 0 };
    const logs = new LogBucket(
      `${name}-logs`,
      { region, bucket: names.bucket, policy: policyDocument(statements), ...keeping, tags },
      { parent: this },
    );
    // Through the name, which is known once the policy lets the service deliver.
    const logDestination = pulumi.interpolate`arn:${names.partition}:s3:::${logs.bucket}`;
    return () => ({ logDestination });
  }

  private logGroups(name: string, args: VpcFlowLogsArgs, names: FlowLogNames): (region: string) => aws.ec2.FlowLogArgs {
    const child = { parent: this };
    const { retentionDays, tags } = args;
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: names.role,
        description: "Lets VPC flow logs write to their log groups",
        assumeRolePolicy: flowLogTrust(names),
        tags,
      },
      child,
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-role-policy`,
      { name: "write-flow-logs", role: role.name, policy: flowLogRolePolicy(names) },
      child,
    );
    // Through the policy, without which nothing is delivered.
    const iamRoleArn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    const groups = new Map(
      [...new Set(args.vpcs.map(({ region }) => region))].map((region) => [
        region,
        new aws.cloudwatch.LogGroup(
          `${name}-log-group-${region}`,
          { region, name: names.logGroup, retentionInDays: retentionDays, tags },
          { ...child, ...evidence },
        ),
      ]),
    );
    return (region) => ({ logDestination: groups.get(region)!.arn, iamRoleArn });
  }
}
