import { apiCall, callers, type CloudTrailRecord, refused } from "./cloudtrail-records";

const minute = 60_000;
const hour = 60 * minute;

function record(at: number, made: CloudTrailRecord, more: CloudTrailRecord = {}): CloudTrailRecord {
  return { ...made, eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`, ...more };
}

/**
 * What a user did: work on weekdays from one address in one region, and in the last night what thieves do.
 *
 * @param now the theft is some hours before it
 */
export function leakStory(now: number): CloudTrailRecord[] {
  const work = Array.from({ length: 80 }, (_, day) => now - (80 - day) * 24 * hour)
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .flatMap((day) => {
      const midnight = Math.floor(day / (24 * hour)) * 24 * hour;
      return Array.from({ length: 6 }, (_, at) =>
        record(midnight + (1 + at) * hour, apiCall("s3", ["ListBuckets", "PutObject", "GetBucketLocation"][at % 3]!)),
      );
    });
  const thief = { sourceIPAddress: "198.51.100.99", userAgent: "Boto3/1.40.2 md/Botocore#1.40.2 os/linux" };
  const begin = now - 8 * hour;
  const deeds: CloudTrailRecord[] = [
    apiCall("sts", "GetCallerIdentity"),
    ...["ListUsers", "ListRoles", "ListPolicies", "ListGroups", "GetAccountSummary"].map((name) =>
      apiCall("iam", name),
    ),
    ...["DescribeRegions", "DescribeInstances", "DescribeVpcs", "DescribeKeyPairs", "DescribeImages"].map((name) =>
      apiCall("ec2", name),
    ),
    ...Array.from({ length: 7 }, () => refused("secretsmanager", "GetSecretValue", "AccessDenied")),
    apiCall("iam", "CreateUser", { requestParameters: { userName: "support-1" } }),
    apiCall("iam", "AttachUserPolicy", {
      requestParameters: { userName: "support-1", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    }),
    apiCall("iam", "CreateAccessKey", {
      requestParameters: { userName: "support-1" },
      responseElements: { accessKey: { userName: "support-1", accessKeyId: "AKIAI44QH8DHBEXAMPLE", status: "Active" } },
    }),
    apiCall("cloudtrail", "StopLogging", { requestParameters: { name: "main" } }),
    ...["ap-southeast-2", "eu-north-1"].flatMap((awsRegion) =>
      Array.from({ length: 12 }, (_, at) =>
        apiCall("ec2", "RunInstances", {
          awsRegion,
          requestParameters: { instanceType: "g5.12xlarge" },
          responseElements: {
            instancesSet: { items: [{ instanceId: `i-${awsRegion}-${at}`, instanceType: "g5.12xlarge" }] },
          },
        }),
      ),
    ),
  ];
  const theft = deeds.map((each, at) => record(begin + at * 20_000, each, thief));
  const quarantine = record(
    begin + 3 * hour,
    apiCall("iam", "AttachUserPolicy", {
      requestParameters: { userName: "mina", policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV4" },
      userIdentity: { ...callers.user, accessKeyId: "" },
    }),
  );
  return [...work, ...theft, quarantine].map((each, at) => ({ ...each, eventID: `story-${at}` }));
}
