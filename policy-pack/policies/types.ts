import { type PolicyConfigSchema } from "@pulumi/policy";
import { type Tree } from "../values";

/** How hard a finding stops an update: `mandatory` blocks, `advisory` is shown. */
export type Level = "mandatory" | "advisory";

/** Levels a configuration may give a policy. `remediate` counts as `mandatory`: these policies change nothing. */
export type ConfiguredLevel = Level | "remediate" | "disabled";

/** The configuration of one policy: its own properties, every one optional. */
export type PolicyConfig = Readonly<Record<string, unknown>>;

/**
 * The configuration of the pack, in the shape of `pulumi preview --policy-pack-config`: policy id (or `all`) to a level
 * or to an object with `enforcementLevel` and the policy's properties.
 */
export type PackConfig = Readonly<Record<string, ConfiguredLevel | PolicyConfig>>;

/** One resource as the engine analyses it: checked inputs, secrets unwrapped, unknown values as sentinel strings. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Tree;
}

/** What a policy found on one resource. No field may hold a document or another value that could be a secret. */
export interface Finding {
  /** `unknown`: it depends on an input that is known only during the update, and is then decided. */
  readonly certainty: "violation" | "unknown";
  /** Set where the finding never blocks, whatever the policy's level. */
  readonly level?: "advisory";
  /** What is wrong, in one line. */
  readonly message: string;
  /** Where: property path within the resource's inputs. */
  readonly path: string;
  /** The proof: the statement, action, address range that makes it so. */
  readonly witness: string;
  /** What to change, in one line. */
  readonly fix: string;
}

/** A control of a published benchmark that a policy answers. */
export interface FrameworkReference {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
  readonly specification: string;
}

/** In `resourceTypes`: resources of every type there is. */
export const anyType = "*";

/** What is said of a policy, whatever it looks at. */
export interface PolicyDescription {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly level: Level;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** The first is the one Pulumi shows; it has room for one. */
  readonly frameworks: readonly [FrameworkReference, ...FrameworkReference[]];
  readonly remediationSteps: string;
  readonly url: string;
  readonly configSchema: PolicyConfigSchema;
  /** Type tokens this policy looks at, or `anyType` alone. It is asked about these only. */
  readonly resourceTypes: readonly string[];
}

/** A policy: data that describes it, and one pure function that decides one resource. */
export interface Policy extends PolicyDescription {
  /**
   * Decides one resource. Certain findings and unknown ones may both be returned, in any order.
   *
   * @param config properties as configured; anything absent has the schema's default
   */
  evaluate(resource: Resource, config: PolicyConfig): Finding[];
}

/** One resource among all of a stack; `props` are what is known of its outputs. */
export interface StackResource extends Resource {
  /** URNs by the input that depends on them: which resource is meant while its id is not known. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a policy found on several resources together. */
export interface StackFinding extends Finding {
  /** The resource it is reported on. */
  readonly urn: string;
}

/** A policy on what only several resources together amount to. */
export interface StackPolicy extends PolicyDescription {
  /** Decides the resources of the types it looks at, all at once, without those an exception names. */
  evaluateStack(resources: readonly StackResource[], config: PolicyConfig): StackFinding[];
}

/** A finding with its policy, its level after configuration, and the text people read. */
export interface Result {
  readonly policyId: string;
  readonly level: Level;
  readonly severity: Policy["severity"];
  readonly certainty: Finding["certainty"];
  /** At most five lines: what, where, witness, fix. */
  readonly message: string;
  readonly path: string;
}

/** A finding on a stack, in the same form. */
export interface StackResult extends Result {
  readonly urn: string;
}
