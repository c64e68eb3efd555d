import { type ManagedRule, RuleScope, RuleTrigger } from "./managed-rule";

const once = { scope: RuleScope.account, trigger: RuleTrigger.periodic };

/** What holds for the account as a whole: its trail, its password policy, its switch against public buckets. */
export const accountRules: ManagedRule[] = [
  {
    ...once,
    identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED",
    name: "multi-region-cloudtrail-enabled",
    description: "No trail records the management events of all regions.",
    // The values of Security Hub CloudTrail.1: reads and writes, management events.
    parameters: () => ({ readWriteType: "ALL", includeManagementEvents: "true" }),
    answers: ["CIS 5.0 3.1", "CIS 7.0 4.1", "Security Hub CloudTrail.1"],
  },
  {
    ...once,
    identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    description: "A trail writes no digests, so that nobody can tell whether its log files were edited.",
    answers: ["CIS 5.0 3.2", "CIS 7.0 4.2", "Security Hub CloudTrail.4"],
  },
  {
    ...once,
    identifier: "CLOUD_TRAIL_ENCRYPTION_ENABLED",
    description: "A trail does not encrypt its log files with a KMS key.",
    answers: ["CIS 5.0 3.5", "CIS 7.0 4.5", "Security Hub CloudTrail.2"],
  },
  {
    ...once,
    identifier: "CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED",
    description: "A trail does not deliver to CloudWatch Logs, where the alarms are.",
    answers: ["Security Hub CloudTrail.5"],
  },
  {
    ...once,
    identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    description: "The account does not block public access to all its S3 buckets.",
    parameters: () => ({
      BlockPublicAcls: "True",
      BlockPublicPolicy: "True",
      IgnorePublicAcls: "True",
      RestrictPublicBuckets: "True",
    }),
    answers: ["CIS 5.0 2.1.4", "CIS 7.0 3.1.4", "Security Hub S3.1"],
  },
  {
    ...once,
    identifier: "IAM_PASSWORD_POLICY",
    description: "The password policy of IAM users is weaker than the baseline's.",
    parameters: ({ minimumLength, reusePrevention, maxAgeDays }) => ({
      MinimumPasswordLength: String(minimumLength),
      PasswordReusePrevention: String(reusePrevention),
      MaxPasswordAge: String(maxAgeDays),
      RequireLowercaseCharacters: "true",
      RequireUppercaseCharacters: "true",
      RequireNumbers: "true",
      RequireSymbols: "true",
    }),
    answers: ["CIS 5.0 1.7", "CIS 5.0 1.8", "CIS 7.0 2.8", "CIS 7.0 2.9", "Security Hub IAM.7"],
  },
];
