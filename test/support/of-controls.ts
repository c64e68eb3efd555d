import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type DriftCase } from "../sandbox/drift-case";
import { type Case } from "../sandbox/resource-cases/case";

/** What the tests that go through every control need of one, in `test/controls/<control>.ts`. */
export interface OfControl {
  /** The key of its settings. */
  setting: string;
  /** Its settings with everything switched on. */
  everything: Record<string, unknown>;
  driftCase: DriftCase;
  /** Resource types that no other control has. */
  resourceCases: Case[];
}

const folder = join(__dirname, "..", "controls");

// eslint-disable-next-line @typescript-eslint/no-require-imports -- found by their folder, so that a control needs no line here
const load = (file: string) => require(join(folder, file)) as { ofControl: OfControl };

export const ofControls: OfControl[] = (existsSync(folder) ? readdirSync(folder) : []).map(
  (file) => load(file).ofControl,
);
