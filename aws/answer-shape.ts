/** What the SDK knows of the answer to an operation. */
export interface AnswerShape {
  /** As in AWS's API reference: `ListUsers`. */
  operation: string;
  /** Names of all members. */
  members: string[];
  /** Members that are lists or maps. Lists that XML writes without an element of their own are not among them. */
  lists: string[];
  /** Lists, maps and structures that every answer has, by AWS's model. */
  required: string[];
  /** Whether the body is one document with the members in it. */
  hasDocument: boolean;
  /** Whether the body is handed on as a stream. */
  streams: boolean;
}

/**
 * Reads the schema that the SDK carries for each operation.
 *
 * Source: `StaticOperationSchema` and `StaticStructureSchema` in `@smithy/types`: `[9, namespace, name, traits, input,
 * output]` and `[3, namespace, name, traits, member names, member schemas, number of required members, which are first]`.
 *
 * @param schema `operationSchema` of the context that a middleware gets
 * @returns undefined for what is no such schema
 */
export function answerShape(schema: unknown): AnswerShape | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9) {
    return undefined;
  }
  const output = resolved((schema as unknown[])[5]);
  const isStructure = Array.isArray(output) && output[0] === 3;
  const [, , , , names, schemas, required = 0] = (isStructure ? output : [3, "", "", 0, [], []]) as Structure;
  const members = names.map((name, index) => ({
    name,
    ...memberOf(schemas[index]),
    isRequired: index < required,
  }));
  const inDocument = members.filter(({ traits }) => !isOutside(traits));
  return {
    operation: String(schema[2]),
    members: members.map(({ name }) => name),
    lists: members.filter(({ kind, traits }) => isGroup(kind) && !has(traits, "xmlFlattened")).map(({ name }) => name),
    required: members
      .filter(({ kind, isRequired }) => isRequired && (isGroup(kind) || kind === "structure"))
      .map(({ name }) => name),
    hasDocument: inDocument.length > 0,
    streams: members.some(({ kind, traits }) => kind === "stream" || has(traits, "streaming")),
  };
}

type Structure = [3, string, string, unknown, string[], unknown[], number?];
type Kind = "list" | "map" | "structure" | "stream" | "simple";

function isGroup(kind: Kind): boolean {
  return kind === "list" || kind === "map";
}

/** A member's schema is the schema alone, or a pair of the schema and the member's own traits. */
function memberOf(schema: unknown): { kind: Kind; traits: unknown[] } {
  const traits: unknown[] = [];
  let found = resolved(schema);
  while (Array.isArray(found) && found.length === 2) {
    traits.push(found[1]);
    found = resolved(found[0]);
  }
  if (Array.isArray(found)) {
    traits.push(found[3]);
    const kinds: Record<number, Kind> = { 1: "list", 2: "map", 3: "structure", 4: "structure" };
    return { kind: kinds[found[0] as number] ?? (found[4] === 42 ? "stream" : "simple"), traits };
  }
  const number = typeof found === "number" ? found : 0;
  const kind = number === 42 ? "stream" : number >= 128 ? "map" : number >= 64 ? "list" : "simple";
  return { kind, traits };
}

function resolved(schema: unknown): unknown {
  return typeof schema === "function" ? resolved((schema as () => unknown)()) : schema;
}

/** Members that stand in headers or are the status. Traits are bits where they are frequent: 32 is `httpResponseCode`. */
function isOutside(traits: readonly unknown[]): boolean {
  return (
    has(traits, "httpHeader") ||
    has(traits, "httpPrefixHeaders") ||
    traits.some((each) => typeof each === "number" && (each & 32) !== 0)
  );
}

function has(traits: readonly unknown[], name: string): boolean {
  return traits.some((each) => typeof each === "object" && each !== null && name in each);
}
