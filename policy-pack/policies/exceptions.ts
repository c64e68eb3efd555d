import { type PolicyConfigSchema } from "@pulumi/policy";
import { compileGlob, matches } from "../iam/glob";
import { isTree } from "../values";
import { type PolicyConfig, type Resource } from "./types";

type Schema = PolicyConfigSchema["properties"][string];

/** Schema of the property every policy has: the resources it does not apply to, why, and until when. */
export const exceptionsSchema: Schema = {
  type: "array",
  default: [],
  description:
    "Resources this policy does not apply to. Each needs a reason and a last day; afterwards it blocks again.",
  items: {
    type: "object",
    properties: {
      resource: { type: "string", description: "Resource name, or URN; * and ? are wildcards." },
      reason: { type: "string", minLength: 1, description: "Why this is accepted." },
      expires: {
        type: "string",
        pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description: "Last day it holds (UTC).",
      },
    },
    required: ["resource", "reason", "expires"],
    additionalProperties: false,
  },
};

interface Exception {
  readonly resource: string;
  readonly expires: string;
}

/** The exception that names this resource; a valid one wins over expired ones. Malformed ones do not count. */
export function findException(
  resource: Resource,
  config: PolicyConfig,
  today: Date,
): { state: "valid" | "expired"; expires: string } | undefined {
  const naming = exceptionsOf(config)
    .filter(({ problem }) => problem === undefined)
    .map(({ entry }) => entry as Exception)
    .filter(({ resource: pattern }) => names(pattern, resource))
    .sort((a, b) => (a.expires < b.expires ? 1 : -1));
  const latest = naming[0];
  if (latest === undefined) {
    return undefined;
  }
  const state = latest.expires >= today.toISOString().slice(0, 10) ? "valid" : "expired";
  return { state, expires: latest.expires };
}

/** What is wrong with the exceptions of a policy's configuration, one sentence each. */
export function exceptionProblems(policyId: string, config: PolicyConfig): string[] {
  return exceptionsOf(config).flatMap(({ problem }, index) =>
    problem === undefined ? [] : [`exceptions[${index}] of ${policyId} is ignored: ${problem}.`],
  );
}

function exceptionsOf(config: PolicyConfig): { entry: unknown; problem: string | undefined }[] {
  const list = config["exceptions"];
  const listed: unknown[] = Array.isArray(list) ? list : [];
  return listed.map((entry) => ({ entry, problem: problemOf(entry) }));
}

function problemOf(entry: unknown): string | undefined {
  if (!isTree(entry)) {
    return "it is not an object";
  }
  const says = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
  const missing = ["resource", "reason", "expires"].find((key) => !says(entry[key]));
  if (missing !== undefined) {
    return `it has no ${missing}`;
  }
  const expires = entry["expires"] as string;
  const date = new Date(`${expires}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(expires) && !Number.isNaN(date.getTime());
  return real && date.toISOString().startsWith(expires) ? undefined : "expires is not a date like 2027-01-31";
}

function names(pattern: string, resource: Resource): boolean {
  const glob = compileGlob(pattern);
  return matches(glob, resource.name) || matches(glob, resource.urn);
}
