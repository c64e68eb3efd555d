import { type Case, REGION } from "./case";

type Before = NonNullable<Case["before"]>;

const ROLE = "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";

const withRecorder: Before = async (make) => ({
  recorder: (await make("aws:cfg/recorder:Recorder", { region: REGION, name: "default", roleArn: ROLE })).id,
});
const withChannel: Before = async (make, clients) => {
  const there = await withRecorder(make, clients);
  await make("aws:cfg/deliveryChannel:DeliveryChannel", { region: REGION, name: "default", s3BucketName: "history" });
  return there;
};

/** What AWS Config records, and what it makes of it. */
export const recordingCases: Case[] = [
  {
    type: "aws:cfg/recorder:Recorder",
    inputs: () => ({
      region: REGION,
      name: "default",
      roleArn: ROLE,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: {
        recordingFrequency: "DAILY",
        recordingModeOverride: { recordingFrequency: "CONTINUOUS", resourceTypes: ["AWS::IAM::User"] },
      },
    }),
    drift: {
      paths: [
        "recordingGroup.allSupported",
        "recordingGroup.includeGlobalResourceTypes",
        "recordingMode.recordingFrequency",
        "recordingMode.recordingModeOverride",
      ],
      change: (clients, { id }) =>
        clients.config(REGION).putConfigurationRecorder({
          ConfigurationRecorder: {
            name: id,
            roleARN: ROLE,
            recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] },
          },
        }),
    },
    update: (inputs) => ({
      ...inputs,
      recordingGroup: {
        allSupported: false,
        exclusionByResourceTypes: [{ resourceTypes: ["AWS::IAM::User", "AWS::IAM::Role"] }],
        recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
      },
      recordingMode: { recordingFrequency: "CONTINUOUS" },
    }),
  },
  {
    type: "aws:cfg/recorderStatus:RecorderStatus",
    before: withChannel,
    inputs: ({ recorder }) => ({ region: REGION, name: recorder, isEnabled: true }),
    drift: {
      paths: ["isEnabled"],
      change: (clients, { id }) => clients.config(REGION).stopConfigurationRecorder({ ConfigurationRecorderName: id }),
    },
    update: (inputs) => ({ ...inputs, isEnabled: false }),
    stays: true,
  },
  {
    type: "aws:cfg/deliveryChannel:DeliveryChannel",
    before: withRecorder,
    inputs: () => ({
      region: REGION,
      name: "default",
      s3BucketName: "history",
      s3KeyPrefix: "config",
      s3KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/x",
      snsTopicArn: "arn:aws:sns:eu-west-1:123456789012:changes",
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    }),
    drift: {
      paths: ["s3BucketName", "s3KeyPrefix", "s3KmsKeyArn", "snsTopicArn", "snapshotDeliveryProperties"],
      change: (clients, { id }) =>
        clients.config(REGION).putDeliveryChannel({ DeliveryChannel: { name: id, s3BucketName: "elsewhere" } }),
    },
    update: (inputs) => ({
      ...inputs,
      s3BucketName: "other",
      snapshotDeliveryProperties: { deliveryFrequency: "One_Hour" },
    }),
  },
  {
    type: "aws:cfg/rule:Rule",
    before: withRecorder,
    inputs: () => ({
      region: REGION,
      name: "access-keys-rotated",
      description: "d",
      source: { owner: "AWS", sourceIdentifier: "ACCESS_KEYS_ROTATED" },
      inputParameters: JSON.stringify({ maxAccessKeyAge: "90" }),
      maximumExecutionFrequency: "TwentyFour_Hours",
      scope: { complianceResourceTypes: ["AWS::IAM::User"] },
      evaluationModes: [{ mode: "DETECTIVE" }],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["inputParameters", "maximumExecutionFrequency", "scope", "description"],
      change: (clients, { id }) =>
        clients.config(REGION).putConfigRule({
          ConfigRule: {
            ConfigRuleName: id,
            Source: { Owner: "AWS", SourceIdentifier: "ACCESS_KEYS_ROTATED" },
            InputParameters: JSON.stringify({ maxAccessKeyAge: "3650" }),
          },
        }),
    },
    update: (inputs) => ({
      ...inputs,
      source: { owner: "AWS", sourceIdentifier: "IAM_PASSWORD_POLICY" },
      inputParameters: JSON.stringify({ MinimumPasswordLength: "14" }),
      scope: { tagKey: "stage", tagValue: "prod" },
      tags: { b: "2" },
    }),
  },
  {
    type: "aws:cfg/remediationConfiguration:RemediationConfiguration",
    inputs: () => ({
      region: REGION,
      configRuleName: "restricted-ssh",
      resourceType: "AWS::EC2::SecurityGroup",
      targetType: "SSM_DOCUMENT",
      targetId: "AWS-DisablePublicAccessForSecurityGroup",
      parameters: [{ name: "GroupId", resourceValue: "RESOURCE_ID" }],
      automatic: true,
      maximumAutomaticAttempts: 3,
      retryAttemptSeconds: 60,
    }),
    update: (inputs) => ({ ...inputs, automatic: false }),
    stays: true,
  },
];
