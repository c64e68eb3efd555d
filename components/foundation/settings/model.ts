// Generated from components/*/settings.ts by `npm run docs`; edit there.

/** The stack's settings: complete, validated, with the defaults filled in. */
export interface BaselineSettings {
  /** Region of what exists once per account: trail, buckets, alert topic. */
  homeRegion: string;
  /** Enabled regions to leave alone. */
  excludeRegions: string[];
  /** Start of every name in AWS: lower-case letters, digits and single hyphens, at most 20. */
  namePrefix: string;
  /** Tags for everything that takes tags, in addition to baseline:project, baseline:control and baseline:version. */
  tags: Record<string, string>;
  /** Name of an IAM policy of the account that every role of the baseline gets as its permissions boundary. */
  permissionsBoundary: string;
  /**
   * ARNs of the roles and users that alone may change the log buckets and the policies of the keys, such as
   * arn:aws:iam::123456789012:role/break-glass.
   */
  trustedAdministrators: string[];
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
  vpcFlowLogs: VpcFlowLogsSettings;
  billingAlarm: BillingAlarmSettings;
  alertChannel: AlertChannelSettings;
  backup: BackupSettings;
  adopt: AdoptSettings;
}

export interface MfaEnforcementOptions {
  /** IAM users to cover; all-human-users stands for every user of the account, found at run time. */
  users: string[];
  /** Existing IAM groups that get the policy too. */
  groups: string[];
  /** IAM users left out of all-human-users, such as those of automation that cannot have MFA. */
  exemptUsers: string[];
}

/** IAM users who can do nothing without MFA but sign in and enrol a device. */
export interface MfaEnforcementSettings extends MfaEnforcementOptions {
  enabled: boolean;
}

export interface PasswordPolicyOptions {
  /** Characters, 6 to 128. */
  minimumLength: number;
  /** How many earlier passwords may not be used again, 1 to 24. */
  reusePrevention: number;
  /** Days until a password must be changed, 1 to 1095. */
  maxAgeDays: number;
}

/** Passwords of IAM users. */
export interface PasswordPolicySettings extends PasswordPolicyOptions {
  enabled: boolean;
}

export interface SupportRoleOptions {
  /**
   * ARNs of the users, roles or account roots that may take the role; none stands for everybody in the account
   * whom IAM lets.
   */
  principals: string[];
}

/** Off: it grants something. */
export interface SupportRoleSettings extends SupportRoleOptions {
  enabled: boolean;
}

export interface SecurityContactOptions {
  /** Name of the person or team. */
  name: string;
  /** Their title. */
  title: string;
  /** Their e-mail address. */
  email: string;
  /** Their telephone number, with the country code. */
  phoneNumber: string;
}

/** Off: only you know it. */
export interface SecurityContactSettings extends SecurityContactOptions {
  enabled: boolean;
}

export interface AuditTrailOptions {
  /**
   * Days the CloudWatch log group keeps events; one of the periods CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60,
   * 90, 120, 150, 180, 365, 400, 545, 731 and longer ones.
   */
  logGroupRetentionDays: number;
  /** Days until log files in S3 move to Glacier Instant Retrieval; 0 = never. */
  archiveAfterDays: number;
  /** Days until log files expire; 0 = never. */
  expireAfterDays: number;
  /**
   * Days of Object Lock in compliance mode, within which nobody, not even root, can delete a log file; 0 = no
   * lock.
   */
  objectLockDays: number;
  /** CloudTrail Insights on call and error rate. */
  insights: boolean;
  /** Resource types whose data events are logged: AWS::S3::Object, AWS::Lambda::Function, AWS::DynamoDB::Table. */
  dataEvents: string[];
}

/** The record of every API call. */
export interface AuditTrailSettings extends AuditTrailOptions {
  enabled: boolean;
}

export interface TrailAlarmsOptions {
  /** Alarms that exist, for benchmarks and dashboards, but notify nobody. */
  quiet: string[];
  /** Denied calls within deniedCallsMinutes from which on denied-api-calls is raised. */
  deniedCallsThreshold: number;
  /** The period, in minutes. */
  deniedCallsMinutes: number;
  /** API events that denied-api-calls does not count. */
  ignoredEvents: string[];
  /** Source addresses, of AWS services too, that denied-api-calls does not count. */
  ignoredSources: string[];
}

/** Alarms on the trail's log group. */
export interface TrailAlarmsSettings extends TrailAlarmsOptions {
  enabled: boolean;
}

export interface IamAlertsOptions {
  /** Names of IAM roles whose changes raise no alert, such as that of the deployment. */
  ignoredRoles: string[];
}

/** Alerts on changes to IAM, sign-ins, and attempts to stop detection. */
export interface IamAlertsSettings extends IamAlertsOptions {
  enabled: boolean;
}

export interface ThreatDetectionOptions {
  /** How often updated findings are published: FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS. */
  publishingFrequency: string;
  /** ENABLED or DISABLED by protection plan, over the baseline's defaults (all ENABLED but RUNTIME_MONITORING). */
  features: Record<string, string>;
  /** Protection plans that do not exist in a region, by region, in addition to those the baseline knows of. */
  unavailableFeatures: Record<string, string[]>;
  /** Findings from this severity on raise an alert, 0 to 10: 4 is medium, 7 high, 9 critical. */
  minimumSeverity: number;
}

/** GuardDuty. */
export interface ThreatDetectionSettings extends ThreatDetectionOptions {
  enabled: boolean;
}

export interface LeakResponseOptions {
  /**
   * notify finds the owner and informs people. contain also deactivates the key (it never deletes it), if the
   * source confirms the leak.
   */
  mode: string;
  /** IAM users whose keys are only reported, at most 15. */
  exemptUsers: string[];
  /** IAM roles whose sessions are only reported, at most 15. */
  exemptRoles: string[];
  /**
   * In contain: IAM roles that are denied everything, new sessions too, until somebody detaches AWSDenyAll; other
   * roles are only reported.
   */
  containRoles: string[];
  /** In contain: the owner of a leaked key is denied everything too, until somebody detaches AWSDenyAll. */
  denyUser: boolean;
}

/** What happens when AWS Health, GuardDuty or a quarantine says that somebody else has an access key. */
export interface LeakResponseSettings extends LeakResponseOptions {
  enabled: boolean;
}

export interface ConfigRecordingOptions {
  /** CONTINUOUS or DAILY; daily records are fewer, and cost less on the whole where resources change often. */
  frequency: string;
  /** Resource types not to record, such as AWS::Config::ResourceCompliance, which repeats what the rules say. */
  excludeResourceTypes: string[];
}

/** The part of the bill that grows with the account: a price per recorded item. */
export interface ConfigRecordingSettings extends ConfigRecordingOptions {
  enabled: boolean;
}

export interface ComplianceRulesOptions {
  /** Days after which an access key should have been rotated. */
  maxAccessKeyAgeDays: number;
  /** Days without use after which a password or an access key counts as unused. */
  unusedCredentialDays: number;
  /** Identifiers of rules to leave out, such as S3_BUCKET_PUBLIC_READ_PROHIBITED. */
  excludeRules: string[];
  /**
   * Deactivate access keys and delete console passwords unused for so long, without asking, by AWS's own SSM
   * document.
   */
  revokeUnusedCredentials: boolean;
}

/** Rules of AWS Config. */
export interface ComplianceRulesSettings extends ComplianceRulesOptions {
  enabled: boolean;
}

export interface ExternalAccessOptions {
  /** An analyzer of unused access too, once per account. */
  unusedAccess: boolean;
  /** Days without use after which access counts as unused. */
  unusedAccessDays: number;
}

/** IAM Access Analyzer. */
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
  /** Remove all rules from the default security group of default VPCs. */
  closeDefaultSecurityGroups: boolean;
}

/** Settings of the account. */
export interface AccountGuardsSettings extends AccountGuardsOptions {
  enabled: boolean;
}

export interface SsmEndpointsOptions {
  /**
   * VPCs whose instances are reached through Systems Manager instead of SSH: region, vpcId and, if not all are
   * meant, subnetIds (one per availability zone) and routeTableIds (that get a way to S3).
   */
  vpcs: EndpointVpc[];
  /**
   * Beside ssm and ssmmessages: ec2messages (agents older than 3.3.40.0), kms and logs (encrypted, logged
   * sessions).
   */
  optionalServices: string[];
}

/** Session Manager instead of open SSH, for the VPCs listed. */
export interface SsmEndpointsSettings extends SsmEndpointsOptions {
  enabled: boolean;
}

export interface VpcFlowLogsOptions {
  /**
   * VPCs whose traffic is recorded, by region and vpcId; none stands for every VPC of every covered region, found
   * at run time.
   */
  vpcs: LoggedVpc[];
  /**
   * REJECT records what security groups and network ACLs refuse; ALL also what they accept, which is many times
   * more.
   */
  trafficType: string;
  /**
   * cloud-watch-logs delivers to one log group in each region, s3 to one bucket in the home region, which costs
   * about half.
   */
  destination: string;
  /** Days the records are kept; one of the periods CloudWatch Logs offers. */
  retentionDays: number;
}

/** Off: flow logs are billed per GB. */
export interface VpcFlowLogsSettings extends VpcFlowLogsOptions {
  enabled: boolean;
}

export interface BillingAlarmOptions {
  /** US dollars a month: what the account normally costs. */
  monthlyBudget: number;
  /** Shares of the budget, in percent, at which to raise an alarm. */
  alarmPercents: number[];
  /** Watch for unusual cost of any AWS service as well. */
  costAnomalies: boolean;
  /** US dollars that an anomaly must come to for an alert. */
  anomalyImpact: number;
  /** ARN of the account's monitor for AWS services where there is one; empty to make one. */
  anomalyMonitorArn: string;
}

/** Alarms on charges, a budget with a forecast, and cost anomalies. */
export interface BillingAlarmSettings extends BillingAlarmOptions {
  enabled: boolean;
}

/** Whom the alerts reach. */
export interface AlertChannelSettings {
  /** Mailboxes that get the alerts. */
  emails: string[];
  /** Slack channels, by workspaceId and channelId. */
  slack: SlackChannel[];
  /** Microsoft Teams channels, by tenantId, teamId and channelId. */
  teams: TeamsChannel[];
}

export interface BackupOptions {
  /** Regions with a vault; none stands for the home region. */
  regions: string[];
  /** Name of the tag that resources (EBS volumes, RDS databases) bear which are backed up daily. */
  tagKey: string;
  /** Value of that tag. */
  tagValue: string;
  /** Days until a backup expires. */
  retentionDays: number;
  /** Days until nobody, not even root, can lift the lock any more; 0 = those with the right to can lift it. */
  complianceLockAfterDays: number;
  /** The retentionDays for which the lock was made; 0 = those of now. */
  lockRetentionDays: number;
}

/** Off: what to back up, and for how long, is a decision of its own. */
export interface BackupSettings extends BackupOptions {
  enabled: boolean;
}

/** What the account had before. */
export interface AdoptSettings {
  /**
   * Ids of what exists already and is taken over, by the name of the resource in the program (id@region where it
   * is regional).
   */
  import: Record<string, string>;
  /** Controls that are left out, in one region or everywhere, as Control@region or Control. */
  skip: string[];
}

export interface EndpointVpc {
  region: string;
  /** Such as vpc-0123456789abcdef0. */
  vpcId: string;
  /** Subnets for the interface endpoints, one per availability zone; none stands for one of each zone. */
  subnetIds: string[];
  /** Route tables that get a way to S3; none stands for all of the VPC. */
  routeTableIds: string[];
}

export interface LoggedVpc {
  region: string;
  /** Such as vpc-0123456789abcdef0. */
  vpcId: string;
}

export interface SlackChannel {
  /** Such as T07EA123LEP. */
  workspaceId: string;
  /** Such as C07EZ1ABC23. */
  channelId: string;
}

export interface TeamsChannel {
  tenantId: string;
  teamId: string;
  channelId: string;
}
