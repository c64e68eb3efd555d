import { type Identity } from "../../../aws/identity";
import { type Severity } from "../../output/severity";
import { type LaneOutcome } from "../events/model";

/** One thing that stands out, however many events it took. */
export interface Finding {
  /** `id` of its rule. */
  rule: string;
  title: string;
  severity: Severity;
  /** What it was: `CreateUser backdoor`, a region, an address. */
  detail: string;
  events: number;
  /** ISO 8601, in UTC. */
  first: string;
  last: string;
  regions: string[];
  /** Where it came from, the first few. */
  addresses: string[];
  /** Keys that signed it, the first few. */
  accessKeyIds: string[];
}

/** An hour in which something happened. */
export interface Hour {
  /** In the timeline's time zone, `2026-11-20`. */
  day: string;
  hour: number;
  events: number;
  /** Events that a rule found. */
  flagged: number;
  /** Events that AWS refused. */
  refused: number;
  regions: string[];
  /** Calls by how often, the most frequent first, a few. */
  calls: [name: string, events: number][];
  /** `id`s of the rules that found something. */
  rules: string[];
}

/** How often something occurs, the most frequent first. */
export interface Tally {
  name: string;
  events: number;
  first: string;
  last: string;
}

/** What an identity did, added up: its size does not grow with the number of events. */
export interface Timeline {
  /** Who asked, and in which account. */
  identity?: Identity;
  /** Whose: a key, a user, a role, as people say it. */
  subject: string;
  from: string;
  to: string;
  timeZone: string;
  /** Until then events taught what is usual; absent where there is nothing to compare with. */
  learnedUntil?: string;
  events: number;
  flagged: number;
  refused: number;
  /** Not everything could be read; `lanes` and `reasons` say what not and why. */
  partial: boolean;
  /** It was stopped before everything was read. */
  stopped?: boolean;
  /** Whether the log files that were read are what CloudTrail delivered, the most important sentence first. */
  logFiles: string[];
  /** Sentences. */
  reasons: string[];
  notes: string[];
  lanes: LaneOutcome[];
  notEnabled: string[];
  /** The worst first, then the earliest. */
  findings: Finding[];
  /** The earliest first. */
  hours: Hour[];
  regions: Tally[];
  addresses: Tally[];
  agents: Tally[];
  accessKeyIds: Tally[];
  calls: Tally[];
  /** ARNs of the roles it assumed. */
  roles?: Tally[];
}
