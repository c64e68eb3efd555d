import { type PolicyDocument } from "./model";
import { entries, isTree, isUnknown, type Located } from "../values";
import { keepRepeatedNames, mayRepeatNames } from "./repeated-names";
import { elementsOf, readStatement } from "./statement";

const currentVersion = "2012-10-17";

/**
 * Reads a policy document: JSON text or an object, elements in any spelling of their names, one statement or a list.
 * What AWS refuses is read in the way that grants most, and named among the problems. Never throws.
 *
 * @param kind a trust policy has principals in the place of resources
 */
export function readDocument(source: Located, kind: "identity" | "trust" = "identity"): PolicyDocument {
  const { path, value } = source;
  const known = typeof value === "string" && !value.includes("\\u") && !isUnknown(value);
  const empty = { path, unknown: false, known: true, statements: [], problems: [] };
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    return empty;
  }
  const parsed = typeof value === "string" ? parse(value) : value;
  if (parsed === undefined && isUnknown(value)) {
    return { ...empty, unknown: true, known: false };
  }
  if (!isTree(parsed)) {
    return { ...empty, problems: ["it is not a JSON object"] };
  }
  const problems: string[] = [];
  const elements = elementsOf(parsed);
  const listed = flattened(elements.get("statement"), `${path}: Statement`);
  const version = elements.get("version");
  const literal = version !== currentVersion && !isUnknown(version);
  if (listed.length === 0) problems.push("it has no Statement");
  return {
    path,
    unknown: false,
    known,
    statements: listed.flatMap((each, index) => readStatement(each, index, { kind, literal, problems })),
    problems,
  };
}

// JSON within JSON is what a doubled JSON.stringify leaves behind.
function parse(text: string, depth = 0): unknown {
  try {
    const json = text.replace(/^\uFEFF/, "");
    const once: unknown = JSON.parse(json);
    const parsed: unknown = mayRepeatNames(json, once) ? JSON.parse(keepRepeatedNames(json)) : once;
    return typeof parsed === "string" && depth < 2 ? parse(parsed, depth + 1) : parsed;
  } catch {
    return undefined;
  }
}

/** A list's entries with their paths, nested lists taken apart. */
function flattened(value: unknown, path: string): Located[] {
  return entries({ value, path }).flatMap((each) =>
    Array.isArray(each.value) ? flattened(each.value, each.path) : [each],
  );
}
