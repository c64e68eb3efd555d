import { type DriftCase } from "./drift-case";
import { ofControls } from "../support/of-controls";

const wideOpen = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const anybody = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "sts:AssumeRole" }],
});

/** One for each control there is; a test holds the two lists together. */
export const driftCases: DriftCase[] = [
  {
    control: "MfaEnforcement",
    says: "the policy that asks for MFA allows everything",
    tamper: ({ aws, accountId }) =>
      aws.iam().createPolicyVersion({
        PolicyArn: `arn:aws:iam::${accountId}:policy/baseline-mfa-required`,
        PolicyDocument: wideOpen,
        SetAsDefault: true,
      }),
    type: "Policy",
    properties: ["policy"],
    severity: "critical",
  },
  {
    control: "PasswordPolicy",
    says: "any password will do",
    tamper: ({ aws }) => aws.iam().deleteAccountPasswordPolicy({}),
    type: "AccountPasswordPolicy",
    change: "deleted",
    severity: "high",
  },
  {
    control: "SupportRole",
    says: "a stranger may take the role",
    tamper: ({ aws }) => aws.iam().updateAssumeRolePolicy({ RoleName: "baseline-support", PolicyDocument: anybody }),
    type: "Role",
    properties: ["assumeRolePolicy"],
    severity: "high",
  },
  {
    control: "SecurityContact",
    says: "AWS writes to somebody else",
    tamper: ({ aws }) =>
      aws.account().putAlternateContact({
        AlternateContactType: "SECURITY",
        Name: "Security",
        EmailAddress: "nobody@example.com",
        PhoneNumber: "+1 206 555 0100",
        Title: "Security",
      }),
    type: "AlternativeContact",
    properties: ["emailAddress"],
    severity: "medium",
  },
  {
    control: "AuditTrail",
    says: "the trail is stopped",
    tamper: ({ aws, home }) => aws.cloudtrail(home).stopLogging({ Name: "baseline-trail" }),
    type: "Trail",
    region: ({ home }) => home,
    properties: ["enableLogging"],
    severity: "critical",
  },
  {
    control: "TrailAlarms",
    says: "an alarm is silenced",
    tamper: ({ aws, home }) => aws.cloudwatch(home).disableAlarmActions({ AlarmNames: ["baseline-root-use"] }),
    type: "MetricAlarm",
    region: ({ home }) => home,
    properties: ["actionsEnabled"],
    severity: "high",
  },
  {
    control: "IamAlerts",
    says: "a rule is switched off",
    tamper: ({ aws, away }) => aws.events(away).disableRule({ Name: "baseline-detection-change" }),
    type: "EventRule",
    region: ({ away }) => away,
    properties: ["state"],
    severity: "high",
  },
  {
    control: "ThreatDetection",
    says: "a detector is deleted",
    tamper: async ({ aws, away }) => {
      const { DetectorIds: [DetectorId] = [] } = await aws.guardduty(away).listDetectors({});
      await aws.guardduty(away).deleteDetector({ DetectorId });
    },
    type: "Detector",
    region: ({ away }) => away,
    change: "deleted",
    severity: "critical",
  },
  {
    control: "FindingAlert",
    says: "findings reach nobody",
    tamper: async ({ aws, home }) => {
      const Rule = "baseline-guardduty-finding";
      const { Targets = [] } = await aws.events(home).listTargetsByRule({ Rule });
      await aws.events(home).removeTargets({ Rule, Ids: [Targets[0]?.Id ?? ""] });
    },
    type: "EventTarget",
    region: ({ home }) => home,
    change: "deleted",
    severity: "high",
  },
  {
    control: "LeakResponse",
    says: "a leaked key is answered by nothing at all",
    tamper: ({ aws, accountId, home }) =>
      aws.sfn(home).updateStateMachine({
        stateMachineArn: `arn:aws:states:${home}:${accountId}:stateMachine:baseline-leak-response`,
        definition: JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } }),
      }),
    type: "StateMachine",
    region: ({ home }) => home,
    properties: ["definition"],
    severity: "high",
  },
  {
    control: "ConfigRecording",
    says: "a recorder is stopped",
    tamper: ({ aws }) =>
      aws.config("us-east-1").stopConfigurationRecorder({ ConfigurationRecorderName: "baseline-recorder" }),
    type: "RecorderStatus",
    region: () => "us-east-1",
    properties: ["isEnabled"],
    severity: "critical",
  },
  {
    control: "ComplianceRules",
    says: "a rule is deleted",
    tamper: ({ aws, home }) =>
      aws.config(home).deleteConfigRule({ ConfigRuleName: "baseline-iam-root-access-key-check" }),
    type: "Rule",
    region: ({ home }) => home,
    change: "deleted",
    severity: "medium",
  },
  {
    control: "ExternalAccess",
    says: "an analyzer is deleted",
    skipped: "the emulator has no API for analyzers: they are recorded only, and nobody can tamper with a record",
  },
  {
    control: "AccountGuards",
    says: "buckets may be made public",
    tamper: ({ aws, accountId }) => aws.s3control().deletePublicAccessBlock({ AccountId: accountId }),
    type: "AccountPublicAccessBlock",
    change: "deleted",
    severity: "critical",
  },
  {
    control: "SsmEndpoints",
    says: "an endpoint is deleted",
    tamper: async ({ aws, away }) => {
      const { VpcEndpoints = [] } = await aws.ec2(away).describeVpcEndpoints({});
      const endpoint = VpcEndpoints.find(({ ServiceName }) => ServiceName?.endsWith(".ssmmessages"));
      await aws.ec2(away).deleteVpcEndpoints({ VpcEndpointIds: [endpoint?.VpcEndpointId ?? ""] });
    },
    type: "VpcEndpoint",
    region: ({ away }) => away,
    change: "deleted",
    severity: "high",
  },
  {
    control: "BillingAlarm",
    says: "the budget is deleted",
    tamper: ({ aws, accountId }) =>
      aws.budgets().deleteBudget({ AccountId: accountId, BudgetName: "baseline-monthly-cost" }),
    type: "Budget",
    change: "deleted",
    severity: "medium",
  },
  {
    control: "AlertChannel",
    says: "anybody may read the alerts",
    tamper: ({ aws, accountId, home }) => {
      const TopicArn = `arn:aws:sns:${home}:${accountId}:baseline-alerts`;
      const statement = { Effect: "Allow", Principal: "*", Action: "sns:Subscribe", Resource: TopicArn };
      const AttributeValue = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      return aws.sns(home).setTopicAttributes({ TopicArn, AttributeName: "Policy", AttributeValue });
    },
    type: "TopicPolicy",
    region: ({ home }) => home,
    properties: ["policy"],
    severity: "critical",
  },
  {
    control: "Backup",
    says: "the vault is unlocked",
    tamper: ({ aws, home }) =>
      aws.backup(home).deleteBackupVaultLockConfiguration({ BackupVaultName: "baseline-backup" }),
    type: "VaultLockConfiguration",
    region: ({ home }) => home,
    properties: ["minRetentionDays", "maxRetentionDays"],
    severity: "critical",
  },
  ...ofControls.map(({ driftCase }) => driftCase),
];
