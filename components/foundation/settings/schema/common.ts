import * as v from "valibot";

export const enabled = v.optional(v.boolean("true or false"), true);

/** For what costs money, changes what is there, or needs more to be said first. */
export const disabled = v.optional(v.boolean("true or false"), false);

/**
 * The settings of one control; left out as a whole they are the defaults. Unknown keys are found apart from the schema
 * (`unknown-keys.ts`), because valibot's strict objects stop at the first.
 *
 * Typed as it is so that valibot keeps the type of each entry.
 */
export function group<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.object(entries, "a map");
}
