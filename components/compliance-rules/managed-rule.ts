import { type ComplianceRulesOptions, type PasswordPolicyOptions } from "../foundation/settings/model";

/** How often a rule is looked at, and where. */
export const RuleScope = {
  /** Once, in the home region: about the account, or about the trail, which is there. */
  account: "account",
  /** Once, in the region that records IAM. */
  iam: "iam",
  everyRegion: "everyRegion",
} as const;

export const RuleTrigger = {
  /** On a schedule; the only kind that takes a frequency of ours. */
  periodic: "periodic",
  /** When a resource changes. AWS refuses a frequency. */
  changes: "changes",
  /** Both; the schedule is AWS's own, 24 hours. */
  both: "both",
} as const;

/** What the rules' parameters are made from. */
export type RuleOptions = ComplianceRulesOptions & PasswordPolicyOptions;

/**
 * A rule that AWS wrote. Source of every field: AWS Config Developer Guide, the rule's own page in "List of AWS Config
 * Managed Rules".
 */
export interface ManagedRule {
  /** Such as `ACCESS_KEYS_ROTATED`, as `excludeRules` names it. */
  identifier: string;
  /** AWS's name of the rule, where it is not the identifier in lower case with hyphens. */
  name?: string;
  scope: (typeof RuleScope)[keyof typeof RuleScope];
  trigger: (typeof RuleTrigger)[keyof typeof RuleTrigger];
  /** What is wrong when the rule is not met; at most 256 characters. */
  description: string;
  /** All of them: the defaults in the console are the console's, not the API's. */
  parameters?: (options: RuleOptions) => Record<string, string>;
  /** Regions where AWS does not have the rule, beside those that cannot record IAM at all. */
  unavailableIn?: string[];
  /** Controls of benchmarks that ask for what the rule checks. */
  answers: string[];
}
