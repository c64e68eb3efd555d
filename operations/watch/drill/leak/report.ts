import { ExitCode } from "../../../../common/errors";
import { type Evidence } from "../../../../components/foundation/verify/verifier";

/** What happened, and when. */
export interface LeakStep {
  what: string;
  /** Since AWS said that the quarantine is on; absent for what came before it, and for what never came. */
  seconds?: number;
}

/** Events that lead to the response, and what is known of their way. */
export interface EventWay {
  /** Whose events: `AWS Health`, `GuardDuty` or `quarantine`. */
  source: string;
  region: string;
  /** `exercised`: this drill went it. The others were compared with the rule's own pattern, and nothing was sent. */
  state: "exercised" | "nothing came" | "would be taken" | "would not be taken" | "not looked at";
  /** Why not; empty where there is nothing to say. */
  says: string;
}

/** What became of a throw-away user. */
export interface Removal {
  user: string;
  /** True when IAM says that there is no such user. */
  gone: boolean;
  /** Why not, in words. */
  problems: string[];
  /** Commands that remove what is left. */
  commands: string[];
}

/** What one drill of the response to a leaked key found out and did. */
export interface LeakDrillReport {
  drill: "leak";
  accountId: string;
  /** Empty when the account has none, or it may not be read. */
  accountAlias: string;
  homeRegion: string;
  /** As the state machine in the account is made: `contain` deactivates keys, `notify` only tells. */
  mode: "notify" | "contain";
  user: string;
  /** Absent when no key was made. */
  keyId?: string;
  /** ARN of the quarantine policy that was attached. */
  policy: string;
  /** How the way looked before anything was made. */
  before: Evidence[];
  steps: LeakStep[];
  /** From AWS's answer to the quarantine until it was seen, so up to the pause between two looks too long. */
  seconds: {
    /** The state machine begins. */
    begun?: number;
    /** The key is Inactive. */
    inactive?: number;
    /** The state machine is done. */
    answered?: number;
  };
  ways: EventWay[];
  removal: Removal;
  /** Users that earlier drills had left behind, and what became of them. */
  earlier: Removal[];
  /** True when the response did what its mode promises, and nothing is left of the drill. */
  ok: boolean;
  /** The drill itself could not be carried out, or something of it could not be removed. */
  failed: boolean;
  /** Ctrl-C or SIGTERM ended it. */
  stopped: boolean;
  /** In words: what held, or where it got stuck. */
  verdict: string;
}

/** 130 stopped, 1 the drill could not be carried out or could not clean up, 3 the response does not do its job, else 0. */
export function leakDrillExitCode({ ok, failed, stopped }: Pick<LeakDrillReport, "ok" | "failed" | "stopped">): number {
  return stopped ? ExitCode.interrupted : failed ? ExitCode.failed : ok ? ExitCode.ok : ExitCode.found;
}
