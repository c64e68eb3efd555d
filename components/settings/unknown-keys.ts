import { settingProblem, type SettingsProblem } from "./problem";
import { settingsSchema } from "./schema";

/** What a valibot schema consists of. */
interface Schema {
  type: string;
  /** Of a map. */
  entries?: Record<string, Schema>;
  /** Of a list. */
  item?: Schema;
  /** Of an optional one. */
  wrapped?: Schema;
}

/**
 * Every key the schema does not have, at any depth. Valibot's strict objects stop at the first of a map, and take it for
 * a wrong type, for which other checks are then left out. Lists in place of maps are found here too, because valibot
 * takes them for maps.
 */
export function unknownKeys(raw: Record<string, unknown>): SettingsProblem[] {
  return inMap(settingsSchema, raw, []);
}

function inValue(outer: Schema, value: unknown, path: (string | number)[]): SettingsProblem[] {
  const schema = unwrapped(outer);
  const isList = Array.isArray(value);
  if (isList && (schema.entries || schema.type === "record")) {
    return [settingProblem(path, value, "a map")];
  }
  if (isList) {
    const { item } = schema;
    return item ? value.flatMap((each, index) => inValue(item, each, [...path, index])) : [];
  }
  return schema.entries && typeof value === "object" && value !== null
    ? inMap(schema, value as Record<string, unknown>, path)
    : [];
}

function inMap({ entries = {} }: Schema, map: Record<string, unknown>, path: (string | number)[]): SettingsProblem[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return inner
      ? inValue(inner, value, [...path, key])
      : [settingProblem([...path, key], value, `no such setting; known here: ${Object.keys(entries).join(", ")}`)];
  });
}

function unwrapped(schema: Schema): Schema {
  return schema.wrapped ? unwrapped(schema.wrapped) : schema;
}
