import { evidenceStays } from "../foundation/evidence/evidence-stays";
import { type Guardians } from "../foundation/evidence/guardians";
import { denyInsecureTransport, policyDocument, type PolicyStatement } from "../foundation/policy-document";

/** Names that are known before anything exists. */
export interface FlowLogNames {
  partition: string;
  accountId: string;
  /** The same in each region. */
  logGroup: string;
  bucket: string;
  role: string;
}

/** @param region of the bucket */
export function flowLogNames(prefix: string, partition: string, accountId: string, region: string): FlowLogNames {
  return {
    partition,
    accountId,
    logGroup: `/${prefix}/vpc-flow-logs`,
    bucket: `${prefix}-vpc-flow-logs-${accountId}-${region}`,
    role: `${prefix}-vpc-flow-logs`,
  };
}

/**
 * Who may take the role: the service that delivers flow logs, for flow logs of this account.
 *
 * Source: VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs".
 */
export function flowLogTrust({ partition, accountId }: FlowLogNames): string {
  return policyDocument([
    {
      Sid: "FlowLogsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:*:${accountId}:vpc-flow-log/*` },
      },
    },
  ]);
}

/** Lets the role write to its own log groups, in every region. The source is the same. */
export function flowLogRolePolicy({ partition, accountId, logGroup }: FlowLogNames): string {
  const group = `arn:${partition}:logs:*:${accountId}:log-group:${logGroup}`;
  return policyDocument([
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [group, `${group}:*`],
    },
    { Sid: "FindLogGroup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
  ]);
}

/**
 * Bucket policy: flow logs of this account are delivered into its folder, everybody over TLS only, and nobody deletes.
 *
 * Source: VPC User Guide, "Amazon S3 bucket permissions for flow logs".
 */
export function flowLogBucketStatements(names: FlowLogNames, guardians: Guardians): PolicyStatement[] {
  const { partition, accountId } = names;
  const bucket = `arn:${partition}:s3:::${names.bucket}`;
  const principal = { Service: "delivery.logs.amazonaws.com" };
  const onBehalf = { "aws:SourceAccount": accountId };
  const source = { ArnLike: { "aws:SourceArn": `arn:${partition}:logs:*:${accountId}:*` } };
  return [
    {
      Sid: "FlowLogsAreDelivered",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { ...onBehalf, "s3:x-amz-acl": "bucket-owner-full-control" }, ...source },
    },
    {
      Sid: "DeliveryChecksBucket",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucket,
      Condition: { StringEquals: onBehalf, ...source },
    },
    denyInsecureTransport("s3:*", [bucket, `${bucket}/*`]),
    ...evidenceStays(bucket, guardians),
  ];
}
