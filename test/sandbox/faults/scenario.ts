import { type Credentials } from "../../../aws/account-clients";
import { type AwsSession } from "../../../aws/session";
import { type WriteState } from "../../../aws/write-state";
import { type Emulator } from "../../../sandbox/emulator";
import { type Clients } from "../../../sandbox/provider/clients";
import { type Terminal } from "../../../common/terminal";
import { type Asked, type Meddling } from "../../support/meddling-proxy";

/** How a run ended. */
export interface Ended {
  /** Exit code; 1 where it ended with an error. */
  code: number;
  /** What it printed, also where it ended with an error after that. */
  printed: string;
  /** The same as JSON; absent where it ended with an error. */
  json?: Record<string, unknown>;
  error?: Error;
}

/** An account, past the proxies. All runs share it, unless the command changes all of an account. */
export interface Account {
  emulator: Emulator;
  aws: Clients;
  /** For files of the runs. */
  folder: string;
  /** Who runs the command. Default: a key of the emulator's own account */
  credentials?: Credentials;
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
  /**
   * Of the calls that only read: the first of each action, with the faults that differ for them. What is left out, and why,
   * is a sentence of the document.
   */
  bounded?: string;
  /** The command changes all of an account: runs at the same time have one each. */
  alone?: boolean;
  /** Regions that are enabled, so that a call is not repeated for each of them. Default: all that the emulator has */
  regions?: readonly string[];
  /** Answers in place of the emulator. Such a call gets no faults. */
  instead?(asked: Asked): Meddling;
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
  /** Removes what the run worked on. */
  clear?(account: Account, stage: Stage): Promise<void>;
}
