import * as v from "valibot";

/** What the documents say of a setting, beside its type. */
export interface SettingNotes {
  /** What it means, for people. The first sentence stands alone where there is little room. */
  help: string;
  /** What the example file has instead of the default. */
  example?: unknown;
  /** What the example file shows as a comment, because the default is empty. */
  sample?: unknown;
}

/** One setting: what may be given, the default, and what it means. The documents are generated from it. */
export function setting<const Schema extends v.GenericSchema, const Default>(
  schema: Schema,
  byDefault: Default,
  help: string,
  notes: Omit<SettingNotes, "help"> = {},
): v.OptionalSchema<Schema, Default> {
  return v.optional(explained(schema, help, notes), byDefault as never);
}

/** A schema with its meaning, for what has no default. */
export function explained<Schema extends v.GenericSchema>(
  schema: Schema,
  help: string,
  notes: Omit<SettingNotes, "help"> = {},
): Schema {
  return v.pipe(schema, v.metadata({ help, ...notes })) as unknown as Schema;
}

export function enabled(help = "Whether the control is on.") {
  return setting(v.boolean("true or false"), true, help);
}

/** For what costs money, changes what is there, or needs more to be said first. */
export function disabled(help = "Whether the control is on.") {
  return setting(v.boolean("true or false"), false, help);
}

/**
 * A map of settings. Unknown keys are found apart from the schema (`unknown-keys.ts`), because valibot's strict objects
 * stop at the first.
 *
 * @param title name of the TypeScript interface, for a map inside the settings of a control
 */
export function group<const Entries extends v.ObjectEntries>(entries: Entries, title?: string) {
  const schema = v.object(entries, "a map");
  return title === undefined ? schema : v.pipe(schema, v.title(title));
}

/** Says that what stands at a path of the settings does not fit the rest. */
export type Tell = (path: (string | number)[], allowed: string) => void;

/** The settings of one control, or of several. */
export interface ControlSettings {
  /** Such as `auditTrail`. */
  key: string;
  /** What they are about, as far as the title of the control does not say it. */
  help: string;
  schema: v.GenericSchema;
  /** Each setting of the map, by its key. */
  entries: Record<string, v.GenericSchema>;
  /** Holds them against the other settings, whose types may be wrong. */
  fits?: (settings: unknown, tell: Tell) => void;
}

/** Left out as a whole, the settings of a control are the defaults. */
export function controlSettings(
  key: string,
  help: string,
  schema: v.GenericSchema & { entries: ControlSettings["entries"] },
  fits?: ControlSettings["fits"],
): ControlSettings {
  return { key, help, schema: v.optional(schema, {}), entries: schema.entries, ...(fits && { fits }) };
}
