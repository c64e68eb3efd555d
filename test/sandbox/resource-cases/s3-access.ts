import { type Case, REGION } from "./case";
import { withBucket } from "./things";

const bucketStatement = (bucket: unknown, action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: [action], Resource: [`arn:aws:s3:::${String(bucket)}/*`] }],
  });

export const s3AccessCases: Case[] = [
  {
    type: "aws:s3/bucket:Bucket",
    inputs: () => ({ region: REGION, bucket: "logs", forceDestroy: true, objectLockEnabled: true, tags: { a: "1" } }),
    drift: {
      paths: ["tags.a"],
      change: async (clients, { id }) => {
        await clients.s3(REGION).putObject({ Bucket: id, Key: "x", Body: "x" });
        await clients.s3(REGION).deleteBucketTagging({ Bucket: id });
      },
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    drift: {
      paths: ["rule.objectOwnership"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketOwnershipControls({
          Bucket: id,
          OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        }),
    },
    update: (inputs) => ({ ...inputs, rule: { objectOwnership: "BucketOwnerPreferred" } }),
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    drift: {
      paths: ["blockPublicPolicy", "restrictPublicBuckets"],
      change: (clients, { id }) =>
        clients.s3(REGION).putPublicAccessBlock({
          Bucket: id,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
    },
    update: (inputs) => ({ ...inputs, ignorePublicAcls: false }),
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, versioningConfiguration: { status: "Enabled" } }),
    drift: {
      paths: ["versioningConfiguration.status"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketVersioning({ Bucket: id, VersioningConfiguration: { Status: "Suspended" } }),
    },
    update: (inputs) => ({ ...inputs, versioningConfiguration: { status: "Suspended" } }),
    stays: true,
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, policy: bucketStatement(bucket, "s3:PutObject") }),
    drift: {
      paths: ["policy"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketPolicy({ Bucket: id, Policy: bucketStatement(id, "s3:GetObject") }),
    },
    update: (inputs) => ({ ...inputs, policy: bucketStatement(inputs["bucket"], "s3:DeleteObject") }),
  },
];
