/** The stack's settings: complete, validated, defaulted. What each means to a user stands in Pulumi.yaml. */
export interface BaselineSettings {
  /** Region of what exists once per account. */
  homeRegion: string;
  /** Enabled regions that are left alone. */
  excludeRegions: string[];
  /** Start of every name in AWS. */
  namePrefix: string;
  /** For everything that takes tags. */
  tags: Record<string, string>;
  /** Name of the policy that bounds every role the baseline makes; empty for none. */
  permissionsBoundary: string;
  /** ARNs of the roles and users that alone may change how log buckets and keys are kept; none to refuse only CI. */
  trustedAdministrators: string[];
  alertChannel: AlertChannelOptions;
  mfaEnforcement: MfaEnforcementSettings;
  passwordPolicy: PasswordPolicySettings;
  supportRole: SupportRoleSettings;
  securityContact: SecurityContactSettings;
  auditTrail: AuditTrailSettings;
  trailAlarms: TrailAlarmsSettings;
  iamAlerts: IamAlertsSettings;
  threatDetection: ThreatDetectionSettings;
  leakResponse: LeakResponseSettings;
  configRecording: ConfigRecordingSettings;
  complianceRules: ComplianceRulesSettings;
  externalAccess: ExternalAccessSettings;
  accountGuards: AccountGuardsSettings;
  ssmEndpoints: SsmEndpointsSettings;
  billingAlarm: BillingAlarmSettings;
  backup: BackupSettings;
  adopt: AdoptSettings;
}

/** What the account had before the baseline came. */
export interface AdoptSettings {
  /** Ids of what exists and is taken over, by the name of the resource in the program; `id@region` where it is regional. */
  import: Record<string, string>;
  /** Controls that are left out: `Control`, or `Control@region`. */
  skip: string[];
}

export interface AlertChannelOptions {
  /** Mailboxes that get the alerts. Each must confirm once, from a mail AWS sends. */
  emails: string[];
  /** Slack channels; the workspace must have been authorised once in the console of Amazon Q Developer. */
  slack: SlackChannel[];
  /** Microsoft Teams channels; the team must have been authorised once in the console of Amazon Q Developer. */
  teams: TeamsChannel[];
}

export interface SlackChannel {
  /** Such as `T07EA123LEP`. */
  workspaceId: string;
  /** Such as `C07EZ1ABC23`. */
  channelId: string;
}

export interface TeamsChannel {
  tenantId: string;
  teamId: string;
  channelId: string;
}

export interface MfaEnforcementSettings {
  enabled: boolean;
  /** IAM users to cover; `all-human-users` stands for all there are at run time. */
  users: string[];
  /** Existing IAM groups that get the policy too. */
  groups: string[];
  /** IAM users left out of `all-human-users`. */
  exemptUsers: string[];
}

export interface PasswordPolicyOptions {
  /** Characters, 6 to 128. */
  minimumLength: number;
  /** How many earlier passwords may not be used again, 1 to 24. */
  reusePrevention: number;
  /** Days until a password must be changed, 1 to 1095. */
  maxAgeDays: number;
}

export interface PasswordPolicySettings extends PasswordPolicyOptions {
  enabled: boolean;
}

export interface SupportRoleOptions {
  /** ARNs of the users, roles or account roots who may take the role; none stands for everybody in the account. */
  principals: string[];
}

export interface SupportRoleSettings extends SupportRoleOptions {
  enabled: boolean;
}

/** Whom AWS calls about security. */
export interface SecurityContactOptions {
  name: string;
  title: string;
  email: string;
  phoneNumber: string;
}

export interface SecurityContactSettings extends SecurityContactOptions {
  enabled: boolean;
}

export interface AuditTrailOptions {
  /** Days the CloudWatch log group keeps events; one of the periods CloudWatch Logs offers. */
  logGroupRetentionDays: number;
  /** Days until log files move to Glacier Instant Retrieval; 0 = never. */
  archiveAfterDays: number;
  /** Days until log files expire; 0 = never. */
  expireAfterDays: number;
  /** Days of Object Lock in compliance mode; 0 = no lock. */
  objectLockDays: number;
  /** CloudTrail Insights on call and error rate. Billed per 100,000 events analysed. */
  insights: boolean;
  /** Resource types whose data events are logged, such as `AWS::S3::Object`. Billed per 100,000 events. */
  dataEvents: string[];
}

export interface AuditTrailSettings extends AuditTrailOptions {
  enabled: boolean;
}

export interface ThreatDetectionOptions {
  /** How often updated findings are published: `FIFTEEN_MINUTES`, `ONE_HOUR` or `SIX_HOURS`. */
  publishingFrequency: string;
  /** `ENABLED` or `DISABLED` by protection plan, over the baseline's defaults. */
  features: Record<string, string>;
  /** Protection plans that do not exist in a region, by region, beside those the baseline knows of. */
  unavailableFeatures: Record<string, string[]>;
}

export interface ThreatDetectionSettings extends ThreatDetectionOptions {
  enabled: boolean;
  /** Findings from this severity on raise an alert, 0 to 10. */
  minimumSeverity: number;
}

export interface TrailAlarmsOptions {
  /** Alarms that exist, for benchmarks and dashboards, but tell nobody; ids such as `unauthorized-api-calls`. */
  quiet: string[];
  /** Denied calls within the period from which on `denied-api-calls` is raised. */
  deniedCallsThreshold: number;
  /** The period, in minutes. */
  deniedCallsMinutes: number;
  /** API events that `denied-api-calls` does not count, such as `HeadBucket`. */
  ignoredEvents: string[];
  /** Source addresses (of AWS services too) that `denied-api-calls` does not count. */
  ignoredSources: string[];
}

export interface TrailAlarmsSettings extends TrailAlarmsOptions {
  enabled: boolean;
}

export interface IamAlertsOptions {
  /** Names of IAM roles whose changes raise no alert, such as that of the deployment. What they do stays on record. */
  ignoredRoles: string[];
}

export interface IamAlertsSettings extends IamAlertsOptions {
  enabled: boolean;
}

export interface LeakResponseOptions {
  /** `notify` finds the owner and tells people; `contain` deactivates keys and revokes sessions as well. */
  mode: string;
  /** IAM users whose keys are only told about. */
  exemptUsers: string[];
  /** IAM roles whose sessions are only told about. */
  exemptRoles: string[];
  /** In `contain`: IAM roles that are denied everything; of others, people are told. */
  containRoles: string[];
  /** In `contain`: the owner of a leaked key is denied everything too. */
  denyUser: boolean;
}

export interface LeakResponseSettings extends LeakResponseOptions {
  enabled: boolean;
}

export interface ConfigRecordingOptions {
  /** `CONTINUOUS` or `DAILY`; daily records are fewer and cost less on the whole where resources change often. */
  frequency: string;
  /** Resource types not to record, such as `AWS::Config::ResourceCompliance`. */
  excludeResourceTypes: string[];
}

export interface ConfigRecordingSettings extends ConfigRecordingOptions {
  enabled: boolean;
}

export interface ComplianceRulesOptions {
  /** Days after which an access key should have been rotated. */
  maxAccessKeyAgeDays: number;
  /** Days without use after which a password or an access key counts as unused. */
  unusedCredentialDays: number;
  /** Identifiers of rules to leave out, such as `S3_BUCKET_PUBLIC_READ_PROHIBITED`. */
  excludeRules: string[];
  /** Deactivate access keys and delete console passwords unused for so long, by AWS's own SSM document. */
  revokeUnusedCredentials: boolean;
}

export interface ComplianceRulesSettings extends ComplianceRulesOptions {
  enabled: boolean;
}

export interface ExternalAccessOptions {
  /** An analyzer of unused access too, once per account. Billed per IAM user and role analysed. */
  unusedAccess: boolean;
  /** Days without use after which access counts as unused. */
  unusedAccessDays: number;
}

export interface ExternalAccessSettings extends ExternalAccessOptions {
  enabled: boolean;
}

export interface AccountGuardsOptions {
  /** No S3 bucket of the account can be made public. */
  blockPublicBuckets: boolean;
  /** New EBS volumes are encrypted. */
  encryptVolumes: boolean;
  /** EBS snapshots cannot be shared publicly, nor are they any more. */
  blockPublicSnapshots: boolean;
  /** AMIs cannot be shared publicly any more. */
  blockPublicImages: boolean;
  /** New instances demand session tokens of their metadata service. */
  requireImdsV2: boolean;
  /** Systems Manager documents cannot be shared publicly. */
  blockPublicDocuments: boolean;
  /** Remove all rules from the default security group of default VPCs. What relies on them loses its network. */
  closeDefaultSecurityGroups: boolean;
}

export interface AccountGuardsSettings extends AccountGuardsOptions {
  enabled: boolean;
}

/** A VPC whose instances are reached through Systems Manager instead of SSH. */
export interface EndpointVpc {
  region: string;
  /** Such as `vpc-0123456789abcdef0`. */
  vpcId: string;
  /** Subnets for the interface endpoints, one per availability zone; none stands for one of each zone. */
  subnetIds: string[];
  /** Route tables that get a way to S3; none stands for all of the VPC. */
  routeTableIds: string[];
}

export interface SsmEndpointsSettings {
  enabled: boolean;
  vpcs: EndpointVpc[];
  /** Beside `ssm` and `ssmmessages`: `ec2messages` (agents older than 3.3.40.0), `kms`, `logs`. */
  optionalServices: string[];
}

export interface BillingAlarmOptions {
  /** US dollars a month. */
  monthlyBudget: number;
  /** Shares of the budget, in percent, at which to raise an alarm. */
  alarmPercents: number[];
  /** Watch for unusual cost as well. */
  costAnomalies: boolean;
  /** US dollars that an anomaly must come to for an alert. */
  anomalyImpact: number;
  /** ARN of the account's monitor for AWS services where there is one already; empty to make one. AWS allows one. */
  anomalyMonitorArn: string;
}

export interface BillingAlarmSettings extends BillingAlarmOptions {
  enabled: boolean;
}

export interface BackupOptions {
  /** Resources that bear this tag are backed up. */
  tagKey: string;
  tagValue: string;
  /** Days until a backup expires. */
  retentionDays: number;
  /** Days until nobody, not even root, can lift the lock any more; 0 = those with the right to can lift it. */
  complianceLockAfterDays: number;
  /** The `retentionDays` for which the lock was made; 0 = those of now. To be set before `retentionDays` is raised. */
  lockRetentionDays?: number;
}

export interface BackupSettings extends BackupOptions {
  enabled: boolean;
  /** Regions with a vault; none stands for the home region. */
  regions: string[];
}
