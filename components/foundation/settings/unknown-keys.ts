import { settingProblem, type SettingsProblem } from "./problem";
import { settingsSchema } from "./schema";

/** What a valibot schema consists of. */
export interface Schema {
  type: string;
  /** Of a map. */
  entries?: Record<string, Schema>;
  /** Of a list. */
  item?: Schema;
  /** Of an optional one. */
  wrapped?: Schema;
}

/** A value at a place where the schema has none such. */
export interface Misplaced {
  path: (string | number)[];
  value: unknown;
  /** What may stand there. */
  allowed: string;
}

/**
 * Every key the settings do not have, at any depth. Valibot's strict objects stop at the first of a map, and take it for
 * a wrong type, for which other checks are then left out. Lists in place of maps are found here too, because valibot
 * takes them for maps.
 */
export function unknownKeys(raw: Record<string, unknown>): SettingsProblem[] {
  return misplacedIn(settingsSchema, raw).map(({ path, value, allowed }) => settingProblem(path, value, allowed));
}

/** The same for any schema of maps and lists. @param noun what a key is, in words */
export function misplacedIn(schema: Schema, raw: Record<string, unknown>, noun = "setting"): Misplaced[] {
  return inMap(schema, raw, [], noun);
}

function inValue(outer: Schema, value: unknown, path: (string | number)[], noun: string): Misplaced[] {
  const schema = unwrapped(outer);
  const isList = Array.isArray(value);
  if (isList && (schema.entries || schema.type === "record")) {
    return [{ path, value, allowed: "a map" }];
  }
  if (isList) {
    const { item } = schema;
    return item ? value.flatMap((each, index) => inValue(item, each, [...path, index], noun)) : [];
  }
  return schema.entries && typeof value === "object" && value !== null
    ? inMap(schema, value as Record<string, unknown>, path, noun)
    : [];
}

function inMap(
  { entries = {} }: Schema,
  map: Record<string, unknown>,
  path: (string | number)[],
  noun: string,
): Misplaced[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    const allowed = `no such ${noun}; known here: ${Object.keys(entries).join(", ")}`;
    return inner ? inValue(inner, value, [...path, key], noun) : [{ path: [...path, key], value, allowed }];
  });
}

function unwrapped(schema: Schema): Schema {
  return schema.wrapped ? unwrapped(schema.wrapped) : schema;
}
