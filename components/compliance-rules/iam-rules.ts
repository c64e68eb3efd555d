import { type ManagedRule, RuleScope, RuleTrigger } from "./managed-rule";

const iam = { scope: RuleScope.iam };

/** What lets a leaked key in, and how far it gets. The rule on unused credentials can also be acted upon. */
export const UNUSED_CREDENTIALS = "IAM_USER_UNUSED_CREDENTIALS_CHECK";

export const iamRules: ManagedRule[] = [
  {
    ...iam,
    identifier: "ACCESS_KEYS_ROTATED",
    trigger: RuleTrigger.periodic,
    description: "An active access key is older than allowed; the older, the more places it may have leaked from.",
    parameters: ({ maxAccessKeyAgeDays }) => ({ maxAccessKeyAge: String(maxAccessKeyAgeDays) }),
    answers: ["CIS 5.0 1.13", "CIS 7.0 2.12", "Security Hub IAM.3"],
  },
  {
    ...iam,
    identifier: UNUSED_CREDENTIALS,
    trigger: RuleTrigger.periodic,
    description:
      "A password or an active access key of an IAM user has not been used for so long that nobody needs it.",
    parameters: ({ unusedCredentialDays }) => ({ maxCredentialUsageAge: String(unusedCredentialDays) }),
    // CIS asks for 45 days, which the setting allows; the default is that of IAM.8.
    answers: ["Security Hub IAM.8"],
  },
  {
    ...iam,
    identifier: "IAM_USER_MFA_ENABLED",
    trigger: RuleTrigger.periodic,
    description: "An IAM user has no MFA device; an access key works without one.",
    answers: ["Security Hub IAM.19"],
  },
  {
    ...iam,
    identifier: "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
    trigger: RuleTrigger.periodic,
    description: "An IAM user has a console password and no MFA device.",
    answers: ["CIS 5.0 1.9", "CIS 7.0 2.10", "Security Hub IAM.5"],
  },
  {
    ...iam,
    identifier: "ROOT_ACCOUNT_MFA_ENABLED",
    trigger: RuleTrigger.periodic,
    description: "The root user has no MFA device.",
    // Their accounts have no root user to sign in with.
    unavailableIn: ["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1"],
    answers: ["CIS 5.0 1.4", "CIS 7.0 2.5", "Security Hub IAM.9"],
  },
  {
    ...iam,
    identifier: "IAM_ROOT_ACCESS_KEY_CHECK",
    trigger: RuleTrigger.periodic,
    description: "The root user has an access key: whoever finds it owns the account, and no policy stops them.",
    answers: ["CIS 5.0 1.3", "CIS 7.0 2.4", "Security Hub IAM.4"],
  },
  {
    ...iam,
    identifier: "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
    trigger: RuleTrigger.changes,
    description: "A customer managed policy allows every action on every resource.",
    // A boundary grants nothing by itself. The value is that of Security Hub IAM.1.
    parameters: () => ({ excludePermissionBoundaryPolicy: "true" }),
    answers: ["CIS 5.0 1.15", "CIS 7.0 2.14", "Security Hub IAM.1"],
  },
  {
    ...iam,
    identifier: "IAM_USER_NO_POLICIES_CHECK",
    trigger: RuleTrigger.changes,
    description: "An IAM user has rights of their own instead of through a group, where nobody reviews them.",
    answers: ["CIS 5.0 1.14", "CIS 7.0 2.13", "Security Hub IAM.2"],
  },
];
