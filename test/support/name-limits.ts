/** How long a name may be, and what it may be made of. */
export interface Limit {
  /** Characters, at least; 1 when absent. */
  minimum?: number;
  maximum: number;
  /** What the whole must match. */
  pattern?: RegExp;
  source: string;
}

const iamName = /^[\w+=,.@-]+$/;
/** Printable ASCII, roughly: what IAM lets a description hold. */
const plainText = /^[\t\n\r -~\u00A1-\u00FF]*$/;

/** What AWS takes, by resource type and input; sources are pages of the service's API reference unless another is named. */
export const limits: Record<string, Record<string, Limit>> = {
  "aws:accessanalyzer/analyzer:Analyzer": {
    analyzerName: { maximum: 255, pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/, source: "Access Analyzer, CreateAnalyzer" },
  },
  "aws:backup/plan:Plan": {
    name: { maximum: 50, pattern: /^[A-Za-z0-9\-_.]+$/, source: "AWS Backup, BackupPlanInput" },
  },
  "aws:backup/selection:Selection": {
    name: { maximum: 50, pattern: /^[A-Za-z0-9\-_.]+$/, source: "AWS Backup, BackupSelection" },
  },
  "aws:backup/vault:Vault": {
    name: { minimum: 2, maximum: 50, pattern: /^[A-Za-z0-9\-_]+$/, source: "AWS Backup, CreateBackupVault" },
  },
  "aws:budgets/budget:Budget": {
    name: { maximum: 100, pattern: /^(?![^:\\]*\/action\/)[^:\\]+$/, source: "AWS Budgets, Budget" },
  },
  "aws:cfg/deliveryChannel:DeliveryChannel": { name: { maximum: 256, source: "AWS Config, DeliveryChannel" } },
  "aws:cfg/recorder:Recorder": { name: { maximum: 256, source: "AWS Config, ConfigurationRecorder" } },
  "aws:cfg/remediationConfiguration:RemediationConfiguration": {
    configRuleName: { maximum: 64, source: "terraform-provider-aws, aws_config_remediation_configuration" },
  },
  "aws:cfg/rule:Rule": {
    name: { maximum: 128, source: "AWS Config, ConfigRule" },
    description: { maximum: 256, source: "AWS Config, ConfigRule" },
    inputParameters: { maximum: 1024, source: "AWS Config, ConfigRule" },
  },
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    configurationName: {
      maximum: 128,
      pattern: /^[A-Za-z0-9_-]+$/,
      source: "chatbot, CreateSlackChannelConfiguration",
    },
  },
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": {
    configurationName: {
      maximum: 128,
      pattern: /^[A-Za-z0-9_-]+$/,
      source: "chatbot, CreateMicrosoftTeamsChannelConfiguration",
    },
  },
  "aws:cloudtrail/trail:Trail": {
    // Letters, digits, single signs between them.
    name: {
      minimum: 3,
      maximum: 128,
      pattern: /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
      source: "CloudTrail, CreateTrail",
    },
  },
  "aws:cloudwatch/eventBus:EventBus": {
    name: { maximum: 256, pattern: /^[.\-_A-Za-z0-9]+$/, source: "EventBridge, CreateEventBus" },
    description: { maximum: 512, source: "EventBridge, CreateEventBus" },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    name: { maximum: 64, pattern: /^[.\-_A-Za-z0-9]+$/, source: "EventBridge, PutRule" },
    description: { maximum: 512, source: "EventBridge, PutRule" },
    eventPattern: { maximum: 2048, source: "EventBridge User Guide, Amazon EventBridge quotas" },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    targetId: { maximum: 64, pattern: /^[.\-_A-Za-z0-9]+$/, source: "EventBridge, Target" },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    // Names that begin with "aws/" are AWS's own.
    name: { maximum: 512, pattern: /^(?!aws\/)[.\-_/#A-Za-z0-9]+$/, source: "CloudWatch Logs, CreateLogGroup" },
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    name: { maximum: 512, pattern: /^[^:*]+$/, source: "CloudWatch Logs, PutMetricFilter" },
    pattern: { maximum: 1024, source: "CloudWatch Logs, PutMetricFilter" },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: { maximum: 255, source: "CloudWatch, PutMetricAlarm" },
    alarmDescription: { maximum: 1024, source: "CloudWatch, PutMetricAlarm" },
  },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    name: { maximum: 1024, source: "Cost Explorer, AnomalyMonitor" },
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    name: { maximum: 1024, source: "Cost Explorer, AnomalySubscription" },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    name: { maximum: 255, pattern: /^(?!sg-)[\w .\-:/()#,@[\]+=&;{}!$*]+$/, source: "EC2, CreateSecurityGroup" },
    description: { maximum: 255, pattern: /^[\w .\-:/()#,@[\]+=&;{}!$*]+$/, source: "EC2, CreateSecurityGroup" },
  },
  "aws:iam/group:Group": { name: { maximum: 128, pattern: iamName, source: "IAM, CreateGroup" } },
  "aws:iam/policy:Policy": {
    name: { maximum: 128, pattern: iamName, source: "IAM, CreatePolicy" },
    description: { maximum: 1000, source: "IAM, CreatePolicy" },
  },
  "aws:iam/role:Role": {
    name: { maximum: 64, pattern: iamName, source: "IAM, CreateRole" },
    description: { maximum: 1000, pattern: plainText, source: "IAM, CreateRole" },
  },
  "aws:iam/rolePolicy:RolePolicy": { name: { maximum: 128, pattern: iamName, source: "IAM, PutRolePolicy" } },
  "aws:kms/alias:Alias": {
    name: { maximum: 256, pattern: /^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/, source: "KMS, CreateAlias" },
  },
  "aws:kms/key:Key": { description: { maximum: 8192, source: "KMS, CreateKey" } },
  "aws:s3/bucket:Bucket": {
    bucket: {
      minimum: 3,
      maximum: 63,
      pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]*[a-z0-9]$/,
      source: "S3 User Guide, General purpose bucket naming rules",
    },
  },
  "aws:sfn/stateMachine:StateMachine": {
    name: { maximum: 80, pattern: /^[\w-]+$/, source: "Step Functions, CreateStateMachine" },
  },
  "aws:sns/topic:Topic": {
    name: { maximum: 256, pattern: /^[A-Za-z0-9_-]+$/, source: "SNS, CreateTopic" },
    displayName: { maximum: 100, source: "SNS, CreateTopic; terraform-provider-aws, aws_sns_topic" },
  },
  "aws:sqs/queue:Queue": {
    name: { maximum: 80, pattern: /^[\w-]+$/, source: "SQS, CreateQueue" },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    description: { maximum: 255, pattern: /^[\w .\-:/()#,@[\]+=&;{}!$*]+$/, source: "EC2, IpRange" },
  },
};

export function describeLimit({ minimum = 1, maximum, pattern, source }: Limit): string {
  return `${minimum} to ${maximum} characters${pattern ? ` like ${String(pattern)}` : ""} (${source})`;
}
