import { type ReportViolation, type ResourceValidationArgs, type ResourceValidationPolicy } from "@pulumi/policy";
import { configProblems, evaluatePolicy, type Level, type Policy, type Resource, type Result } from "./policies";
import { isTree, type Tree, unknownString } from "./values";

// The object form works since @pulumi/policy 1.4 and is what sets a level per finding; its declaration lags behind.
type Report = (violation: { message: string; enforcementLevel?: "advisory"; severity?: Policy["severity"] }) => void;

/** Makes a policy one that the engine can call. Findings below the policy's level are reported as advisories. */
export function toResourcePolicy(policy: Policy): ResourceValidationPolicy {
  let checked: string | undefined;
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
    validateResource: (args, reportViolation) => {
      const report = reportViolation as ReportViolation & Report;
      const config = args.getConfig<Record<string, unknown>>();
      // Once per configuration, on the first resource of any type: there is no other moment a pack may speak at.
      const fingerprint = JSON.stringify(config);
      if (checked !== fingerprint) {
        checked = fingerprint;
        configProblems(policy, config).forEach((message) => report({ message, enforcementLevel: "advisory" }));
      }
      evaluatePolicy(policy, toResource(args), config).forEach((result) => send(result, report));
    },
  };
}

function send({ message, level, severity }: Result, report: Report): void {
  const below: Record<Level, { enforcementLevel?: "advisory" }> = {
    // Without a level the SDK takes the one configured for the policy.
    mandatory: {},
    advisory: { enforcementLevel: "advisory" },
  };
  report({ message, severity, ...below[level] });
}

function toResource(args: ResourceValidationArgs): Resource {
  return { type: args.type, name: args.name, urn: args.urn, props: rawProps(args.props) };
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
