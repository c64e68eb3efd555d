import { type Case, REGION, text, trust } from "./case";
import { withBucket } from "./things";

export const trailCases: Case[] = [
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: () => ({
      region: REGION,
      name: "/trail",
      retentionInDays: 365,
      kmsKeyId: "arn:aws:kms:x",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["retentionInDays"],
      change: (clients, { id }) => clients.logs(REGION).putRetentionPolicy({ logGroupName: id, retentionInDays: 1 }),
    },
    update: (inputs) => ({ ...inputs, retentionInDays: 30, kmsKeyId: "arn:aws:kms:y", tags: { b: "2" } }),
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    before: async (make, clients) => ({
      ...(await withBucket(make, clients)),
      group: (await make("aws:cloudwatch/logGroup:LogGroup", { region: REGION, name: "/trail" })).outs["arn"],
      role: (await make("aws:iam/role:Role", { name: "t", assumeRolePolicy: trust("cloudtrail.amazonaws.com") })).outs[
        "arn"
      ],
    }),
    inputs: ({ bucket, group, role }) => ({
      region: REGION,
      name: "audit",
      s3BucketName: bucket,
      s3KeyPrefix: "trail",
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/x",
      cloudWatchLogsGroupArn: `${text(group)}:*`,
      cloudWatchLogsRoleArn: role,
      insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
      advancedEventSelectors: [
        { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        {
          name: "s3",
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
          ],
        },
      ],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["enableLogging"],
      change: (clients, { id }) => clients.cloudtrail(REGION).stopLogging({ Name: id }),
    },
    update: (inputs) => ({
      ...inputs,
      enableLogFileValidation: false,
      s3KeyPrefix: "other",
      insightSelectors: [{ insightType: "ApiErrorRateInsight" }],
      tags: { b: "2" },
    }),
  },
];
