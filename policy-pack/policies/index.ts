import { configOf, evaluatePolicy } from "./evaluate";
import { configProblems } from "./exceptions";
import { iamNoAdminWildcard } from "./iam-no-admin-wildcard";
import { networkNoOpenAdminPorts } from "./network-no-open-admin-ports";
import { type PackConfig, type Policy, type Resource, type Result } from "./types";

export { evaluatePolicy } from "./evaluate";
export { configProblems } from "./exceptions";
export type * from "./types";

/** Every policy of the pack, in the order they are reported. */
export const policies: readonly Policy[] = [iamNoAdminWildcard, networkNoOpenAdminPorts];

/**
 * Decides one resource by every policy, as the pack does in its process; for callers that have no engine.
 *
 * @param config as in `pulumi preview --policy-pack-config`; defaults apply where it is silent
 */
export function evaluateResource(resource: Resource, config: PackConfig = {}): Result[] {
  return policies.flatMap((policy) => {
    const { level, properties } = configOf(policy, config);
    return evaluatePolicy(policy, resource, properties, level);
  });
}

/** What is wrong with a pack's configuration, one sentence each: unknown policies, unknown keys, malformed exceptions. */
export function packConfigProblems(config: PackConfig): string[] {
  const ids = policies.map(({ id }) => id);
  const strangers = Object.keys(config).filter((id) => id !== "all" && !ids.includes(id));
  return [
    ...strangers.map((id) => `Policy "${id}" does not exist; known are ${ids.join(", ")}.`),
    ...policies.flatMap((policy) => configProblems(policy, configOf(policy, config).properties)),
  ];
}
