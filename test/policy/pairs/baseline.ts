import { type Pair } from "./pair";

const pair =
  (level: Pair["level"]) =>
  (type: string, bad: Pair["bad"], good: Pair["good"], ...decisive: (string | number)[]): Pair => ({
    policy: "baseline-integrity",
    type,
    level,
    bad,
    good,
    decisive,
  });
const refused = pair("mandatory");
const warned = pair("advisory");

const bucket = "baseline-trail-123456789012-us-east-1";
const statement = (Condition: unknown) => ({ Effect: "Deny", NotAction: ["iam:GetUser"], Resource: "*", Condition });
const mfa = (...conditions: unknown[]) => ({
  name: "baseline-mfa-required",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: conditions.map(statement) }),
});
const absent = { Null: { "aws:MultiFactorAuthPresent": "true" } };
const without = { Bool: { "aws:MultiFactorAuthPresent": "false" } };
const blocked = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const topic = "arn:aws:sns:us-east-1:123456789012:alerts";
const trail = {
  s3BucketName: bucket,
  isMultiRegionTrail: true,
  enableLogFileValidation: true,
  eventSelectors: [{ includeManagementEvents: true, readWriteType: "All" }],
};
const group = (useOnly: string) => ({ allSupported: false, recordingStrategies: [{ useOnly }] });
const sharing = (settingValue: string) => ({
  settingId: "arn:aws:ssm:us-east-1:123456789012:servicesetting/ssm/documents/console/public-sharing-permission",
  settingValue,
});

const readableBy = (Principal: unknown): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }] });

/** What undoes the baseline, and what does not. */
export const baselinePairs: readonly Pair[] = [
  refused("aws:cloudtrail/trail:Trail", { ...trail, isMultiRegionTrail: false }, trail, "isMultiRegionTrail"),
  refused(
    "aws:cfg/recorder:Recorder",
    { roleArn: "r", recordingGroup: group("INCLUSION_BY_RESOURCE_TYPES") },
    { roleArn: "r", recordingGroup: group("EXCLUSION_BY_RESOURCE_TYPES") },
    "recordingGroup",
    "recordingStrategies",
    0,
    "useOnly",
  ),
  refused("aws:guardduty/detector:Detector", { enable: false }, { enable: true }, "enable"),
  refused("aws:cfg/recorderStatus:RecorderStatus", { isEnabled: false }, { isEnabled: true }, "isEnabled"),
  refused("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }, { enabled: true }, "enabled"),
  refused(
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    { ...blocked, blockPublicPolicy: false },
    blocked,
    "blockPublicPolicy",
  ),
  refused(
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    { state: "unblocked" },
    { state: "block-all-sharing" },
    "state",
  ),
  refused(
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    { state: "unblocked" },
    { state: "block-new-sharing" },
    "state",
  ),
  refused("aws:ssm/serviceSetting:ServiceSetting", sharing("Enable"), sharing("Disable"), "settingValue"),
  warned("aws:guardduty/filter:Filter", { action: "ARCHIVE" }, { action: "NOOP" }, "action"),
  warned(
    "aws:accessanalyzer/archiveRule:ArchiveRule",
    { analyzerName: "a", filters: [{ criteria: "isPublic", eqs: ["true"] }] },
    { analyzerName: "a", filters: [{ criteria: "resource", eqs: ["arn:aws:s3:::site"] }] },
    "filters",
    0,
    "criteria",
  ),
  refused("aws:iam/policy:Policy", mfa(without), mfa(without, absent), "policy"),
  refused(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { name: "baseline-root-use", alarmActions: [topic], actionsEnabled: false },
    { name: "baseline-root-use", alarmActions: [topic], actionsEnabled: true },
    "actionsEnabled",
  ),
  refused(
    "aws:cloudwatch/eventRule:EventRule",
    { name: "baseline-findings", state: "DISABLED" },
    { name: "baseline-findings", state: "ENABLED" },
    "state",
  ),
  ...["bucket:Bucket", "bucketV2:BucketV2"].map((name) =>
    refused(`aws:s3/${name}`, { bucket, forceDestroy: true }, { bucket, forceDestroy: false }, "forceDestroy"),
  ),
  refused("aws:s3/bucketAcl:BucketAcl", { bucket, acl: "public-read" }, { bucket, acl: "private" }, "acl"),
  refused(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { bucket, ...blocked, restrictPublicBuckets: false },
    { bucket, ...blocked },
    "restrictPublicBuckets",
  ),
  refused(
    "aws:s3/bucketPolicy:BucketPolicy",
    { bucket, policy: readableBy("*") },
    { bucket, policy: readableBy({ Service: "cloudtrail.amazonaws.com" }) },
    "policy",
  ),
  refused(
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket, versioningConfiguration: { status: "Suspended" } },
    { bucket, versioningConfiguration: { status: "Enabled" } },
    "versioningConfiguration",
    "status",
  ),
];
