/** A resource's input tree as the engine hands it over: JSON, with a sentinel string where a value is not known yet. */
export type Value = unknown;
export type Tree = Readonly<Record<string, Value>>;

// The seven sentinels of the Pulumi engine, one per type (pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go).
const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
const sentinelLength = 36;
const anySentinel = new RegExp(sentinels.join("|"));
const allSentinels = new RegExp(sentinels.join("|"), "g");

/** The sentinel of a string that is not known until the update. */
export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether this value, or a part of this string, is not known until the update. */
export function isUnknown(value: Value): value is string {
  return typeof value === "string" && value.length >= sentinelLength && anySentinel.test(value);
}

/** The string with `instead` in the place of every part that is not known yet. */
export function replaceUnknown(value: string, instead: string): string {
  return value.replace(allSentinels, instead);
}

/** A JSON object, as opposed to a list, null or a scalar. */
export function isTree(value: Value): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value and the path it stands at, in Pulumi's notation: `ingress[0].cidrBlocks[1]`. */
export interface Located {
  readonly value: Value;
  readonly path: string;
}

/** A property; absent and null are both `undefined`. */
export function property(of: Located, name: string): Located {
  const path = of.path === "" ? name : `${of.path}.${name}`;
  return { value: isTree(of.value) ? (of.value[name] ?? undefined) : undefined, path };
}

/** The entries of a list. One bare value counts as a list of one, absent and null as an empty list. */
export function entries(of: Located): Located[] {
  if (Array.isArray(of.value)) {
    return of.value.map((value: Value, index) => ({ value: value ?? undefined, path: `${of.path}[${index}]` }));
  }
  return of.value === undefined || of.value === null ? [] : [of];
}

/** A scalar as text, trimmed and in lower case; lists and objects are no text. */
export function word(value: Value): string {
  const scalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return scalar ? String(value).trim().toLowerCase() : "";
}
