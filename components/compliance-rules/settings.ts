import * as v from "valibot";
import { listOf, wholeNumber } from "../foundation/settings/checks";
import { controlSettings, disabled, enabled, group, setting } from "../foundation/settings/setting";
import { ruleIdentifiers } from "./compliance-rule-list";
import { UNUSED_CREDENTIALS } from "./iam-rules";

const ruleNeeded = `the identifier of a rule the baseline has: ${ruleIdentifiers.join(", ")}`;

export const complianceRulesSettings = controlSettings(
  "complianceRules",
  "Rules of AWS Config.",
  v.pipe(
    group({
      enabled: enabled(),
      maxAccessKeyAgeDays: setting(
        wholeNumber(1, 3650),
        90,
        "Days after which an access key should have been rotated.",
      ),
      unusedCredentialDays: setting(
        wholeNumber(1, 3650),
        90,
        "Days without use after which a password or an access key counts as unused.",
      ),
      excludeRules: setting(
        listOf(v.picklist(ruleIdentifiers, ruleNeeded), "a list of rule identifiers"),
        [],
        "Identifiers of rules to leave out, such as S3_BUCKET_PUBLIC_READ_PROHIBITED.",
      ),
      revokeUnusedCredentials: disabled(
        "Deactivate access keys and delete console passwords unused for so long, without asking, by AWS's own SSM document.",
      ),
    }),
    v.forward(
      v.partialCheck(
        [["enabled"], ["excludeRules"], ["revokeUnusedCredentials"]],
        ({ enabled, excludeRules, revokeUnusedCredentials }) =>
          !enabled || !revokeUnusedCredentials || !excludeRules.includes(UNUSED_CREDENTIALS),
        `false, since excludeRules leaves out ${UNUSED_CREDENTIALS}, on whose findings it acts`,
      ),
      ["revokeUnusedCredentials"],
    ),
  ),
);
