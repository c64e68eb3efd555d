import { checksOf, isTampered, sentencesOn } from "../events/log-checks";
import { type Gathered } from "../events/model";
import { type TrailEvent } from "../events/record";
import { localClock } from "./clock";
import { Findings } from "./findings";
import { Hours } from "./hours";
import { type Timeline } from "./model";
import { type Look, type Rule, type WatchSettings } from "./rule";
import { rules } from "./rules";
import { programOf } from "./rules/unusual";
import { Tallies } from "./tally";
import { usualBy } from "./usual";

export interface TimelineSettings extends Omit<WatchSettings, "idleSince"> {
  subject: string;
  /** IANA name. Default: UTC. */
  timeZone: string;
  /** Since when something is suspected. What is before it teaches what is usual; see `usualBy` for the default. */
  since?: Date;
}

/** Night, where nobody says otherwise: from midnight up to six. */
export const NIGHT: WatchSettings["night"] = [0, 6];

const TOLD = 30;

/**
 * A timeline of events, read once and never held.
 *
 * @param events the oldest first
 * @param gathered where they are from, and what is missing
 * @throws BaselineError `invalid-time-zone`
 */
export async function buildTimeline(
  events: AsyncIterable<TrailEvent>,
  gathered: Omit<Gathered, "folder">,
  settings: TimelineSettings,
): Promise<Timeline> {
  const { subject, timeZone, since } = settings;
  const [from, to] = [Date.parse(gathered.from), Date.parse(gathered.to)];
  let usual: number | undefined;
  let watching: { rule: Rule; look: Look }[] | undefined;
  const clock = localClock(timeZone);
  const [findings, hours] = [new Findings(), new Hours()];
  const tallies = {
    regions: new Tallies(),
    addresses: new Tallies(),
    agents: new Tallies(),
    accessKeyIds: new Tallies(),
  };
  const calls = new Tallies();
  const roles = new Tallies();
  const counts = { events: 0, flagged: 0, refused: 0 };
  for await (const event of events) {
    if (watching === undefined) {
      usual = usualBy({ ...(since && { since }), first: event.at, to });
      const watch = { ...settings, ...(usual === undefined && { idleSince: from }) };
      watching = rules
        .filter(canWatch(gathered, settings, usual !== undefined))
        .map((rule) => ({ rule, look: rule.begin(watch) }));
    }
    const local = clock(event.at);
    const moment = { event, local, learning: usual !== undefined && event.at < usual };
    const found: string[] = [];
    for (const { rule, look } of watching) {
      const sighting = look(moment);
      if (sighting !== undefined) {
        findings.add(rule, event, sighting);
        found.push(rule.id);
      }
    }
    hours.add(local, event, found);
    counts.events += 1;
    counts.flagged += found.length > 0 ? 1 : 0;
    counts.refused += event.error === undefined ? 0 : 1;
    tallies.regions.add(event.region, event.time);
    tallies.addresses.add(event.address, event.time);
    tallies.agents.add(programOf(event.agent), event.time);
    tallies.accessKeyIds.add(event.accessKeyId || "(none: console)", event.time);
    const role = event.name.startsWith("AssumeRole") && event.error === undefined && event.request["roleArn"];
    if (typeof role === "string") {
      roles.add(role, event.time);
    }
    calls.add(`${event.service}:${event.name}`, event.time);
  }
  const checks = checksOf(gathered.lanes);
  return {
    subject,
    from: gathered.from,
    to: gathered.to,
    timeZone,
    ...(usual !== undefined && { learnedUntil: new Date(usual).toISOString() }),
    ...counts,
    stopped: gathered.lanes.some(({ cause }) => cause === "interrupted"),
    partial: !gathered.complete || isTampered(checks.map((each) => each.checks)),
    logFiles: sentencesOn(checks),
    reasons: reasonsOf(gathered),
    notes: gathered.notes,
    lanes: gathered.lanes,
    notEnabled: gathered.notEnabled,
    findings: findings.all(),
    hours: hours.all(),
    regions: tallies.regions.top(TOLD),
    addresses: tallies.addresses.top(TOLD),
    agents: tallies.agents.top(TOLD),
    accessKeyIds: tallies.accessKeyIds.top(TOLD),
    calls: calls.top(TOLD),
    roles: roles.top(TOLD),
  };
}

/** AWS tells the newest events first: where reading was cut off, the usual is what is missing. */
function isCutOff({ lanes }: Omit<Gathered, "folder">): boolean {
  return lanes.some(({ cause = "" }) => ["interrupted", "expired", "throttled"].includes(cause));
}

function canWatch(gathered: Omit<Gathered, "folder">, { knownRegions }: TimelineSettings, hasUsual: boolean) {
  const cutOff = isCutOff(gathered);
  return ({ id, needs }: Rule) =>
    needs === undefined ||
    (id === "new-region" && knownRegions !== undefined) ||
    (!cutOff && (needs === "everything" || hasUsual));
}

/** Why not everything was read, a sentence for each reason, with the regions it holds for. */
function reasonsOf(gathered: Omit<Gathered, "folder">): string[] {
  const { lanes, resumable } = gathered;
  const byReason = new Map<string, { first: string; regions: string[] }>();
  for (const { state, reason = "", region, source, cause } of lanes) {
    if (state === "partial") {
      // Stopped is stopped for the same reason everywhere.
      const first = cause === "interrupted" || cause === "expired" ? reason : `${reason} (${source})`;
      const key = first.replaceAll(region, "");
      byReason.set(key, { first, regions: [...(byReason.get(key)?.regions ?? []), region] });
    }
  }
  const sentences = [...byReason.values()].map(({ first, regions }) =>
    regions.length > 1 ? `${first} Not read to the end: ${regions.join(", ")}.` : first,
  );
  const unknown = "What is new for it (regions, addresses, programs, nights) shows only when everything was read.";
  return [
    ...sentences,
    ...(isCutOff(gathered) ? [unknown] : []),
    ...(resumable ? ["Run the same again: it goes on where this ended."] : []),
  ];
}
