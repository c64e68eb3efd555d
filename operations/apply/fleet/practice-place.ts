import { type Session } from "./session";

/** Where a fleet practises: on the accounts of an emulator, with stack files and state of its own. */
export interface PracticeFleet {
  workDir: string;
  environment: Record<string, string>;
  /** What the sandbox provider has to be told of a session. */
  ofSession(session: Session): Record<string, string>;
}

/** Makes one for the emulator at an address. The command line brings it: the sandbox stands above the operations. */
export type PracticePlaces = (endpoint: string) => Promise<PracticeFleet>;
