import { table, wrap } from "../../../common/table";
import { harmless, styled } from "../../../common/terminal";
import { severityColours } from "../../output/severity-colours";
import { localText } from "./clock";
import { type Timeline } from "./model";
import { callsOf, headlines, limitsOf, type Span, spans, titleOf, whereOf } from "./words";

const WIDTH = 80;
/** Findings and rows that are printed; all stand in the files. */
const FINDINGS = 60;
const ROWS = 40;
const QUIET = 10;

/** For a terminal of 80 columns: what stands out first, then hour by hour or day by day. */
export function timelineAsText(timeline: Timeline): string {
  const { findings, timeZone, reasons, logFiles } = timeline;
  const { by, flagged, quiet } = spans(timeline);
  const most = Math.max(1, ...[...flagged, ...quiet].map(({ events }) => events));
  const rows = findings
    .slice(0, FINDINGS)
    .map((each) => [
      styled(severityColours[each.severity], each.severity),
      String(each.events),
      localText(each.first, timeZone),
      [each.title, each.detail, whereOf(each, timeline)].filter(Boolean).join("\n"),
    ]);
  return harmless(
    [
      ...logFiles.flatMap((line) => wrap(line, WIDTH)),
      ...(logFiles.length > 0 ? [""] : []),
      styled("bold", titleOf(timeline)),
      ...headlines(timeline).flatMap((line) => wrap(line, WIDTH)),
      ...part("Not read", reasons.flatMap(item)),
      ...part(
        "What stands out",
        rows.length > 0 ? [table([["Severity", "Events", "First", "What"], ...rows], WIDTH)] : [],
      ),
      ...more(findings.length - FINDINGS, "findings"),
      ...part(`By ${by}, what has something in it first`, spanTable(flagged, most)),
      ...more(flagged.length - ROWS, "rows"),
      ...part(`The other ${by}s, the last first`, spanTable([...quiet].reverse().slice(0, QUIET), most)),
      ...more(quiet.length - QUIET, "rows"),
      ...part("Good to know", limitsOf(timeline).flatMap(item)),
    ].join("\n"),
  );
}

function part(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ["", styled("bold", title), ...lines];
}

function item(text: string): string[] {
  return wrap(text, WIDTH - 2).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
}

function more(number: number, what: string): string[] {
  return number > 0 ? [`... and ${number} more ${what}: --json, --markdown or --html has them.`] : [];
}

function spanTable(rows: Span[], most: number): string[] {
  const shown = rows
    .slice(0, ROWS)
    .map((each) => [
      each.name,
      "#".repeat(Math.ceil((each.events / most) * 10)),
      String(each.events),
      each.flagged > 0 ? String(each.flagged) : "",
      `${callsOf(each)} (${each.regions.join(", ")})`,
    ]);
  return shown.length > 0 ? [table([["When", "", "Events", "Flagged", "Calls (regions)"], ...shown], WIDTH)] : [];
}
