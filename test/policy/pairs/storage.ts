import { type Pair } from "./pair";

const s3 = (type: string, bad: Pair["bad"], good: Pair["good"], ...decisive: Pair["decisive"]): Pair => ({
  policy: "s3-no-public",
  type,
  level: "advisory",
  bad,
  good,
  decisive,
});

const policyFor = (Principal: unknown): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }] });
const everyone = policyFor("*");
const account = policyFor({ AWS: "arn:aws:iam::123456789012:root" });
const open = { bucket: "b", acl: "public-read" };
const closed = { bucket: "b", acl: "private" };
const block = (blockPublicPolicy: boolean) => ({
  ...{ blockPublicAcls: true, blockPublicPolicy, ignorePublicAcls: true, restrictPublicBuckets: true },
});
const grant = (uri: string) => ({
  bucket: "b",
  accessControlPolicy: { owner: { id: "o" }, grants: [{ permission: "READ", grantee: { type: "Group", uri } }] },
});
const site = { bucket: "b", indexDocument: { suffix: "index.html" } };
const redirect = { bucket: "b", redirectAllRequestsTo: { hostName: "example.com" } };
const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
const logs = "http://acs.amazonaws.com/groups/s3/LogDelivery";

export const storagePairs: readonly Pair[] = [
  s3("aws:s3/bucket:Bucket", open, closed, "acl"),
  s3(
    "aws:s3/bucketV2:BucketV2",
    { grants: [{ type: "Group", permissions: ["READ"], uri: everybody }] },
    { grants: [{ type: "Group", permissions: ["READ"], uri: logs }] },
    ...["grants", 0, "uri"],
  ),
  s3("aws:s3/bucketAcl:BucketAcl", grant(everybody), grant(logs), "accessControlPolicy", "grants", 0, "grantee", "uri"),
  s3("aws:s3/objectCopy:ObjectCopy", open, closed, "acl"),
  s3("aws:s3/bucketAclV2:BucketAclV2", open, closed, "acl"),
  s3("aws:s3/bucketObject:BucketObject", open, closed, "acl"),
  s3("aws:s3/bucketObjectv2:BucketObjectv2", open, closed, "acl"),
  s3("aws:s3/bucketPolicy:BucketPolicy", { policy: everyone }, { policy: account }, "policy"),
  { settled: true, ...s3("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", site, redirect, "bucket") },
  {
    settled: true,
    ...s3("aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2", site, redirect, "bucket"),
  },
  s3("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block(false), block(true), "blockPublicPolicy"),
  s3("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", block(false), block(true), "blockPublicPolicy"),
  s3(
    "aws:s3/accessPoint:AccessPoint",
    { publicAccessBlockConfiguration: block(false) },
    { publicAccessBlockConfiguration: block(true) },
    ...["publicAccessBlockConfiguration", "blockPublicPolicy"],
  ),
  s3("aws:s3control/accessPointPolicy:AccessPointPolicy", { policy: everyone }, { policy: account }, "policy"),
  s3(
    "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
    { details: { name: "n", publicAccessBlock: block(false) } },
    { details: { name: "n", publicAccessBlock: block(true) } },
    ...["details", "publicAccessBlock", "blockPublicPolicy"],
  ),
  s3("aws-native:s3:Bucket", { accessControl: "PublicRead" }, { accessControl: "Private" }, "accessControl"),
  s3(
    "aws-native:s3:BucketPolicy",
    { policyDocument: JSON.parse(everyone) as object },
    { policyDocument: JSON.parse(account) as object },
    ...["policyDocument", "Statement", 0, "Principal"],
  ),
  s3("aws-native:s3:AccessPoint", { policy: everyone }, { policy: account }, "policy"),
];
