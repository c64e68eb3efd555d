import { type Place } from "../place";

/** Which resources a write may touch, as ARN patterns. `everything` is for what has no name before it exists, or none at all. */
export type Scope = "everything" | ((place: Place) => string[]);

/** The IAM actions that one resource type needs, as the AWS provider calls them. */
export interface TypePermissions {
  /** To read it back: previews, refreshes, drift. */
  read: string[];
  /**
   * To make, change and remove it. What holds evidence (trail, log buckets, keys, log groups, vaults) can be made and
   * changed, never removed: the baseline protects it, and whoever lifts that does the rest by hand.
   */
  write: string[];
  scope: Scope;
}

/** By type token. */
export type PermissionTable = Record<string, TypePermissions>;

/** Everything of a service in the account whose name begins as the baseline's names do. */
export function named(service: string, ...resources: string[]): Scope {
  const regional = !["iam", "budgets"].includes(service);
  return ({ partition, accountId, namePrefix }) =>
    resources.map(
      (resource) => `arn:${partition}:${service}:${regional ? "*" : ""}:${accountId}:${resource}${namePrefix}-*`,
    );
}

/** S3's ARNs know neither region nor account. */
export const ownBuckets = ({ partition, namePrefix }: Place): string[] => [`arn:${partition}:s3:::${namePrefix}-*`];
