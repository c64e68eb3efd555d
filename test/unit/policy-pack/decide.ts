import { evaluateResource, type PackConfig, type Result } from "../../../policy-pack/policies";

/** What a resource comes to: the worst of what was found. */
export type Outcome = "block" | "warn" | "unknown" | "pass";

export function results(type: string, props: Record<string, unknown>, config: PackConfig = {}): Result[] {
  const urn = `urn:pulumi:dev::shop::${type}::subject`;
  return evaluateResource({ type, name: "subject", urn, props }, config);
}

export function outcome(type: string, props: Record<string, unknown>, config: PackConfig = {}): Outcome {
  const found = results(type, props, config);
  if (found.some(({ level }) => level === "mandatory")) return "block";
  if (found.some(({ certainty }) => certainty === "violation")) return "warn";
  return found.length > 0 ? "unknown" : "pass";
}

/** The type the statements below are put into. */
export const policyType = "aws:iam/policy:Policy";

const statement = (Effect: string) => (Action: unknown, Resource: unknown, Condition?: unknown) => ({
  Effect,
  Action,
  Resource,
  Condition,
});

export const allow = statement("Allow");
export const deny = statement("Deny");

/** All that is said of a managed policy with these statements. */
export function messages(Statement: unknown): string {
  return results(policyType, { policy: { Statement } })
    .map(({ message }) => message)
    .join("\n");
}
