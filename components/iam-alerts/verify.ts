import { forwardedRule } from "../foundation/verify/forwarded-rule";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Where IAM's own events appear, whatever region is called. */
const IAM_REGION = "us-east-1";

/** Do changes to IAM, sign-ins and changes to detection find their way to the alert topic? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const { namePrefix, regions } = scope;
  const watched = [
    { rule: `${namePrefix}-iam-change`, events: "changes to IAM", regions: [IAM_REGION] },
    { rule: `${namePrefix}-sign-in`, events: "sign-ins", regions },
    { rule: `${namePrefix}-detection-change`, events: "changes to detection", regions },
  ];
  return (await Promise.all(watched.map((each) => forwardedRule(scope, each)))).flat();
}
