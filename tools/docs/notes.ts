import type * as v from "valibot";
import { type SettingNotes } from "../../components/foundation/settings/setting";

interface Step {
  pipe?: readonly Step[];
  wrapped?: Step;
  metadata?: Partial<SettingNotes>;
}

/** What a schema says of itself, the last word counting. */
export function notesOf(schema: v.GenericSchema): Partial<SettingNotes> {
  return ofStep(schema as unknown as Step);
}

function ofStep({ pipe = [], wrapped, metadata }: Step): Partial<SettingNotes> {
  return Object.assign({}, wrapped && ofStep(wrapped), metadata, ...pipe.map(ofStep)) as Partial<SettingNotes>;
}
