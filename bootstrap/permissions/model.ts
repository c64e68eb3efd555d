import { type PolicyStatement } from "../../components/foundation/policy-document";
import { ownTags, projectName } from "../../components/foundation/tags";
import { type Place } from "../place";

/** Which resources a write may touch, as ARN patterns. `everything` is for what has no name before it exists, or none at all. */
export type Scope = "everything" | ((place: Place) => string[]);

/** Writes that are allowed under a condition, such as a tag of the resource. */
export interface LimitedWrite {
  write: string[];
  scope: Scope;
  when: NonNullable<PolicyStatement["Condition"]>;
}

/** Calls by what Pulumi does with a resource. */
export type CallsByStep = Partial<Record<"create" | "update" | "delete", string[]>>;

/** The IAM actions that one resource type needs, as the AWS provider calls them. */
export interface TypePermissions {
  /** To plan it and to read it back: previews, refreshes, drift. */
  read: string[];
  /** To make, change and remove it. */
  write: string[];
  scope: Scope;
  limited?: LimitedWrite[];
  /** The service that gets a role of the baseline with it. */
  passesRoleTo?: string;
  /**
   * What the apply role is refused, whatever is attached to it: calls that delete or shorten evidence, stop its recording,
   * or write rights. An update that needs them is for an administrator.
   */
  administrator?: CallsByStep;
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

/** Holds for what bears the baseline's own tag. */
export const ofBaseline = { StringEquals: { [`aws:ResourceTag/${ownTags.project}`]: projectName } };

/** Holds for what one control of the baseline has made. @param control class of the control, such as `SsmEndpoints` */
export const ofControl = (control: string) => ({
  StringEquals: { [`aws:ResourceTag/${ownTags.control}`]: control },
});

/** Holds for a request that makes something with the tag of one control. */
export const asControl = (control: string) => ({
  StringEquals: { [`aws:RequestTag/${ownTags.control}`]: control },
});

/** Everything of one kind in EC2. @param kinds such as `security-group` */
export const inEc2 =
  (...kinds: string[]): Scope =>
  ({ partition, accountId }) =>
    kinds.map((kind) => `arn:${partition}:ec2:*:${accountId}:${kind}/*`);
