import { accountRules } from "./account-rules";
import { iamRules } from "./iam-rules";
import { type ManagedRule } from "./managed-rule";
import { regionalRules } from "./regional-rules";

/** Every rule there is, in the order people read about them. */
export const complianceRuleList: ManagedRule[] = [...iamRules, ...accountRules, ...regionalRules];

/** What `excludeRules` may name. */
export const ruleIdentifiers: string[] = complianceRuleList.map(({ identifier }) => identifier);

/** AWS's name of the rule, such as `restricted-ssh`. */
export function ruleName({ identifier, name }: ManagedRule): string {
  return name ?? identifier.toLowerCase().replaceAll("_", "-");
}
