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
