import { type PropertyDifference } from "./observation";
import { canonicalDocument, parseDocument } from "./documents";
import { type Props, unwrap } from "./properties";

/** What differs between two sets of inputs of a resource; nothing when they mean the same. */
export function compareInputs(expected: Props, found: Props): PropertyDifference[] {
  return differences(unwrap(expected), unwrap(found), "");
}

export function isSame(expected: unknown, found: unknown): boolean {
  return differences(expected, found, "").length === 0;
}

function differences(expected: unknown, found: unknown, path: string): PropertyDifference[] {
  if (Object.is(expected, found) || (isBlank(expected) && isBlank(found))) {
    return [];
  }
  const differs = [{ path, expected, found }];
  const [wanted, present] = [asDocument(expected), asDocument(found)];
  if (wanted !== undefined && present !== undefined) {
    return JSON.stringify(wanted) === JSON.stringify(present) ? [] : differs;
  }
  if (Array.isArray(expected) && Array.isArray(found)) {
    return listDifferences(expected, found, path);
  }
  if (isObject(expected) && isObject(found)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    return keys.flatMap((key) => differences(expected[key], found[key], path === "" ? key : `${path}.${key}`));
  }
  return isScalar(expected) && isScalar(found) && String(expected) === String(found) ? [] : differs;
}

/** Lists are compared as sets, as AWS means nearly all of them: the ones with a partner drop out, the rest are paired. */
function listDifferences(expected: readonly unknown[], found: readonly unknown[], path: string): PropertyDifference[] {
  const pairs = pairUp(expected, found);
  if ([...expected, ...found].every(isScalar)) {
    return pairs.every(({ wanted, present }) => isSame(wanted, present)) ? [] : [{ path, expected, found }];
  }
  return pairs.flatMap(({ wanted, present, index }) => differences(wanted, present, `${path}[${index}]`));
}

interface Pair {
  readonly wanted: unknown;
  readonly present: unknown;
  readonly index: number;
}

/** Each member with the one it equals, or else with the next one left over on the other side. */
export function pairUp(
  expected: readonly unknown[],
  found: readonly unknown[],
  same: (wanted: unknown, present: unknown) => boolean = isSame,
): Pair[] {
  const left = [...found];
  const pairs: (Pair | undefined)[] = expected.map((wanted, index) => {
    const at = left.findIndex((present) => same(wanted, present));
    return at < 0 ? undefined : { wanted, present: left.splice(at, 1)[0], index };
  });
  const paired = expected.map((wanted, index) => pairs[index] ?? { wanted, present: left.shift(), index });
  return [...paired, ...left.map((present, at) => ({ wanted: undefined, present, index: expected.length + at }))];
}

/** What AWS does not tell apart from a property left out. */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) {
    return true;
  }
  return typeof value === "object" && Object.values(value).every(isBlank);
}

function asDocument(value: unknown): unknown {
  const parsed = parseDocument(value);
  return parsed === undefined ? undefined : canonicalDocument(parsed);
}

function isObject(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
