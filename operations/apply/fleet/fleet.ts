import { type FleetAccount } from "./account";
import { Journal } from "./journal";
import { runPool } from "./pool";
import { type AccountResult, type FleetReport } from "./result";
import { type AccountRun, notStarted, runAccount } from "./run-account";

export interface FleetRun extends AccountRun {
  /** In the order in which they are started. */
  accounts: FleetAccount[];
  concurrency: number;
  /** Starts further accounts though one has failed. */
  continueOnError: boolean;
  /** Folder of the journals. */
  journals: string;
  /** Goes on with the journal of the last run instead of beginning one. */
  resume: boolean;
  leftOut: string[];
  /** Results of accounts that are not begun any more: of the preview that comes before an update. */
  already?: AccountResult[];
  onResult: (result: AccountResult) => void;
}

/** Runs one verb on all accounts, and keeps on record how far it came. */
export async function runFleet(run: FleetRun): Promise<FleetReport> {
  const { accounts, verb, journals, concurrency, continueOnError, signal } = run;
  const started = performance.now();
  const journal = run.resume ? Journal.resume(journals, verb) : Journal.begin(journals, verb, accounts, new Date());
  const already = run.already ?? [];
  already.forEach((each) => journal.note(each));
  const results = await runPool(
    accounts,
    async (account) => {
      const result = await runAccount(account, run);
      journal.note(result);
      run.onResult(result);
      return result;
    },
    { concurrency, signal, goOn: ({ state }) => continueOnError || isFine(state) },
  );
  const identity = (await run.hub?.())?.identity;
  return {
    verb,
    ...(identity && { identity }),
    accounts: [...accounts.map((each, index) => results[index] ?? notStarted(each)), ...already],
    leftOut: run.leftOut,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

// Drift is what a drift run is there to find; it stops nothing.
function isFine(state: AccountResult["state"]): boolean {
  return state === "done" || state === "drifted" || state === "unknown";
}
