import { forwardedRule } from "../foundation/verify/forwarded-rule";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Does a finding in each region find its way to the alert topic? */
export function verify(scope: VerifyScope): Promise<Evidence[]> {
  const { namePrefix, regions } = scope;
  return forwardedRule(scope, { rule: `${namePrefix}-guardduty-finding`, events: "findings", regions });
}
