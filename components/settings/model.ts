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
  alertChannel: AlertChannelOptions;
  mfaEnforcement: MfaEnforcementSettings;
  passwordPolicy: PasswordPolicySettings;
  auditTrail: AuditTrailSettings;
  threatDetection: ThreatDetectionSettings;
}

export interface AlertChannelOptions {
  /** Mailboxes that get the alerts. Each must confirm once, from a mail AWS sends. */
  emails: string[];
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
