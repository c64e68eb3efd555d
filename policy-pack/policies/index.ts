import { configOf, problemsOfPack } from "./config";
import { evaluatePolicy } from "./evaluate";
import { iamNoAdminWildcard } from "./iam-no-admin-wildcard";
import { networkNoOpenAdminPorts } from "./network-no-open-admin-ports";
import { type PackConfig, type Policy, type Resource, type Result } from "./types";

export { configProblems } from "./config";
export { evaluatePolicy } from "./evaluate";
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

/**
 * What is wrong with a pack's configuration, one sentence each: unknown policies, unknown keys, malformed exceptions, and
 * values as `key = value: what is allowed`. Each of them leaves the default in force.
 */
export function packConfigProblems(config: unknown): string[] {
  return problemsOfPack(policies, config);
}
