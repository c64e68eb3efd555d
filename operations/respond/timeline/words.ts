import { severities } from "../../output/severity";
import { localText } from "./clock";
import { type Finding, type Hour, type Timeline } from "./model";
import { grouped } from "../../../common/grouped";

/** Hours that are told one by one; where there are more, days are. */
const HOURS_TOLD = 48;

/** A row of the timeline: an hour, or a day where the window is long. */
export interface Span {
  name: string;
  events: number;
  flagged: number;
  refused: number;
  regions: string[];
  calls: [name: string, events: number][];
  rules: string[];
}

export function titleOf({ subject }: Timeline): string {
  return `Timeline of ${subject}`;
}

/** From and to, the time zone, and what was found, in two sentences. */
export function headlines(timeline: Timeline): string[] {
  const {
    events,
    flagged,
    refused,
    findings,
    timeZone,
    from,
    to,
    regions,
    lanes,
    partial,
    stopped,
    roles = [],
  } = timeline;
  const asked = new Set(lanes.map(({ region }) => region)).size;
  const counts = severities
    .map((severity) => [severity, findings.filter((each) => each.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}`);
  return [
    `${localText(from, timeZone)} to ${localText(to, timeZone)}, ${timeZone}`,
    `${events} events in ${regions.length} of ${asked} regions; ${flagged} stand out, ${refused} were refused.`,
    ...(stopped
      ? ["STOPPED before everything was read. Run the same command again: it goes on where this ended."]
      : []),
    counts.length > 0
      ? `Findings${partial ? " so far" : ""}: ${counts.join(", ")}.`
      : partial
        ? "No rule found anything in what was read."
        : "No rule found anything.",
    ...(roles.length > 0 ? [`Roles it assumed; contain them too: ${roles.map(({ name }) => name).join(", ")}`] : []),
    ...(partial ? ["PARTIAL: not everything could be read; what is missing stands below."] : []),
  ];
}

/** Where, from where and with which keys (where there are several), in one line. */
export function whereOf(
  { regions, addresses, accessKeyIds, detail }: Finding,
  { accessKeyIds: all }: Timeline,
): string {
  const isSaid = (list: string[]) => list.length === 1 && detail.includes(list[0]!);
  const of = (word: string, list: string[]) =>
    list.length === 0 || isSaid(list) ? [] : [`${word} ${list.join(", ")}`];
  return [...of("in", regions), ...of("from", addresses), ...(all.length > 1 ? of("with", accessKeyIds) : [])].join(
    "; ",
  );
}

/** Hours as rows; days where there would be too many. Those with something in them first, then in order of time. */
export function spans({ hours }: Timeline): { by: "hour" | "day"; flagged: Span[]; quiet: Span[] } {
  const by = hours.length > HOURS_TOLD ? "day" : "hour";
  const named = (each: Hour) => (by === "day" ? each.day : `${each.day} ${String(each.hour).padStart(2, "0")}h`);
  const all = [...grouped(hours, named)].map(([name, some]) => added(name, some));
  return { by, flagged: all.filter((each) => each.flagged > 0), quiet: all.filter((each) => each.flagged === 0) };
}

function added(name: string, hours: Hour[]): Span {
  const sum = (of: (hour: Hour) => number) => hours.reduce((total, hour) => total + of(hour), 0);
  const calls = new Map<string, number>();
  for (const [call, events] of hours.flatMap((hour) => hour.calls)) calls.set(call, (calls.get(call) ?? 0) + events);
  return {
    name,
    events: sum((hour) => hour.events),
    flagged: sum((hour) => hour.flagged),
    refused: sum((hour) => hour.refused),
    regions: [...new Set(hours.flatMap((hour) => hour.regions))].sort(),
    calls: [...calls].sort((a, b) => b[1] - a[1]).slice(0, 5),
    rules: [...new Set(hours.flatMap((hour) => hour.rules))].sort(),
  };
}

/** `GetObject 12, ListBuckets`. */
export function callsOf({ calls }: Pick<Span, "calls">): string {
  return calls.map(([name, events]) => (events > 1 ? `${name} ${events}` : name)).join(", ");
}

/** What limits the timeline, and could not be read, in sentences. */
export function limitsOf(timeline: Timeline): string[] {
  const { events, notEnabled, learnedUntil, timeZone, notes, lanes } = timeline;
  const slowed = lanes.filter((each) => each.slowed).map(({ region }) => region);
  const usual =
    learnedUntil !== undefined
      ? `What came before ${localText(learnedUntil, timeZone)} counts as usual; regions, addresses, programs and nights are new after it.`
      : "There is nothing usual to compare with: what is new for it (regions, addresses, programs, nights) is not told. --since says when the suspicion begins, --known-regions where it works.";
  return [
    ...(events > 0 ? [usual] : []),
    ...notes,
    ...(slowed.length > 0 ? [`AWS asked for fewer requests in ${slowed.join(", ")}; they were made slower.`] : []),
    ...(notEnabled.length > 0
      ? [
          `Not enabled, so not asked: ${notEnabled.join(", ")}. Events of a region that was disabled again show only in a trail's log files.`,
        ]
      : []),
  ];
}
