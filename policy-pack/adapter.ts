import {
  type PolicyResource,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { configProblems, evaluatePolicy, evaluateStackPolicy, type Level, type Policy } from "./policies";
import { type PolicyDescription, type Resource, type Result, type StackPolicy, type StackResource } from "./policies";
import { isTree, type Tree, unknownString } from "./values";

// The object form works since @pulumi/policy 1.4 and is what sets a level per finding; its declaration lags behind.
interface Violation {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory";
  readonly severity?: Policy["severity"];
}
type Report = (violation: Violation) => void;

/** Makes a policy one that the engine can call. Findings below the policy's level are reported as advisories. */
export function toResourcePolicy(policy: Policy): ResourceValidationPolicy {
  const checkConfig = configCheck(policy);
  return {
    ...description(policy),
    validateResource: (args, reportViolation) => {
      const report = reportViolation as unknown as Report;
      const config = args.getConfig<Record<string, unknown>>();
      checkConfig(config, report);
      evaluatePolicy(policy, toResource(args), config).forEach((result) => send(result, report));
    },
  };
}

/** The same for a policy on stacks, which the engine calls with the outputs of all resources when every step is done. */
export function toStackPolicy(policy: StackPolicy): StackValidationPolicy {
  const checkConfig = configCheck(policy);
  return {
    ...description(policy),
    validateStack: (args, reportViolation) => {
      const report = reportViolation as unknown as Report;
      const config = args.getConfig<Record<string, unknown>>();
      checkConfig(config, report);
      // What no policy looks at is not read: outputs can be large.
      const resources = args.resources.filter(({ type }) => policy.resourceTypes.includes(type)).map(toStackResource);
      evaluateStackPolicy(policy, resources, config).forEach((result) => send(result, report, result.urn));
    },
  };
}

function description(policy: PolicyDescription) {
  return {
    name: policy.id,
    displayName: policy.title,
    description: policy.description,
    enforcementLevel: policy.level,
    severity: policy.severity,
    framework: policy.frameworks[0],
    tags: policy.frameworks.map(({ name, reference }) => `${name} ${reference}`),
    remediationSteps: policy.remediationSteps,
    url: policy.url,
    configSchema: policy.configSchema,
  };
}

// Once per configuration, at the first call of any kind: there is no other moment a pack may speak at.
function configCheck(policy: PolicyDescription): (config: Record<string, unknown>, report: Report) => void {
  let checked: string | undefined;
  return (config, report) => {
    const fingerprint = JSON.stringify(config);
    if (checked === fingerprint) return;
    checked = fingerprint;
    configProblems(policy, config).forEach((message) => report({ message, enforcementLevel: "advisory" }));
  };
}

function send({ message, level, severity }: Result, report: Report, urn?: string): void {
  const below: Record<Level, { enforcementLevel?: "advisory" }> = {
    // Without a level the SDK takes the one configured for the policy.
    mandatory: {},
    advisory: { enforcementLevel: "advisory" },
  };
  report({ message, severity, ...(urn !== undefined && urn !== "" && { urn }), ...below[level] });
}

function toResource(args: Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">): Resource {
  return { type: args.type, name: args.name, urn: args.urn, props: rawProps(args.props) };
}

function toStackResource(resource: PolicyResource): StackResource {
  const { propertyDependencies } = resource;
  const urns = Object.entries(propertyDependencies).map(([key, on]) => [key, on.map(({ urn }) => urn)] as const);
  return { ...toResource(resource), propertyDependencies: Object.fromEntries(urns) };
}

/**
 * The inputs with sentinels where values are unknown. The SDK's proxy throws on reading one, which would end the
 * evaluation before the known part is looked at; its target is what lies beneath.
 */
export function rawProps(props: Record<string, unknown>): Tree {
  try {
    const target = props["__getSpecialProxyTarget"];
    return isTree(target) ? target : (known(props) as Tree);
  } catch {
    return known(props) as Tree;
  }
}

// For an SDK without that door: reads value by value, and a read that throws stands for an unknown.
function known(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const read = (key: string): unknown => {
    try {
      return known((value as Record<string, unknown>)[key]);
    } catch {
      return unknownString;
    }
  };
  const keys = Object.keys(value);
  return Array.isArray(value) ? keys.map(read) : Object.fromEntries(keys.map((key) => [key, read(key)]));
}
