import { evidenceStays } from "../foundation/evidence/evidence-stays";
import { type Guardians } from "../foundation/evidence/guardians";
import { denyInsecureTransport, type PolicyStatement } from "../foundation/policy-document";

/**
 * Region of the bucket that all regions deliver to: the home region, but in China Beijing's, because AWS Config in Beijing
 * delivers to a bucket in Beijing only. Every other region delivers across regions.
 *
 * Source: AWS Config API reference, PutDeliveryChannel.
 *
 * @param regions those that are recorded
 */
export function deliveryRegion(homeRegion: string, regions: readonly string[]): string {
  const beijing = "cn-north-1";
  return regions.includes(beijing) ? beijing : homeRegion;
}

/** Name of the delivery bucket, fixed so that its policy is known at preview. */
export function configBucketName(prefix: string, accountId: string, region: string): string {
  return `${prefix}-config-${accountId}-${region}`;
}

/**
 * Bucket policy of the delivery bucket: AWS Config delivers on behalf of this account, into this account's folder,
 * everybody over TLS only, and nobody deletes. With the service-linked role AWS Config writes as the service, not as a role of ours.
 *
 * Source: AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket for the AWS Config Delivery Channel",
 * permissions when using service-linked roles.
 */
export function configBucketStatements(guardians: Guardians, bucketName: string): PolicyStatement[] {
  const { partition, accountId } = guardians;
  const bucket = `arn:${partition}:s3:::${bucketName}`;
  const principal = { Service: "config.amazonaws.com" };
  const onBehalf = { "aws:SourceAccount": accountId };
  return [
    {
      Sid: "ConfigChecksBucket",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucket,
      Condition: { StringEquals: onBehalf },
    },
    {
      Sid: "ConfigDelivers",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${accountId}/Config/*`,
      Condition: { StringEquals: { ...onBehalf, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    denyInsecureTransport("s3:*", [bucket, `${bucket}/*`]),
    ...evidenceStays(bucket, guardians),
  ];
}
