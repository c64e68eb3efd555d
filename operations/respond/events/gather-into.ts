import { type AwsClients } from "../../../aws/clients";
import { sharedSignal } from "../../../common/shared-signal";
import { type BaselineError } from "../../../common/errors";
import { ask } from "../../../aws/ask";
import { endsSurvey } from "../../../aws/problem";
import { chronologicalRecords } from "./chronological";
import { History } from "./history";
import { type Common, workLane } from "./lane";
import { readLogs } from "./logs";
import { type Gathering } from "./manifest";
import { type Gathered, type GatherOptions, type GatherRequest, type LaneOutcome } from "./model";
import { isTooOld, notesOn, SESSIONS } from "./notes";
import { begunSession, questionsAbout } from "./suspect";

/**
 * Asks every region what a gathering lacks, and keeps what came of it. A lane that an earlier run read to its end is not
 * asked.
 *
 * @param found regions that can be asked, and those the account has not enabled
 */
export async function gatherInto(
  gathering: Gathering,
  aws: AwsClients,
  request: GatherRequest,
  found: { enabled: string[]; notEnabled: string[] },
  options: GatherOptions,
): Promise<Gathered> {
  const { folder, begun, from, to, keep } = gathering;
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
  const gathered = {
    folder,
    from: from.toISOString(),
    to: (to ?? begun).toISOString(),
    events: outcomes.reduce((sum, each) => sum + each.events, 0),
    complete:
      outcomes.every(({ state }) => state === "complete") &&
      sessions.names.length <= SESSIONS &&
      !sessions.pathless &&
      !isTooOld(request, gathering),
    // What a person must mend first would fail the same again, and keep newer events from being asked for.
    resumable: outcomes.some(({ cause = "" }) => ["interrupted", "expired", "throttled"].includes(cause)),
    lanes: outcomes,
    notEnabled: found.notEnabled,
    notes: notesOn(request, gathering, outcomes, {
      sessions: sessions.names.length,
      ...(sessions.pathless && { pathless: true }),
    }),
  };
  keep(gathered);
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
