import { type SurveyProblem } from "../../account/survey/model";
import { type LogChecks } from "./log-checks";
import { type TrailBucket } from "./log-keys";
import { type Suspect } from "./suspect";

/** What to gather. */
export interface GatherRequest {
  suspect: Suspect;
  /** Default: 90 days ago, as far as CloudTrail's event history reaches. */
  from?: Date;
  /** Default: now, newer events included that come in meanwhile. */
  to?: Date;
  /** Default: every enabled region. */
  regions?: string[];
  /** A trail's log files, for what is older than 90 days and for data events. */
  bucket?: TrailBucket;
}

export interface GatherOptions {
  /** Ends after the pages in hand; what was gathered is kept. */
  signal?: AbortSignal;
  /**
   * Events gathered for the same request so lately, in milliseconds, are good enough; only what refused then is asked
   * again. Default: 0, they never are.
   */
  notOlder?: number;
  /** Milliseconds between two requests to a region. Default: 500, the API's own limit. */
  interval?: number;
  onProgress?: (text: string) => void;
}

/** What came of one region, of the event history or of log files. */
export interface LaneOutcome {
  region: string;
  source: "event history" | "log files";
  events: number;
  /** `complete`: everything there is; `partial`: some of it, `reason` says why not all. */
  state: "complete" | "partial";
  cause?: SurveyProblem["cause"] | "interrupted" | "expired";
  /** One sentence. */
  reason?: string;
  /** Of log files: whether they are what CloudTrail delivered. */
  checks?: LogChecks;
  /** AWS throttled requests, so they were made slower. */
  slowed?: true;
}

/** What was gathered, and how far. */
export interface Gathered {
  /** Where the events are; `chronological` reads them. */
  folder: string;
  from: string;
  /** When it was begun, unless the request says until when. What a later run adds does not move it. */
  to: string;
  /** Read off the disk: those of earlier runs included. */
  events: number;
  /** Every enabled region told everything there is. */
  complete: boolean;
  /** Another run with the same request goes on where this one ended. */
  resumable: boolean;
  lanes: LaneOutcome[];
  /** Regions that the account has not enabled; nothing can be asked there. */
  notEnabled: string[];
  /** What the events do not tell, in sentences. */
  notes: string[];
}
