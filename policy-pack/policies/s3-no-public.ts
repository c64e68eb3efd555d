import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { cannedAcl, grants, publicAccessBlock, resourcePolicy, type Setting, website } from "./s3-public-settings";
import { type Policy } from "./types";

const bucketAcl = [cannedAcl("acl"), grants(["accessControlPolicy", "grants"], "grantee", "uri")];
const bucket = [cannedAcl("acl"), grants(["grants"], "uri"), resourcePolicy("policy")];

// Access points and multi-region ones are closed unless they say otherwise; a block on a bucket is what it says.
const settings: Readonly<Record<string, readonly Setting[]>> = {
  "aws:s3/bucket:Bucket": [...bucket, website("website")],
  "aws:s3/bucketV2:BucketV2": [...bucket, website("websites")],
  "aws:s3/bucketAcl:BucketAcl": bucketAcl,
  "aws:s3/bucketAclV2:BucketAclV2": bucketAcl,
  "aws:s3/bucketObject:BucketObject": [cannedAcl("acl")],
  "aws:s3/bucketObjectv2:BucketObjectv2": [cannedAcl("acl")],
  "aws:s3/objectCopy:ObjectCopy": [cannedAcl("acl"), grants(["grants"], "uri")],
  "aws:s3/bucketPolicy:BucketPolicy": [resourcePolicy("policy")],
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": [website()],
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": [website()],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [publicAccessBlock("off")],
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": [publicAccessBlock("off")],
  "aws:s3/accessPoint:AccessPoint": [
    publicAccessBlock("on", "publicAccessBlockConfiguration"),
    resourcePolicy("policy"),
  ],
  "aws:s3control/accessPointPolicy:AccessPointPolicy": [resourcePolicy("policy")],
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": [
    publicAccessBlock("on", "details", "publicAccessBlock"),
  ],
  "aws-native:s3:Bucket": [
    cannedAcl("accessControl"),
    publicAccessBlock("off", "publicAccessBlockConfiguration"),
    website("websiteConfiguration"),
  ],
  "aws-native:s3:BucketPolicy": [resourcePolicy("policyDocument")],
  "aws-native:s3:AccessPoint": [publicAccessBlock("on", "publicAccessBlockConfiguration"), resourcePolicy("policy")],
};

/** Reports what makes an S3 bucket readable, or writable, by everybody. */
export const s3NoPublic: Policy = {
  id: "s3-no-public",
  title: "No public bucket",
  description:
    "Buckets must not be open to everybody: by ACL, by policy, as a website, or by leaving S3 Block Public Access off. A " +
    "bucket without a block of its own is not reported: new buckets are blocked by default.",
  level: "advisory",
  severity: "high",
  frameworks: [
    {
      name: "CIS AWS Foundations Benchmark",
      version: "7.0.0",
      reference: "3.1.4",
      specification: "Ensure that S3 is configured with Block Public Access enabled.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "S3.8",
      specification: "S3 general purpose buckets should block public access.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "S3.2",
      specification: "S3 general purpose buckets should block public read access.",
    },
  ],
  remediationSteps:
    "Set all four switches of S3 Block Public Access on the bucket and on the account. Publish through CloudFront with " +
    "origin access control; share with accounts and organisations by name.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: Object.keys(settings),
  evaluate: (resource) => (settings[resource.type] ?? []).flatMap((read) => read(root(resource))),
};
