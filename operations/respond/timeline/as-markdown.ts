import { identityLine } from "../../../aws/identity";
import { code, details, escapeMarkdown, markdownTable } from "../../output/markdown";
import { localText } from "./clock";
import { type Tally, type Timeline } from "./model";
import { callsOf, headlines, limitsOf, type Span, spans, titleOf, whereOf } from "./words";

/** For a ticket or a report. */
export function timelineAsMarkdown(timeline: Timeline): string {
  const { findings, timeZone, reasons, logFiles, regions, addresses, agents } = timeline;
  const { by, flagged, quiet } = spans(timeline);
  const rows = findings.map((each) => [
    each.severity,
    String(each.events),
    localText(each.first, timeZone),
    `${escapeMarkdown(each.title)}: ${code(each.detail)}`,
    escapeMarkdown(whereOf(each, timeline)),
  ]);
  const bullets = (lines: string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
  return [
    ...(logFiles.length > 0 ? [bullets(logFiles)] : []),
    `## ${escapeMarkdown(titleOf(timeline))}`,
    [...(timeline.identity ? [identityLine(timeline.identity)] : []), ...headlines(timeline)]
      .map(escapeMarkdown)
      .join("<br>"),
    ...(reasons.length > 0 ? [`### Not read\n\n${bullets(reasons)}`] : []),
    ...(rows.length > 0
      ? [`### What stands out\n\n${markdownTable([["Severity", "Events", "First", "What", "Where"], ...rows])}`]
      : []),
    ...(flagged.length > 0 ? [`### By ${by}\n\n${spanTable(flagged)}`] : []),
    ...(quiet.length > 0 ? [details(`${quiet.length} other ${by}s`, spanTable(quiet))] : []),
    details(
      "Regions, addresses and programs",
      [tallies("Region", regions), tallies("Address", addresses), tallies("Program", agents)].join("\n\n"),
    ),
    `### Good to know\n\n${bullets(limitsOf(timeline))}`,
  ].join("\n\n");
}

function spanTable(rows: Span[]): string {
  const cells = rows.map((each) => [
    each.name,
    String(each.events),
    String(each.flagged),
    escapeMarkdown(callsOf(each)),
    escapeMarkdown(each.regions.join(", ")),
  ]);
  return markdownTable([["When", "Events", "Flagged", "Calls", "Regions"], ...cells]);
}

function tallies(what: string, rows: Tally[]): string {
  const cells = rows.map(({ name, events, first, last }) => [code(name || "-"), String(events), first, last]);
  return markdownTable([[what, "Events", "First", "Last"], ...cells]);
}
