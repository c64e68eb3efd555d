import { entries, isTree, isUnknown, type Located } from "../values";
import { keepRepeatedNames, mayRepeatNames } from "./repeated-names";
import { elementsOf, readStatement } from "./statement";

/** One pattern of an Action, NotAction, Resource or NotResource. */
export interface Item {
  readonly text: string;
  readonly path: string;
  /** The text holds a sentinel: all of it or a part is known only during the update. */
  readonly unknown: boolean;
}

/** What a statement says about actions, or about resources: these, or all but these. */
export interface Selector {
  readonly negated: boolean;
  readonly items: readonly Item[];
  /** The element is missing, which AWS refuses; then it is read as whatever grants more. */
  readonly missing: boolean;
}

/** One operator on one key: `StringLike`, `aws:PrincipalArn`, values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Item[];
}

/** One entry of a Principal: `AWS`, `Federated`, `Service`; kind `*` is the bare star. */
export interface Principal extends Item {
  readonly kind: string;
}

/** Whom a statement of a trust policy is about: these, or all but these. */
export interface Principals {
  readonly negated: boolean;
  readonly items: readonly Principal[];
}

export interface Statement {
  /** For people: `statement 2 (Sid Admin)`. */
  readonly label: string;
  readonly path: string;
  readonly effect: "Allow" | "Deny" | "unknown";
  /** The document's Version is too old for policy variables: `${aws:username}` is these very characters. */
  readonly literal: boolean;
  readonly actions: Selector;
  readonly resources: Selector;
  readonly conditions: readonly Condition[];
  /** Empty in an identity policy. */
  readonly principals: readonly Principals[];
}

export interface PolicyDocument {
  readonly path: string;
  /** The whole document is known only during the update. */
  readonly unknown: boolean;
  /** Nothing in it is unknown, for sure; otherwise something may be. */
  readonly known: boolean;
  readonly statements: readonly Statement[];
  /** Why AWS will not accept this document as it stands; nothing of its text. */
  readonly problems: readonly string[];
}

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
