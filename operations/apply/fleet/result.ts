import { type PolicyFinding, type Step } from "../../../engine/host";
import { type DriftReport } from "../../watch/drift/model";
import { type Identity } from "../../../aws/identity";
import { ExitCode } from "../../../common/errors";

export type FleetVerb = "preview" | "up" | "drift";

/**
 * `done`: as asked, and nothing found wrong. `blocked`: a mandatory policy stood in the way. `drifted`, `unknown`: of a
 * drift run. `not-started`: another account failed first, or the run was interrupted.
 */
export type AccountState = "done" | "blocked" | "drifted" | "unknown" | "failed" | "interrupted" | "not-started";

/** How a run went on one account. */
export interface AccountResult {
  name: string;
  accountId: string;
  stack: string;
  /** Who worked on it, as AWS says; absent where nobody could. */
  callerArn?: string;
  state: AccountState;
  /** Resources by what happened, or would happen, to them. */
  changes?: Partial<Record<Step["op"], number>>;
  findings?: PolicyFinding[];
  drift?: DriftReport;
  /** Why it failed. */
  error?: { code: string; message: string; next?: string };
  /** How often it was tried. */
  tries: number;
  seconds: number;
}

export interface FleetReport {
  verb: FleetVerb;
  /** Who ran it; each account says who worked there. */
  identity?: Identity;
  /** In the order of the accounts file. */
  accounts: AccountResult[];
  /** What of an organization was left out, and why. */
  leftOut: string[];
  seconds: number;
}

/** States in which an account is finished with; `--resume` runs all others again. */
export function isFinished(state: AccountState): boolean {
  return state === "done" || state === "drifted";
}

/**
 * 130 when it was interrupted; 7 when there is drift; 3 when a mandatory policy blocked an account; 1 when an account
 * failed, could not be read or was not started; otherwise 0. The first that applies.
 */
export function fleetExitCode({ accounts }: Pick<FleetReport, "accounts">): number {
  const some = (...states: AccountState[]) => accounts.some(({ state }) => states.includes(state));
  return some("interrupted")
    ? ExitCode.interrupted
    : some("drifted")
      ? ExitCode.drift
      : some("blocked")
        ? ExitCode.found
        : some("failed", "unknown", "not-started")
          ? ExitCode.failed
          : ExitCode.ok;
}
