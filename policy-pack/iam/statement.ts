import { isTree, isUnknown, type Located, type Tree } from "../values";
import { type Condition, type Item, type Principals, type Selector, type Statement } from "./model";
import { remembered } from "./remembered";

type Elements = ReadonlyMap<string, unknown>;

const folded = remembered((name) => name.trim().toLowerCase());

/** The elements of a document or statement by their names in lower case; what stands twice counts twice. */
export function elementsOf(tree: Tree): ReadonlyMap<string, unknown> {
  const elements = new Map<string, unknown>();
  for (const name of Object.keys(tree)) {
    const value = tree[name];
    if (value === undefined || value === null) continue;
    const key = folded(name);
    const before = elements.get(key);
    elements.set(key, before === undefined ? value : [before, value].flat());
  }
  return elements;
}

/** What a statement's document says of it, and where its problems go. */
interface OfDocument {
  readonly kind: "identity" | "trust";
  readonly literal: boolean;
  readonly problems: string[];
}

/**
 * Reads one statement of a document. What stands in it twice, as Action and NotAction, makes several; what is no
 * statement makes none, and is named among the problems.
 */
export function readStatement(source: Located, index: number, of: OfDocument): Statement[] {
  const { kind, literal, problems } = of;
  const { path } = source;
  const number = index + 1;
  if (isUnknown(source.value)) {
    const all = { negated: false, missing: false, items: [{ text: source.value, path, unknown: true }] };
    const label = `statement ${number}`;
    const principals = [{ negated: false, items: all.items.map((item) => ({ ...item, kind: "*" })) }];
    return [{ label, path, effect: "unknown", literal, actions: all, resources: all, conditions: [], principals }];
  }
  if (!isTree(source.value)) {
    problems.push(`statement ${number} is not an object`);
    return [];
  }
  const elements = elementsOf(source.value);
  const effect = readEffect(elements.get("effect"));
  if (effect === undefined) {
    problems.push(`statement ${number} has no Effect of Allow or Deny`);
    return [];
  }
  const lacks = (name: string): boolean => spelt(elements, name).every((not) => isAbsent(elements, name, not));
  if (lacks("action")) problems.push(`statement ${number} has no Action`);
  if (kind === "identity" && lacks("resource")) problems.push(`statement ${number} has no Resource`);
  if (kind === "trust" && !elements.has("principal") && !elements.has("notprincipal"))
    problems.push(`statement ${number} has no Principal`);
  // Both Action and NotAction is not allowed; read as two statements it grants what either would.
  const parts = new Parts(elements, path, number, literal);
  return spelt(elements, "action").flatMap((notAction) => {
    const actions = readSelector(elements, path, "Action", notAction);
    return spelt(elements, "resource").map((notResource) => new OfParts(parts, effect, actions, notResource));
  });
}

/** What a statement consists of, each read when it is asked for: most statements are about nothing that matters. */
class Parts {
  private conditionsRead: readonly Condition[] | undefined;
  private principalsRead: readonly Principals[] | undefined;

  constructor(
    readonly elements: Elements,
    readonly path: string,
    private readonly number: number,
    readonly literal: boolean,
  ) {}

  get label(): string {
    return `statement ${this.number}${sidOf(this.elements.get("sid"))}`;
  }

  get conditions(): readonly Condition[] {
    const source = { value: this.elements.get("condition"), path: `${this.path}.Condition` };
    return (this.conditionsRead ??= readConditions(source));
  }

  get principals(): readonly Principals[] {
    return (this.principalsRead ??= readPrincipals(this.elements, this.path));
  }
}

class OfParts implements Statement {
  private resourcesRead: Selector | undefined;

  constructor(
    private readonly parts: Parts,
    readonly effect: Statement["effect"],
    readonly actions: Selector,
    private readonly notResource: boolean,
  ) {}

  get resources(): Selector {
    const { elements, path } = this.parts;
    return (this.resourcesRead ??= readSelector(elements, path, "Resource", this.notResource));
  }

  get label(): string {
    return this.parts.label;
  }

  get path(): string {
    return this.parts.path;
  }

  get literal(): boolean {
    return this.parts.literal;
  }

  get conditions(): readonly Condition[] {
    return this.parts.conditions;
  }

  get principals(): readonly Principals[] {
    return this.parts.principals;
  }
}

function readEffect(value: unknown): Statement["effect"] | undefined {
  if (isUnknown(value)) return "unknown";
  // A Deny must be spelt as AWS spells it to count; an Allow need not. Of several, one Allow is enough.
  if (value === "Deny") return "Deny";
  const texts = Array.isArray(value) ? (value as unknown[]) : [value];
  return texts.some((each) => typeof each === "string" && each.trim().toLowerCase() === "allow") ? "Allow" : undefined;
}

function sidOf(value: unknown): string {
  const sid = isUnknown(value) ? undefined : value;
  return typeof sid === "string" && /^[\w -]{1,64}$/.test(sid) ? ` (Sid ${sid})` : "";
}

function readSelector(elements: Elements, at: string, name: "Action" | "Resource", negated: boolean): Selector {
  const element = `${negated ? "Not" : ""}${name}`;
  const value = elements.get(folded(element));
  return {
    negated,
    missing: isAbsent(elements, name.toLowerCase(), negated),
    items: readItems(value, `${at}.${element}`),
  };
}

/** An object in the place of patterns says as little as nothing. */
function isAbsent(elements: Elements, name: string, negated: boolean): boolean {
  const value = elements.get(negated ? `not${name}` : name);
  return value === undefined || isTree(value);
}

/** Which of an element and its `Not` there are; the element alone, missing, where there is neither. */
function spelt(elements: Elements, name: string): readonly boolean[] {
  if (!elements.has(`not${name}`)) return plain;
  return elements.has(name) ? both : negatedOnly;
}
const plain = [false];
const negatedOnly = [true];
const both = [false, true];

function readPrincipals(elements: Elements, at: string): Principals[] {
  return [false, true].flatMap((negated) => {
    const value = elements.get(`${negated ? "not" : ""}principal`);
    const path = `${at}.${negated ? "NotPrincipal" : "Principal"}`;
    if (value === undefined) return [];
    const groups = isTree(value) ? Object.entries(value) : [["*", value] as const];
    const items = groups.flatMap(([kind, value]) =>
      readItems(value, kind === "*" ? path : `${path}.${holdsUnknown(kind) ? "?" : kind}`).map((item) => ({
        ...item,
        kind: kind.trim().toLowerCase(),
      })),
    );
    return [{ negated, items }];
  });
}

function readItems(value: unknown, path: string, items: Item[] = []): Item[] {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, index) => readItems(each, `${path}[${index}]`, items));
  } else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    items.push({ text: String(value), path, unknown: isUnknown(value) });
  }
  return items;
}

// Not a type guard, unlike isUnknown: what holds none is a text too.
function holdsUnknown(name: string): boolean {
  return isUnknown(name);
}

/** The operator of what stands where a condition should, and is none. */
export const noCondition = "?";

function readConditions(source: Located): Condition[] {
  const unknown = (path: string, value: string, operator: string): Condition[] => [
    { operator, key: "", values: [{ text: value, path, unknown: true }] },
  ];
  if (isUnknown(source.value)) return unknown(source.path, source.value, "");
  if (source.value === undefined) return [];
  if (Array.isArray(source.value)) {
    return (source.value as unknown[]).flatMap((value) => readConditions({ value, path: source.path }));
  }
  if (!isTree(source.value)) return [{ operator: noCondition, key: "", values: [] }];
  return Object.entries(source.value).flatMap(([operator, keys]) => {
    // What stands in the place of an unknown name must not be shown, so the path ends before it.
    if (holdsUnknown(operator)) return unknown(source.path, operator, "");
    const path = `${source.path}.${operator}`;
    if (isUnknown(keys)) return unknown(path, keys, operator);
    if (keys === undefined || keys === null) return [];
    if (!isTree(keys)) return [{ operator: noCondition, key: "", values: [] }];
    return Object.entries(keys).flatMap(([key, value]) =>
      holdsUnknown(key)
        ? unknown(path, key, operator)
        : [
            {
              operator: operator.trim(),
              key: key.trim().toLowerCase(),
              values: readItems(value, `${path}.${key}`),
            },
          ],
    );
  });
}
