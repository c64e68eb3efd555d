import { projectName } from "../tags";
import { nearest } from "./nearest";
import { type SettingsProblem } from "./problem";

/** What a valibot schema consists of. */
export interface Schema {
  type?: string;
  /** Of a map. */
  entries?: Record<string, Schema>;
  /** Of a list. */
  item?: Schema;
  /** Of an optional one. */
  wrapped?: Schema;
  /** Steps, of which the first is the schema itself. */
  pipe?: readonly Schema[];
  /** Of a step that bounds a list. */
  requirement?: unknown;
}

type Path = SettingsProblem["path"];

/**
 * Every key the settings do not have, at any depth. Valibot's strict objects stop at the first of a map, and take it for
 * a wrong type, for which other checks are then left out. Lists in place of maps are found here too, because valibot
 * takes them for maps.
 *
 * @param noun what a key is, in words
 */
export function misplacedIn(root: Schema, raw: Record<string, unknown>, noun = "setting"): SettingsProblem[] {
  const topLevel = Object.keys(root.entries ?? {});
  return inMap(root, raw, []);

  function inValue(outer: Schema, value: unknown, path: Path): SettingsProblem[] {
    const schema = unwrapped(outer);
    const isList = Array.isArray(value);
    if (isList && (schema.entries || schema.type === "record")) {
      return [{ path, value, allowed: "a map" }];
    }
    if (isList) {
      const { item, atMost } = membersOf(schema);
      return item && value.length <= atMost
        ? value.flatMap((each, index) => inValue(item, each, [...path, index]))
        : [];
    }
    return schema.entries && typeof value === "object" && value !== null
      ? inMap(schema, value as Record<string, unknown>, path)
      : [];
  }

  function inMap({ entries = {} }: Schema, map: Record<string, unknown>, path: Path): SettingsProblem[] {
    return Object.entries(map).flatMap(([key, value]) => {
      const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
      return inner
        ? inValue(inner, value, [...path, key])
        : [{ path: [...path, key], value, allowed: unknown(key, path.length === 0 ? topLevel : Object.keys(entries)) }];
    });
  }

  function unknown(key: string, known: string[]): string {
    const list = known.join(", ");
    const meant = meantBy(key, known);
    return meant === undefined
      ? `no such ${noun}; known here: ${list}`
      : `no such ${noun}. Did you mean ${meant}? All known here: ${list}`;
  }

  function meantBy(key: string, known: string[]): string | undefined {
    // Under a misspelt project name, what follows the colon is compared.
    const [, name] = key.split(":");
    const here = nearest(name ?? key, known);
    if (here !== undefined) {
      return name === undefined ? here : `${projectName}:${here}`;
    }
    // Written one level too high: only where one setting has the name.
    const [deeper, ...others] = known === topLevel ? pathsIn(root).filter((path) => path.endsWith(`.${key}`)) : [];
    return others.length === 0 ? deeper : undefined;
  }
}

/** The dotted paths of all settings that are in no list. */
function pathsIn(schema: Schema, before = ""): string[] {
  return Object.entries(unwrapped(schema).entries ?? {}).flatMap(([key, inner]) => [
    `${before}${key}`,
    ...pathsIn(inner, `${before}${key}.`),
  ]);
}

/** What a list holds. Its members are not looked at where there are too many. */
function membersOf(schema: Schema): { item?: Schema; atMost: number } {
  const steps = stepsOf(schema);
  const limit = steps.find(({ type }) => type === "max_length")?.requirement;
  const item = steps.findLast((each) => each.item)?.item;
  return { ...(item && { item }), atMost: typeof limit === "number" ? limit : Infinity };
}

function stepsOf(schema: Schema): Schema[] {
  return schema.pipe ? schema.pipe.flatMap(stepsOf) : [schema];
}

function unwrapped(schema: Schema): Schema {
  return schema.wrapped ? unwrapped(schema.wrapped) : schema;
}
