import { entries, isTree, isUnknown, type Located, property, type Tree } from "../values";

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
  readonly statements: readonly Statement[];
  /** Why AWS will not accept this document as it stands; nothing of its text. */
  readonly problems: readonly string[];
}

/**
 * Reads a policy document: JSON text or an object, elements in any spelling of their names, one statement or a list.
 * What AWS refuses is read in the way that grants most, and named among the problems. Never throws.
 *
 * @param kind a trust policy has principals in the place of resources
 */
export function readDocument(source: Located, kind: "identity" | "trust" = "identity"): PolicyDocument {
  const { path } = source;
  const empty = { path, unknown: false, statements: [], problems: [] };
  const { value } = source;
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    return empty;
  }
  const parsed = typeof value === "string" ? parse(value) : value;
  if (parsed === undefined && isUnknown(value)) {
    return { ...empty, unknown: true };
  }
  if (!isTree(parsed)) {
    return { ...empty, problems: ["it is not a JSON object"] };
  }
  const folded = foldKeys(parsed);
  const problems: string[] = [];
  const listed = flattened(property({ value: folded, path }, "statement"), `${path}: Statement`);
  if (listed.length === 0) problems.push("it has no Statement");
  return {
    path,
    unknown: false,
    statements: listed.flatMap((each, index) => readStatement(each, index, kind, problems)),
    problems,
  };
}

// JSON within JSON is what a doubled JSON.stringify leaves behind.
function parse(text: string, depth = 0): unknown {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof parsed === "string" && depth < 2 ? parse(parsed, depth + 1) : parsed;
  } catch {
    return undefined;
  }
}

function foldKeys(tree: Tree): Tree {
  const folded = new Map<string, unknown>();
  for (const name of Object.keys(tree)) {
    const key = name.trim().toLowerCase();
    const before = folded.get(key);
    folded.set(key, before === undefined ? tree[name] : [before, tree[name]].flat());
  }
  return Object.fromEntries(folded);
}

/** A list's entries with their paths, nested lists taken apart. */
function flattened(source: Located, path: string): Located[] {
  return entries({ value: source.value, path }).flatMap((each) =>
    Array.isArray(each.value) ? flattened(each, each.path) : [each],
  );
}

function readStatement(source: Located, index: number, kind: "identity" | "trust", problems: string[]): Statement[] {
  const { path } = source;
  const number = index + 1;
  if (isUnknown(source.value)) {
    const all = { negated: false, missing: false, items: [{ text: source.value, path, unknown: true }] };
    const label = `statement ${number}`;
    const principals = [{ negated: false, items: all.items.map((item) => ({ ...item, kind: "*" })) }];
    return [{ label, path, effect: "unknown", actions: all, resources: all, conditions: [], principals }];
  }
  if (!isTree(source.value)) {
    problems.push(`statement ${number} is not an object`);
    return [];
  }
  const folded = { value: foldKeys(source.value), path };
  const effect = readEffect(property(folded, "effect").value);
  if (effect === undefined) {
    problems.push(`statement ${number} has no Effect of Allow or Deny`);
    return [];
  }
  const label = `statement ${number}${sidOf(property(folded, "sid").value)}`;
  const conditions = readConditions({ ...property(folded, "condition"), path: `${path}.Condition` });
  const actions = readSelectors(folded, "Action");
  const resources = readSelectors(folded, "Resource");
  if (actions.some(({ missing }) => missing)) problems.push(`statement ${number} has no Action`);
  const principals = readPrincipals(folded);
  if (kind === "identity" && resources.some(({ missing }) => missing)) {
    problems.push(`statement ${number} has no Resource`);
  }
  if (kind === "trust" && principals.length === 0) problems.push(`statement ${number} has no Principal`);
  // Both Action and NotAction is not allowed; read as two statements it grants what either would.
  return actions.flatMap((action) =>
    resources.map((resource) => ({
      label,
      path,
      effect,
      actions: action,
      resources: resource,
      conditions,
      principals,
    })),
  );
}

function readEffect(value: unknown): Statement["effect"] | undefined {
  if (isUnknown(value)) return "unknown";
  const text = typeof value === "string" ? value : "";
  // A Deny must be spelt as AWS spells it to count; an Allow need not.
  return text === "Deny" ? "Deny" : text.trim().toLowerCase() === "allow" ? "Allow" : undefined;
}

function sidOf(value: unknown): string {
  const sid = isUnknown(value) ? undefined : value;
  return typeof sid === "string" && /^[\w -]{1,64}$/.test(sid) ? ` (Sid ${sid})` : "";
}

function readSelectors(statement: Located, name: "Action" | "Resource"): Selector[] {
  const found = [false, true].flatMap((negated) => {
    const source = property(statement, `${negated ? "not" : ""}${name.toLowerCase()}`);
    const path = `${statement.path}.${negated ? "Not" : ""}${name}`;
    return source.value === undefined ? [] : [{ negated, missing: false, items: readItems(source, path) }];
  });
  return found.length > 0 ? found : [{ negated: false, missing: true, items: [] }];
}

function readPrincipals(statement: Located): Principals[] {
  return [false, true].flatMap((negated) => {
    const source = property(statement, `${negated ? "not" : ""}principal`);
    const path = `${statement.path}.${negated ? "NotPrincipal" : "Principal"}`;
    if (source.value === undefined) return [];
    const groups = isTree(source.value) ? Object.entries(source.value) : [["*", source.value] as const];
    const items = groups.flatMap(([kind, value]) =>
      readItems({ value, path }, kind === "*" ? path : `${path}.${holdsUnknown(kind) ? "?" : kind}`).map((item) => ({
        ...item,
        kind: kind.trim().toLowerCase(),
      })),
    );
    return [{ negated, items }];
  });
}

function readItems({ value }: Located, path: string, items: Item[] = []): Item[] {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, index) => readItems({ value: each, path }, `${path}[${index}]`, items));
  } else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    items.push({ text: String(value), path, unknown: isUnknown(value) });
  }
  return items;
}

// Not a type guard, unlike isUnknown: what holds none is a text too.
function holdsUnknown(name: string): boolean {
  return isUnknown(name);
}

function readConditions(source: Located): Condition[] {
  const unknown = (path: string, value: string, operator: string): Condition[] => [
    { operator, key: "", values: [{ text: value, path, unknown: true }] },
  ];
  if (isUnknown(source.value)) return unknown(source.path, source.value, "");
  if (!isTree(source.value)) return [];
  return Object.entries(source.value).flatMap(([operator, keys]) => {
    // What stands in the place of an unknown name must not be shown, so the path ends before it.
    if (holdsUnknown(operator)) return unknown(source.path, operator, "");
    const path = `${source.path}.${operator}`;
    if (isUnknown(keys)) return unknown(path, keys, operator);
    if (!isTree(keys)) return [];
    return Object.entries(keys).flatMap(([key, value]) =>
      holdsUnknown(key)
        ? unknown(path, key, operator)
        : [
            {
              operator: operator.trim(),
              key: key.trim().toLowerCase(),
              values: readItems({ value, path }, `${path}.${key}`),
            },
          ],
    );
  });
}
