import { everyPolicy } from "aws-prevention-baseline-policy-pack/policies";
import { sarif, type SarifRule } from "../../output/sarif";
import { severities, type Severity } from "../../output/severity";
import { stackFileOf } from "./changed";
import { type ReviewFinding, type StackReview } from "./model";

const packHome = "https://www.npmjs.com/package/aws-prevention-baseline-policy-pack";

/**
 * What the policies say, as one SARIF 2.1.0 log with a run for each stack.
 *
 * A finding stands at the stack's file, which is what makes it this account's: the resource itself has no line before it
 * exists.
 *
 * @param version of the policy pack
 * @returns JSON text
 */
export function reviewsAsSarif(reviews: StackReview[], version: string): string {
  const logs = reviews.map((each) => JSON.parse(runOf(each, version)) as { runs: unknown[] });
  return JSON.stringify({ ...logs[0], runs: logs.flatMap(({ runs }) => runs) }, undefined, 2);
}

function runOf({ stack, findings, outcome, identity }: StackReview, version: string): string {
  return sarif({
    tool: { name: "aws-prevention-baseline", version, informationUri: packHome },
    // Code scanning takes what stands before the last slash for the category.
    automationId: `review/${stack}/`,
    fingerprint: "reviewPolicyUrn/v1",
    rules: everyPolicy.map(ruleOf),
    results: findings
      .filter(({ policy }) => everyPolicy.some(({ id }) => id === policy))
      .map((each) => ({
        ruleId: each.policy,
        severity: severityOf(each),
        message: `${each.resource}: ${each.message}`,
        at: { uri: stackFileOf(stack) },
        resource: { name: each.resource, fullName: each.urn },
        identity: [stack, each.urn],
        properties: { control: each.control, level: each.level },
      })),
    ...(identity && { identity }),
    successful: outcome !== "failed",
  });
}

function ruleOf({
  id,
  title,
  description,
  severity,
  remediationSteps,
  url,
  frameworks,
}: (typeof everyPolicy)[number]): SarifRule {
  const tags = frameworks.map(({ name, version, reference }) => `${name} ${version} ${reference}`);
  return { id, title, description, help: remediationSteps, helpUri: url, severity, tags };
}

/** An advisory never counts as an error, which would block a pull request where code scanning is a required check. */
function severityOf({ severity, level }: ReviewFinding): Severity {
  const known = severities.find((each) => each === severity) ?? "medium";
  return level === "advisory" && (known === "critical" || known === "high") ? "medium" : known;
}
