import { type PolicyConfigSchema } from "@pulumi/policy";
import { isTree } from "../values";

type Schema = PolicyConfigSchema["properties"][string];

/** The first value that a schema does not allow, where it stands, and what is allowed there. */
export interface SchemaProblem {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

/**
 * Checks a value against the part of JSON Schema that the policies use: type, enum, bounds of a number, length and
 * pattern of a text, the entries of a list. What an entry of the exceptions may be is checked where they are read.
 */
export function schemaProblem(value: unknown, schema: Schema, path: string): SchemaProblem | undefined {
  const types = [schema.type ?? []].flat();
  const rightType = types.length === 0 || types.some((type) => isOfType(value, type));
  const listed = schema.enum === undefined || schema.enum.some((each) => each === value);
  if (!rightType || !listed || !fits(value, schema)) {
    return { path, value, allowed: allowedBy(schema) };
  }
  const { items } = schema;
  if (!Array.isArray(value) || !isTree(items) || (items as Schema).type === "object") {
    return undefined;
  }
  const problems = value.map((entry: unknown, index) => schemaProblem(entry, items as Schema, `${path}[${index}]`));
  return problems.find((problem) => problem !== undefined);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isTree(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function fits(value: unknown, schema: Schema): boolean {
  if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema;
    return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
  }
  if (typeof value === "string") {
    const { minLength = 0, pattern = "" } = schema;
    return value.length >= minLength && new RegExp(pattern).test(value);
  }
  return !Array.isArray(value) || value.length >= (schema.minItems ?? 0);
}

/** `an integer from 0 to 65535`, `a number above 0 and at most 1`, `a list of texts`. */
function allowedBy(schema: Schema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.map((each) => JSON.stringify(each)).join(", ")}`;
  const bounds = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.exclusiveMinimum !== undefined && `above ${schema.exclusiveMinimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.exclusiveMaximum !== undefined && `below ${schema.exclusiveMaximum}`,
    schema.pattern !== undefined && `of the form ${schema.pattern}`,
  ].filter((bound) => bound !== false);
  const kinds: Record<string, string> = {
    boolean: "true or false",
    integer: "a whole number",
    number: "a number",
    string: "a text",
    object: "an object",
    array: "a list",
  };
  const kind = [schema.type ?? []]
    .flat()
    .map((type) => kinds[type] ?? type)
    .join(" or ");
  const entry = isTree(schema.items) ? `, each ${allowedBy(schema.items)}` : "";
  return `${kind}${bounds.length > 0 ? ` ${bounds.join(" and ")}` : ""}${entry}`;
}
