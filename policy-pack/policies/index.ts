import { baselineIntegrity } from "./baseline-integrity";
import { configOf, problemsOfPack } from "./config";
import { dbNotPublic } from "./db-not-public";
import { evaluatePolicy } from "./evaluate";
import { evaluateStackPolicy } from "./evaluate-stack";
import { iamNoAdminManagedPolicy } from "./iam-no-admin-managed-policy";
import { iamNoAdminWildcard } from "./iam-no-admin-wildcard";
import { iamNoLongLivedKeys } from "./iam-no-long-lived-keys";
import { iamNoPrivilegeEscalation } from "./iam-no-privilege-escalation";
import { iamNoPublicTrust } from "./iam-no-public-trust";
import { imdsV2Required } from "./imds-v2-required";
import { networkNoOpenAdminPorts } from "./network-no-open-admin-ports";
import { networkNoOpenAdminPortsCombined } from "./network-no-open-admin-ports-combined";
import { noHardcodedCredentials } from "./no-hardcoded-credentials";
import { noUnseenResources } from "./no-unseen-resources";
import { s3NoPublic } from "./s3-no-public";
import { type PackConfig, type Policy, type Resource, type Result } from "./types";
import { type PolicyDescription, type StackPolicy, type StackResource, type StackResult } from "./types";

export { configProblems } from "./config";
export { evaluatePolicy } from "./evaluate";
export { evaluateStackPolicy } from "./evaluate-stack";
export type * from "./types";

/** Every policy on single resources, in the order they are reported. */
export const policies: readonly Policy[] = [
  iamNoAdminWildcard,
  iamNoAdminManagedPolicy,
  iamNoPublicTrust,
  iamNoPrivilegeEscalation,
  iamNoLongLivedKeys,
  networkNoOpenAdminPorts,
  noHardcodedCredentials,
  baselineIntegrity,
  s3NoPublic,
  imdsV2Required,
  dbNotPublic,
  noUnseenResources,
];

/** Every policy on what only several resources together amount to. */
export const stackPolicies: readonly StackPolicy[] = [networkNoOpenAdminPortsCombined];

/** Every policy of the pack, in the order it lists them. */
export const everyPolicy: readonly PolicyDescription[] = [...policies, ...stackPolicies];

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

/** Decides all resources of a stack together, by every policy on stacks. */
export function evaluateStack(resources: readonly StackResource[], config: PackConfig = {}): StackResult[] {
  return stackPolicies.flatMap((policy) => {
    const { level, properties } = configOf(policy, config);
    return evaluateStackPolicy(policy, resources, properties, level);
  });
}

/**
 * What is wrong with a pack's configuration, one sentence each: unknown policies, unknown keys, malformed exceptions, and
 * values as `key = value: what is allowed`. Each of them leaves the default in force.
 */
export function packConfigProblems(config: unknown): string[] {
  return problemsOfPack(everyPolicy, config);
}
