import { type PolicyConfigSchema } from "@pulumi/policy";
import { isTree } from "../values";
import { exceptionProblems } from "./exceptions";
import { schemaProblem } from "./schema";
import { type ConfiguredLevel, type PolicyConfig, type PolicyDescription } from "./types";

const levels = ["advisory", "mandatory", "remediate", "disabled"];
const levelsText = levels.join(", ");

/** Level and properties of one policy, out of a pack's configuration; the default where it says what it cannot mean. */
export function configOf(
  policy: PolicyDescription,
  config: unknown,
): { level: ConfiguredLevel; properties: PolicyConfig } {
  const own = levelIn(isTree(config) ? config[policy.id] : undefined);
  const all = levelIn(isTree(config) ? config["all"] : undefined);
  const configured = own.level ?? all.level;
  // A misspelt level is not passed over for that of `all`, which may be a lower one.
  const level = isLevel(configured) ? configured : policy.level;
  return { level, properties: own.properties };
}

function levelIn(value: unknown): { level: unknown; properties: PolicyConfig } {
  if (!isTree(value)) return { level: value, properties: {} };
  const { enforcementLevel, ...properties } = value;
  return { level: enforcementLevel, properties };
}

/** The properties without those that do not follow the policy's schema, so that their defaults apply. */
export function soundProperties(policy: PolicyDescription, properties: unknown): PolicyConfig {
  const given = isTree(properties) ? properties : {};
  return Object.fromEntries(
    Object.entries(given).filter(([key, value]) => {
      const schema = schemaOf(policy, key);
      return schema !== undefined && schemaProblem(value, schema, key) === undefined;
    }),
  );
}

/**
 * What is wrong with a policy's configuration, one sentence each: unknown keys, values its schema does not allow, a
 * level that does not exist, malformed exceptions.
 */
export function configProblems(policy: PolicyDescription, properties: unknown): string[] {
  if (!isTree(properties)) {
    return [`${policy.id} = ${shown(properties)}: allowed is an object with its properties; the defaults are used.`];
  }
  const known = Object.keys(policy.configSchema.properties);
  const ofKeys = Object.entries(properties).flatMap(([key, value]) => {
    if (key === "enforcementLevel") return levelProblems(policy.id, value);
    const schema = schemaOf(policy, key);
    if (schema === undefined) {
      return [`Configuration key "${key}" of ${policy.id} does not exist; known are ${known.join(", ")}.`];
    }
    const problem = schemaProblem(value, schema, key);
    const instead = shown(schema.default);
    return problem === undefined
      ? []
      : [
          `${policy.id}.${problem.path} = ${shown(problem.value)}: allowed is ${problem.allowed}; ` +
            `the default of ${key}, ${instead}, is used.`,
        ];
  });
  return [...ofKeys, ...exceptionProblems(policy.id, properties)];
}

/** The same for the configuration of the whole pack, whatever it is. */
export function problemsOfPack(policies: readonly PolicyDescription[], config: unknown): string[] {
  if (!isTree(config)) {
    return [
      `configuration = ${shown(config)}: allowed is an object of policy names, each with a level or an object; ` +
        "the defaults are used.",
    ];
  }
  const ids = policies.map(({ id }) => id);
  return Object.entries(config).flatMap(([id, value]) => {
    const policy = policies.find((each) => each.id === id);
    if (policy === undefined && id !== "all") {
      return [`Policy "${id}" does not exist; known are ${ids.join(", ")}.`];
    }
    if (!isTree(value)) return levelProblems(id, value, "an object with the policy's properties, or ");
    if (policy !== undefined) return configProblems(policy, value);
    const strangers = Object.keys(value).filter((key) => key !== "enforcementLevel");
    const ofLevel = "enforcementLevel" in value ? levelProblems(id, value["enforcementLevel"]) : [];
    return [
      ...strangers.map((key) => `Configuration key "${key}" of all does not exist; known is enforcementLevel.`),
    ].concat(ofLevel);
  });
}

function levelProblems(id: string, value: unknown, or = ""): string[] {
  const key = or === "" ? `${id}.enforcementLevel` : id;
  return isLevel(value) || value === undefined
    ? []
    : [`${key} = ${shown(value)}: allowed is ${or}one of ${levelsText}; the policy's own level is used.`];
}

function isLevel(value: unknown): value is ConfiguredLevel {
  return typeof value === "string" && levels.includes(value);
}

function schemaOf(policy: PolicyDescription, key: string): PolicyConfigSchema["properties"][string] | undefined {
  const { properties } = policy.configSchema;
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

const longest = 60;

function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
