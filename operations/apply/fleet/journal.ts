import { join } from "node:path";
import { badInput, BaselineError } from "../../../common/errors";
import { fileProblem, writePrivate } from "../../../common/files";
import { readRegular } from "../../../common/regular-file";
import { type FleetAccount } from "./account";
import { type AccountResult, type AccountState, type FleetVerb, isFinished } from "./result";

/** What of a run is kept: enough to go on with it, no settings, no credentials, no messages of AWS. */
interface JournalData {
  verb: FleetVerb;
  started: string;
  accounts: Record<string, { accountId: string; stack: string; state: AccountState; code?: string; seconds: number }>;
}

/** How far the last run of a verb came, on disk after each account. */
export class Journal {
  private constructor(
    private readonly path: string,
    private readonly data: JournalData,
  ) {}

  /** Begins a run: every account is `not-started`. */
  static begin(folder: string, verb: FleetVerb, accounts: FleetAccount[], now: Date): Journal {
    const entries = accounts.map(({ name, accountId, stack }) => {
      const state: AccountState = "not-started";
      return [name, { accountId, stack, state, seconds: 0 }] as const;
    });
    const data = { verb, started: now.toISOString(), accounts: Object.fromEntries(entries) };
    const journal = new Journal(journalPath(folder, verb), data);
    journal.write();
    return journal;
  }

  /** Takes up the last run. @throws BaselineError `no-journal` */
  static resume(folder: string, verb: FleetVerb): Journal {
    const path = journalPath(folder, verb);
    try {
      return new Journal(path, JSON.parse(readRegular(path)) as JournalData);
    } catch (error) {
      throw badInput(
        "no-journal",
        `There is no run of fleet ${verb} to go on with (${path}).`,
        "Run it without --resume.",
        { cause: error },
      );
    }
  }

  /** Those of the last run that are still to be done. An account that is another one now counts as not begun. */
  unfinished(accounts: FleetAccount[]): FleetAccount[] {
    return accounts.filter(({ name, accountId, stack }) => {
      const entry = this.data.accounts[name];
      return entry && (entry.accountId !== accountId || entry.stack !== stack || !isFinished(entry.state));
    });
  }

  note({ name, accountId, stack, state, error, seconds }: AccountResult): void {
    this.data.accounts[name] = { accountId, stack, state, ...(error && { code: error.code }), seconds };
    this.write();
  }

  private write(): void {
    try {
      writePrivate(this.path, `${JSON.stringify(this.data, undefined, 2)}\n`);
    } catch (error) {
      throw new BaselineError(
        "journal-not-written",
        `How far the run came cannot be kept in ${this.path}: ${fileProblem(error)}.`,
        "Make the project's folder writable: stack files are written there, too.",
        undefined,
        { cause: error },
      );
    }
  }
}

function journalPath(folder: string, verb: FleetVerb): string {
  return join(folder, `fleet-${verb}.json`);
}
