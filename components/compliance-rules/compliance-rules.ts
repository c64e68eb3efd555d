import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { type Placement } from "../foundation/placement";
import { type ComplianceRulesOptions, type PasswordPolicyOptions } from "../foundation/settings/model";
import { complianceRuleList, ruleIdentifiers, ruleName } from "./compliance-rule-list";
import { CredentialRevocation } from "./credential-revocation";
import { UNUSED_CREDENTIALS } from "./iam-rules";
import { type ManagedRule, RuleScope, RuleTrigger } from "./managed-rule";

/** The password policy's values are what the rule on it asks for. */
export interface ComplianceRulesArgs extends Placement, ComplianceRulesOptions, PasswordPolicyOptions {
  /** Regions with rules; each needs a recorder, for which AWS asks before it takes a rule. */
  regions: string[];
  /** Where rules on IAM are evaluated; none are when absent. See `globalTypesRegion`. */
  globalRegion?: string;
}

/**
 * AWS's own Config rules on what leaked keys live on, in every region where it matters, once where it does not.
 *
 * @throws BaselineError `unknown-rule` when `excludeRules` names none of them
 * @throws BaselineError `rule-needed` when credentials are to be revoked by a rule that is left out
 */
export class ComplianceRules extends pulumi.ComponentResource {
  constructor(name: string, args: ComplianceRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    checkExclusions(args);
    super("baseline:index:ComplianceRules", name, args, opts);
    if (args.globalRegion === undefined) {
      const why = "AWS Config cannot record IAM in any region of the baseline, so there are no rules on IAM.";
      void pulumi.log.warn(why, this);
    }
    for (const rule of complianceRuleList.filter(({ identifier }) => !args.excludeRules.includes(identifier))) {
      const part = `${name}-${ruleName(rule)}`;
      for (const region of regionsOf(rule, args)) {
        const unique = rule.scope === RuleScope.everyRegion ? `${part}-${region}` : part;
        const made = new aws.cfg.Rule(unique, { region, ...ruleArgs(rule, args) }, { parent: this });
        if (rule.identifier === UNUSED_CREDENTIALS && args.revokeUnusedCredentials) {
          const { partition, accountId, namePrefix, unusedCredentialDays, tags } = args;
          new CredentialRevocation(
            `${name}-revocation`,
            { region, partition, accountId, namePrefix, ruleName: made.name, unusedCredentialDays, tags },
            { parent: this },
          );
        }
      }
    }
    this.registerOutputs({});
  }
}

function checkExclusions({ excludeRules, revokeUnusedCredentials }: ComplianceRulesArgs): void {
  const unknown = excludeRules.filter((each) => !ruleIdentifiers.includes(each));
  if (unknown.length > 0) {
    throw new BaselineError(
      "unknown-rule",
      `excludeRules names ${unknown.join(", ")}, which the baseline does not have.`,
      `It has ${ruleIdentifiers.join(", ")}.`,
      ExitCode.badInput,
    );
  }
  if (revokeUnusedCredentials && excludeRules.includes(UNUSED_CREDENTIALS)) {
    throw new BaselineError(
      "rule-needed",
      `revokeUnusedCredentials acts on what ${UNUSED_CREDENTIALS} finds, and excludeRules leaves that rule out.`,
      "Keep the rule, or leave revokeUnusedCredentials off.",
      ExitCode.badInput,
    );
  }
}

function regionsOf(rule: ManagedRule, { region, regions, globalRegion }: ComplianceRulesArgs): string[] {
  const once = rule.scope === RuleScope.account ? region : globalRegion;
  const wanted = rule.scope === RuleScope.everyRegion ? regions : once === undefined ? [] : [once];
  return wanted.filter((each) => !rule.unavailableIn?.includes(each));
}

function ruleArgs(rule: ManagedRule, args: ComplianceRulesArgs): aws.cfg.RuleArgs {
  return {
    name: `${args.namePrefix}-${ruleName(rule)}`,
    description: rule.description,
    source: { owner: "AWS", sourceIdentifier: rule.identifier },
    ...(rule.parameters && { inputParameters: JSON.stringify(rule.parameters(args)) }),
    ...(rule.trigger === RuleTrigger.periodic && { maximumExecutionFrequency: "TwentyFour_Hours" }),
    tags: args.tags,
  };
}
