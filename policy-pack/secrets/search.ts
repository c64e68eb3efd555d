import { isTree, isUnknown, type Tree } from "../values";
import { type Budget, decodeBlocks } from "./decode";
import { unescaped } from "./escapes";
import { credentialsIn, hasKeyId, hasRun, isTelling, type Kind } from "./text";

/** A credential, and where it stands. It holds nothing of the credential itself, not even its length. */
export interface Hit {
  readonly kind: Kind | "unknown";
  readonly path: string;
  /** The input itself, not something within it. */
  readonly topLevel: boolean;
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Some of it was too large to be unpacked. */
  readonly incomplete: boolean;
}

/** A value on its way, with what led to it; a chain, because a path as text would cost its length at every step. */
interface Place {
  readonly value: unknown;
  readonly from: Place | undefined;
  readonly step: string;
  /** Name of what the value is: of the property, or, in `{ name, value }`, what `name` says. */
  readonly name: string;
  readonly besideKeyId: boolean;
  /** How many times something was unpacked to get here. */
  readonly depth: number;
}

// An access key id; in base64 it is longer, and so are a secret and a private key.
const shortestCredential = 20;
const deepest = 6;
const mostHits = 100;
// A longer text is looked through as it stands.
const longestJson = 1024 * 1024;
const awaitsKey = /secret_?access_?key$|aws_?secret(?:_?key)?$|access_?key_?id$/i;

/**
 * Looks for credentials in every text among a resource's inputs: names of a map's entries, JSON in texts, and base64,
 * compressed or not, wherever it stands, any of them within any other. In time linear in the inputs.
 */
export function searchCredentials(inputs: Tree): SearchResult {
  const hits: Hit[] = [];
  const budget: Budget = { inflated: 0, exceeded: false };
  const waiting: Place[] = [{ value: inputs, from: undefined, step: "", name: "", besideKeyId: false, depth: 0 }];
  for (let place = waiting.pop(); place !== undefined && hits.length < mostHits; place = waiting.pop()) {
    const within = typeof place.value === "string" ? ofText(place, hits, budget) : ofContainer(place, hits);
    for (const each of within.reverse()) waiting.push(each);
  }
  return { hits, incomplete: budget.exceeded };
}

function ofText(place: Place, hits: Hit[], budget: Budget): Place[] {
  const text = place.value as string;
  const unpacked = (value: unknown, how: string): Place => ({
    ...place,
    value,
    from: place,
    step: ` (${how})`,
    depth: place.depth + 1,
  });
  if (awaitsKey.test(place.name) && isUnknown(text)) hits.push(hit("unknown", place));
  const json = place.depth < deepest ? parseJson(text) : undefined;
  if (json !== undefined) return [unpacked(json, "JSON")];
  if (text.length < shortestCredential) return [];
  const expected = isTelling(place.name) ? "named" : place.besideKeyId ? "near" : "no";
  for (const kind of credentialsIn(text, expected)) hits.push(hit(kind, place));
  if (place.depth >= deepest) return [];
  const plain = unescaped(text);
  const blocks = decodeBlocks(text, budget).map((each) => unpacked(each.text, each.how));
  return plain === undefined ? blocks : [...blocks, unpacked(plain, "unescaped")];
}

function ofContainer(place: Place, hits: Hit[]): Place[] {
  const { value, depth } = place;
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const withKeyId =
    entries.length === 1
      ? []
      : entries.filter(([, each]) => typeof each === "string" && hasKeyId(each)).map(([key]) => key);
  const title = isTree(value) ? titleOf(value) : undefined;
  return entries.map(([key, each]) => {
    const inList = Array.isArray(value);
    const step = inList ? `[${key}]` : `.${shownName(key)}`;
    const name = inList ? place.name : title !== undefined && /^value$/i.test(key) ? title : key;
    const besideKeyId = withKeyId.length > 1 || (withKeyId.length === 1 && withKeyId[0] !== key);
    const within: Place = { value: each, from: place, step, name, besideKeyId, depth };
    if (!inList) for (const kind of credentialsIn(key)) hits.push(hit(kind, within));
    return within;
  });
}

/** What a `{ name, value }` is called, as in the environment of a container. */
function titleOf(tree: Tree): string | undefined {
  const key = Object.keys(tree).find((each) => /^(name|key|parameter_?name|option_?name)$/i.test(each));
  const title = key === undefined ? undefined : tree[key];
  return typeof title === "string" ? title : undefined;
}

// JSON without an escape shows what is in it as it is; most documents hold nothing that is worth taking them apart.
function mayHoldMore(text: string): boolean {
  return text.includes("\\") || hasKeyId(text) || hasRun(text, shortestCredential) || isUnknown(text);
}

function parseJson(text: string): unknown {
  if (text.length < shortestCredential || text.length > longestJson || !/^\s*[[{"]/.test(text)) return undefined;
  if (!mayHoldMore(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hit(kind: Hit["kind"], place: Place): Hit {
  const steps: string[] = [];
  for (let at: Place | undefined = place; at !== undefined && steps.length < 40; at = at.from) steps.unshift(at.step);
  return { kind, path: steps.join("").replace(/^\./, ""), topLevel: place.from?.from === undefined };
}

// A name is the program's own text and may be a credential itself, or the neighbour of one.
function shownName(name: string): string {
  const plain = name.length <= 100 && /^[\w.$@:/ -]+$/.test(name) && !/[A-Za-z0-9+/]{32}/.test(name);
  return plain && credentialsIn(name).size === 0 ? name : "…";
}
