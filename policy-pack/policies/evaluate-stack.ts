import { soundProperties } from "./config";
import { fault, inOrder, toResult } from "./evaluate";
import { findException } from "./exceptions";
import { type ConfiguredLevel, type PolicyConfig, type StackFinding } from "./types";
import { type StackPolicy, type StackResource, type StackResult } from "./types";

/**
 * Decides all resources of a stack by one policy on stacks. A resource that a valid exception names counts for nothing,
 * and nothing is reported on it. Never throws, like `evaluatePolicy`.
 */
export function evaluateStackPolicy(
  policy: StackPolicy,
  resources: readonly StackResource[],
  properties: PolicyConfig,
  level: ConfiguredLevel = policy.level,
  today = new Date(),
): StackResult[] {
  const seen = resources.filter(({ type }) => policy.resourceTypes.includes(type));
  if (level === "disabled" || seen.length === 0) {
    return [];
  }
  try {
    const sound = soundProperties(policy, properties);
    const exceptions = new Map(seen.map((each) => [each.urn, findException(each, sound, today)]));
    const counted = seen.filter(({ urn }) => exceptions.get(urn)?.state !== "valid");
    const note = ({ urn }: StackFinding): string | undefined => {
      const exception = exceptions.get(urn);
      return exception && `The exception for this resource expired on ${exception.expires}.`;
    };
    return inOrder(policy.evaluateStack(counted, sound))
      .filter(({ urn }) => exceptions.get(urn)?.state !== "valid")
      .map((finding) => ({ ...toResult(policy, finding, level, note(finding)), urn: finding.urn }));
  } catch (error) {
    return [{ ...fault(policy, error), urn: "" }];
  }
}
