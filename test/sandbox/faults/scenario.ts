import { type AwsSession } from "../../../operations/aws/session";
import { type WriteState } from "../../../operations/aws/write-state";
import { type Emulator } from "../../../sandbox/emulator";
import { type Clients } from "../../../sandbox/provider/clients";
import { type Terminal } from "../../../common/terminal";

/** How a run ended. */
export interface Ended {
  /** Exit code; 1 where it ended with an error. */
  code: number;
  /** What it printed, as JSON; absent where it ended with an error. */
  json?: Record<string, unknown>;
  error?: Error;
}

/** The account all runs share, past the proxies. */
export interface Account {
  emulator: Emulator;
  aws: Clients;
  /** For files of the runs. */
  folder: string;
}

/** What a run is: the exit code, with the report printed to the terminal's `result`. */
export type Run<Stage> = (session: AwsSession, stage: Stage, terminal: Terminal) => Promise<number>;

/** A command that writes, and what must hold whatever happens to one of its calls. */
export interface Scenario<Stage = unknown> {
  /** As on the command line. */
  name: string;
  /** The exit code of a run without a fault. */
  clean: number;
  /** Calls that change something: what became of them is in the report. */
  writes: RegExp;
  /** Calls that are made as often as time lets them: the first ones are enough. */
  polls?: RegExp;
  /** Makes what all stages share. */
  begin?(account: Account): Promise<void>;
  /** Makes what one run works on; nobody else works on it. */
  prepare(account: Account, number: number): Promise<Stage>;
  /** The command itself, with `--json`. */
  run: Run<Stage>;
  /** What became of each change, by the report. */
  states(json: Record<string, unknown>, stage: Stage): (WriteState | "skipped")[];
  /** Throws where account, evidence and report do not say the same. */
  agree(account: Account, stage: Stage, ended: Ended): Promise<void>;
  /** Throws where the command, run again without a fault or undone, does not bring the account to the right end. */
  after?(account: Account, stage: Stage, ended: Ended): Promise<void>;
}
