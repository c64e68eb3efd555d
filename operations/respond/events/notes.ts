import { type Gathering } from "./manifest";
import { type GatherRequest, type LaneOutcome } from "./model";
import { HISTORY_DAYS } from "./pace";

/** Most sessions of a role that are looked into; a role of a busy program has thousands. */
export const SESSIONS = 50;
/** How lately a gathering must have ended, in milliseconds, for what refused to be asked again by itself. */
export const REOPENED_FOR = 30 * 60_000;
const DAY = 24 * 60 * 60 * 1000;

/** What a person must mend: the same credentials and settings would be refused again. */
export function hasRefused(lanes: readonly LaneOutcome[]): boolean {
  return lanes.some(({ cause = "" }) => ["denied", "service-control-policy", "not-enabled"].includes(cause));
}

/** Whether the window begins before what the event history keeps, and nothing else is read. */
export function isTooOld({ bucket }: GatherRequest, { begun, from }: Pick<Gathering, "begun" | "from">): boolean {
  return !bucket && begun.getTime() - from.getTime() > (HISTORY_DAYS + 1) * DAY;
}

/**
 * What the events do not tell, in sentences.
 *
 * @param role how many of its sessions were begun; `pathless`: IAM did not tell its path
 */
export function notesOn(
  request: GatherRequest,
  gathering: Gathering,
  lanes: readonly LaneOutcome[],
  { sessions, pathless }: { sessions: number; pathless?: true },
): string[] {
  const { begun, to, isContinued } = gathering;
  const at = begun.toISOString().slice(0, 16).replace("T", " ");
  return [
    ...(isContinued && (to === undefined || to > begun)
      ? [`This was begun at ${at} UTC: what had been read then was not read again, and lacks what came later.`]
      : []),
    ...(hasRefused(lanes)
      ? [
          `If what refused is allowed within ${REOPENED_FOR / 60_000} minutes, the same run again asks that alone; ` +
            "later, or where it refuses again, it asks everything anew.",
        ]
      : []),
    ...(request.bucket
      ? []
      : [
          "Reads and writes of objects and calls of functions are in no event history; a trail may log them: --bucket.",
        ]),
    ...(isTooOld(request, gathering)
      ? [`Nothing older than ${HISTORY_DAYS} days could be asked for: that is in a trail's log files, --bucket.`]
      : []),
    ...(sessions > SESSIONS
      ? [`${sessions} sessions of the role were begun; the last ${SESSIONS} were looked into.`]
      : []),
    ...(pathless
      ? ["IAM did not tell the role's path: its sessions were looked for as if it had none, and may be missing."]
      : []),
    "CloudTrail takes up to 15 minutes to tell of a call; run it again for the last ones.",
  ];
}
