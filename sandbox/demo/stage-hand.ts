import { type Emulator } from "../emulator";
import { type Step } from "../../engine/host";
import { type Project } from "../../engine/stack-files/stack-file";

/** The stack's name on the practice account. */
export const practiceStack = "practice";

/** What a host is set up with. */
export interface StageHand {
  emulator: Emulator;
  project: Project;
  /** Settings as a stack file has them. */
  settings: Record<string, unknown>;
  /** A folder of this run's own. */
  folder: string;
  signal: AbortSignal;
  onStep: (step: Step) => void;
}
