import { type AwsClients } from "../../common/aws-clients";
import { sharedSignal } from "../../common/shared-signal";
import { type BaselineError } from "../../common/errors";
import { ask } from "../aws/ask";
import { endsSurvey } from "../survey/problem";
import { chronologicalRecords } from "./chronological";
import { History } from "./history";
import { type Common, workLane } from "./lane";
import { readLogs } from "./logs";
import { gatheredLately, gatheringIn } from "./manifest";
import { type Gathered, type GatherOptions, type GatherRequest, type LaneOutcome } from "./model";
import { HISTORY_DAYS } from "./pace";
import { regionsOf } from "./regions";
import { begunSession, questionsAbout } from "./suspect";

/** Most sessions of a role that are looked into; a role of a busy program has thousands. */
const SESSIONS = 50;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Gathers a suspect's events of every region at once, onto disk: CloudTrail's event history, and a trail's log files
 * where a bucket is given. A run that is stopped goes on where it was when it is asked the same again.
 *
 * @param parent folder for this and other gatherings
 * @throws BaselineError when not even the list of regions can be had; whatever fails later stands in `lanes`
 */
export async function gather(
  aws: AwsClients,
  request: GatherRequest,
  parent: string,
  options: GatherOptions = {},
): Promise<Gathered> {
  const now = new Date();
  const known = gatheredLately(parent, request, now, options.notOlder ?? 0);
  if (known) {
    return known;
  }
  options.onProgress?.("asking which regions there are");
  const found = request.regions ? { enabled: request.regions, notEnabled: [] } : await regionsOf(aws);
  const { folder, from, to, end } = gatheringIn(parent, request, now);
  const stopped = new AbortController();
  const signal = sharedSignal(AbortSignal.any([stopped.signal, ...(options.signal ? [options.signal] : [])]));
  const common: Common = {
    aws,
    folder,
    from,
    ...(to && { to }),
    signal,
    onEvents: (number) => history.count(number),
    stop: (reason: BaselineError) => stopped.abort(reason),
  };
  const history = new History(common, found.enabled, options);
  const logs = logLanes(common, request, found.enabled);
  const lanes = await history.ask(questionsAbout(request.suspect));
  const sessions = await sessionsOf(history, request, common);
  lanes.push(...sessions.lanes);
  if (sessions.names.length > 0) {
    const { roleName } = request.suspect;
    lanes.push(...(await history.ask(questionsAbout({ roleName: roleName! }, sessions.names.slice(0, SESSIONS)))));
  }
  lanes.push(...(await logs));
  const outcomes = merged(lanes);
  // What a person must mend first would fail the same again, and keep newer events from being asked for.
  const resumable = outcomes.some(({ cause = "" }) => ["interrupted", "expired", "throttled"].includes(cause));
  const tooOld = !request.bucket && now.getTime() - from.getTime() > (HISTORY_DAYS + 1) * DAY;
  const gathered = {
    folder,
    from: from.toISOString(),
    to: (to ?? now).toISOString(),
    events: outcomes.reduce((sum, each) => sum + each.events, 0),
    complete:
      outcomes.every(({ state }) => state === "complete") &&
      sessions.names.length <= SESSIONS &&
      !sessions.pathless &&
      !tooOld,
    resumable,
    lanes: outcomes,
    notEnabled: found.notEnabled,
    notes: notesOn(request, { tooOld, sessions: sessions.names.length, ...(sessions.pathless && { pathless: true }) }),
  };
  if (!resumable) {
    end(gathered);
  }
  return gathered;
}

function logLanes(common: Common, { bucket, suspect }: GatherRequest, regions: string[]): Promise<LaneOutcome[]> {
  if (!bucket) {
    return Promise.resolve([]);
  }
  const action = "s3:GetObject";
  const read = (region: string) =>
    workLane(common, { name: `logs ${region}`, region, source: "log files", action }, (lane) =>
      readLogs(lane, bucket, suspect),
    );
  return Promise.all(regions.map(read));
}

/** Names of the sessions that were begun of a role, by the events that began them. None unless a whole role is suspect. */
async function sessionsOf(
  history: History,
  { suspect: { roleName, sessionName } }: GatherRequest,
  { aws, folder, signal }: Common,
): Promise<{ names: string[]; lanes: LaneOutcome[]; pathless?: true }> {
  if (roleName === undefined || sessionName !== undefined || signal?.aborted) {
    return { names: [], lanes: [] };
  }
  const { arn: value, pathless } = await arnOf(aws, roleName);
  const belongs = (each: Parameters<typeof begunSession>[0]) => begunSession(each) !== undefined;
  const lanes = await history.ask([{ attribute: "ResourceName", value, belongs }]);
  const names = new Set<string>();
  for await (const record of chronologicalRecords(folder)) {
    const session = begunSession(record);
    if (session !== undefined) names.add(session);
  }
  // The latest first: where there are too many, those are looked into.
  return { names: [...names].reverse(), lanes, ...(pathless && { pathless }) };
}

/** CloudTrail knows a role by its whole ARN, path included. `pathless`: IAM did not tell it, and it is a guess. */
async function arnOf(aws: AwsClients, roleName: string): Promise<{ arn: string; pathless?: true }> {
  try {
    const { Role } = await ask("iam:GetRole", aws.defaultRegion, () => aws.iam().getRole({ RoleName: roleName }));
    if (Role?.Arn !== undefined) {
      return { arn: Role.Arn };
    }
  } catch (error) {
    if (endsSurvey(error)) {
      throw error;
    }
  }
  const { Account: account = "", Arn: arn = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  return { arn: `arn:${arn.split(":")[1] ?? "aws"}:iam::${account}:role/${roleName}`, pathless: true };
}

/** One outcome for each region and source: the worst of its questions. */
function merged(lanes: readonly LaneOutcome[]): LaneOutcome[] {
  const byRegion = new Map<string, LaneOutcome>();
  for (const lane of lanes) {
    const key = `${lane.region} ${lane.source}`;
    const known = byRegion.get(key);
    const worse = known?.state === "partial" ? known : lane;
    byRegion.set(key, { ...known, ...worse, events: (known?.events ?? 0) + lane.events });
  }
  return [...byRegion.values()].sort((a, b) => (a.region < b.region ? -1 : 1));
}

function notesOn(
  { bucket }: GatherRequest,
  { tooOld, sessions, pathless }: { tooOld: boolean; sessions: number; pathless?: true },
): string[] {
  return [
    ...(bucket
      ? []
      : [
          "Reads and writes of objects and calls of functions are in no event history; a trail may log them: --bucket.",
        ]),
    ...(tooOld
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
