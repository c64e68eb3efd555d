import { oneLine } from "../../../../common/printable";
import { type AuditFinding } from "../model";
import { keyNeverUsed, keyOld, keyUnused, twoActiveKeys } from "./access-keys";
import { analyzerMissing, exposure, passwordPolicyWeak } from "./account";
import { openAdminPorts } from "./network";
import { administratorByAwsPolicy, administratorByWildcard, directPolicies, escalation } from "./principals";
import { instanceImdsV1, instanceWithoutRole, secretUnused } from "./regional";
import { rootAccessKey, rootMfa, rootUsed } from "./root";
import { type AnyRule, type Rule } from "./rule";
import { consoleUnused, userWithoutMfa } from "./sign-in";
import { type Subjects } from "./subjects";

/** Every rule of the audit. */
export const rules: readonly AnyRule[] = [
  rootAccessKey,
  rootMfa,
  rootUsed,
  administratorByAwsPolicy,
  administratorByWildcard,
  escalation,
  directPolicies,
  userWithoutMfa,
  ...consoleUnused,
  keyOld,
  keyNeverUsed,
  keyUnused,
  twoActiveKeys,
  passwordPolicyWeak,
  openAdminPorts,
  secretUnused,
  instanceImdsV1,
  instanceWithoutRole,
  analyzerMissing,
  exposure,
];

/** What the rules say of one subject. Pure: the same subject and the same time give the same findings. */
export function judge<Kind extends keyof Subjects>(kind: Kind, subject: Subjects[Kind], now: Date): AuditFinding[] {
  return rules
    .filter(({ on }) => on === kind)
    .flatMap((each) => {
      const rule = each as unknown as Rule<Kind>;
      const { id, title, severity, references, part } = rule;
      return rule.judge(subject, now).map(({ region = "global", ...seen }) => ({
        id: `${id}:${region}:${seen.resource}`,
        rule: id,
        title,
        severity,
        references: [...references],
        part,
        region,
        ...seen,
        // Tags and names of groups are anybody's to choose.
        who: oneLine(seen.who),
        evidence: oneLine(seen.evidence),
      }));
    });
}
