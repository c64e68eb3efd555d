import type * as v from "valibot";

/** What of JSON Schema (draft 7) the settings need. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | false;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  [keyword: string]: unknown;
}

interface Step {
  type: string;
  pipe?: readonly Step[];
  entries?: Record<string, Step>;
  item?: Step;
  wrapped?: Step;
  key?: Step;
  value?: Step;
  options?: readonly unknown[];
  literal?: unknown;
  requirement?: unknown;
  metadata?: { help?: string; json?: JsonSchema };
  title?: string;
  default?: unknown;
}

/**
 * The JSON schema of a valibot schema, for editors. It refuses nothing that valibot takes. What a function decides, such
 * as one setting against another, cannot be said in it; where another way to say it exists, the schema has it as the
 * metadata `json`.
 *
 * @throws Error for what this does not know yet, so that nothing is left out without a word
 */
export function jsonSchema(schema: v.GenericSchema): JsonSchema {
  return ofStep(schema);
}

function ofStep(step: Step): JsonSchema {
  if (step.pipe) {
    return step.pipe.reduce<JsonSchema>((sofar, each) => together(sofar, each.pipe ? ofStep(each) : alone(each)), {});
  }
  return alone(step);
}

function alone(step: Step): JsonSchema {
  const { requirement } = step;
  switch (step.type) {
    case "string":
    case "number":
    case "boolean":
    case "integer":
      return { type: step.type };
    case "picklist":
      return { enum: [...(step.options ?? [])] };
    case "literal":
      return { enum: [step.literal] };
    case "union":
      return { anyOf: (step.options as Step[]).map(ofStep) };
    case "optional":
      return { ...ofStep(step.wrapped!), ...(step.default !== undefined && { default: step.default }) };
    case "array":
      return { type: "array", items: ofStep(step.item!) };
    case "object":
      return ofMap(step.entries ?? {});
    case "record":
      return { type: "object", propertyNames: ofStep(step.key!), additionalProperties: ofStep(step.value!) };
    case "regex": {
      const { source, flags } = requirement as RegExp;
      // A pattern here has no flags. What must not be at the beginning, it then refuses in fewer spellings; any other
      // pattern would refuse what the one with the flag takes.
      return flags.includes("i") && !source.startsWith("^(?!") ? {} : { pattern: source };
    }
    case "email":
    case "uuid":
      return { format: step.type };
    case "min_value":
      return { minimum: Number(requirement) };
    case "max_value":
      return { maximum: Number(requirement) };
    case "max_length":
      return { maxLength: requirement, maxItems: requirement };
    case "non_empty":
      return { minLength: 1, minItems: 1 };
    case "title":
      return { title: step.title! };
    case "metadata":
      return { ...(step.metadata?.help && { description: step.metadata.help }), ...step.metadata?.json };
    case "unknown":
    case "check":
    case "raw_check":
    case "partial_check":
      return {};
    default:
      throw new Error(`no JSON schema is known for ${step.type}`);
  }
}

function ofMap(entries: Record<string, Step>): JsonSchema {
  const required = Object.keys(entries).filter((key) => entries[key]?.type !== "optional");
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, ofStep(entry)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** Both hold: the later says it more exactly, but for two patterns, which stand side by side. */
function together(first: JsonSchema, second: JsonSchema): JsonSchema {
  const both = { ...first, ...second };
  if (first.pattern !== undefined && second.pattern !== undefined && first.pattern !== second.pattern) {
    return { ...both, pattern: first.pattern, allOf: [...(first.allOf ?? []), { pattern: second.pattern }] };
  }
  if (first.minimum !== undefined && second.minimum !== undefined) {
    return { ...both, minimum: Math.max(first.minimum, second.minimum) };
  }
  return both;
}
