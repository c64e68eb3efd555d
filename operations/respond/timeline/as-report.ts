import {
  type Finding as ReportFinding,
  findingTable,
  type Report,
  severityFacts,
  type Words,
} from "../../output/report";
import { severities } from "../../output/severity";
import { heatMap, regionBars } from "./chart";
import { localText } from "./clock";
import { type Finding, type Tally, type Timeline } from "./model";
import { callsOf, headlines, limitsOf, type Span, spans, titleOf, whereOf } from "./words";

/** Findings and rows that a terminal shows; all stand in the files. */
const FINDINGS = 60;
const ROWS = 40;
const QUIET = 10;
const IN_ORDER = 100;

/** The timeline, for every form in which people read it. Its size does not grow with the number of events. */
export function timelineAsReport(timeline: Timeline): Report {
  const { reasons, logFiles, timeZone, events, refused, partial, regions, addresses, agents } = timeline;
  const { by, flagged, quiet } = spans(timeline);
  const findings = timeline.findings.map((each) => findingOf(each, timeline));
  const hot = new Set(timeline.findings.filter(({ rule }) => rule === "new-region").map(({ detail }) => detail));
  const most = Math.max(1, ...[...flagged, ...quiet].map((each) => each.events));
  const tally = (what: string, rows: readonly Tally[]) => tallyTable(what, rows, timeZone);
  return {
    title: titleOf(timeline),
    alerts: logFiles,
    identity: timeline.identity,
    summary: headlines(timeline),
    facts: [
      ["State", partial ? "partial" : "complete"],
      ["Events", String(events)],
      ["Stand out", String(timeline.flagged)],
      ["Refused", String(refused)],
      ...severityFacts(findings, severities),
    ],
    sections: [
      { title: "Not read", blocks: [{ list: reasons }] },
      {
        title: `Hour by hour (${timeZone})`,
        blocks: [{ figure: heatMap(timeline), caption: "Darker is more; red is what stands out." }],
        only: ["html"],
      },
      { title: "What stands out", blocks: [{ findings }], only: ["html", "markdown"] },
      { title: "In order", blocks: [{ table: findingTable(inOrder(timeline)) }], only: ["html"] },
      {
        title: "What stands out",
        blocks: [{ table: shortTable(timeline) }, ...more(findings.length - FINDINGS, "findings")],
        only: ["text"],
      },
      {
        title: "Regions",
        blocks: [{ figure: regionBars(timeline, hot), caption: "Red was never worked in before." }],
        only: ["html"],
      },
      { title: `By ${by}`, blocks: [{ table: spanTable(flagged) }], only: ["html", "markdown"] },
      {
        title: `${quiet.length} other ${by}s`,
        blocks: [{ table: spanTable(quiet) }],
        fold: true,
        only: ["html", "markdown"],
      },
      {
        title: `By ${by}, what has something in it first`,
        blocks: [{ table: barTable(flagged.slice(0, ROWS), most) }, ...more(flagged.length - ROWS, "rows")],
        only: ["text"],
      },
      {
        title: `The other ${by}s, the last first`,
        blocks: [
          { table: barTable([...quiet].reverse().slice(0, QUIET), most) },
          ...more(quiet.length - QUIET, "rows"),
        ],
        only: ["text"],
      },
      {
        title: "Regions, addresses and programs",
        blocks: [
          { table: tally("Region", regions) },
          { table: tally("Address", addresses) },
          { table: tally("Program", agents) },
        ],
        fold: true,
        only: ["markdown"],
      },
      { title: "Addresses", blocks: [{ table: tally("Address", addresses) }], only: ["html"] },
      { title: "Programs", blocks: [{ table: tally("Program", agents) }], only: ["html"] },
      { title: "Keys", blocks: [{ table: tally("Key", timeline.accessKeyIds) }], only: ["html"] },
      { title: "Calls", blocks: [{ table: tally("Call", timeline.calls) }], only: ["html"] },
      { title: "Good to know", blocks: [{ list: limitsOf(timeline) }] },
    ],
    footer: [`${timeline.from} to ${timeline.to}`],
  };
}

function findingOf(finding: Finding, timeline: Timeline): ReportFinding {
  const { severity, title, detail, events, first, last } = finding;
  const [since, until] = [first, last].map((each) => localText(each, timeline.timeZone));
  const where = whereOf(finding, timeline);
  return {
    severity,
    title,
    detail,
    where: [`${first === last ? since : `${since} to ${until}`}, ${events} event${events === 1 ? "" : "s"}`, where],
    columns: [
      ["Events", String(events)],
      ["First", since ?? ""],
      ["Where", where],
    ],
  };
}

/** The first of everything that stands out, the earliest first. */
function inOrder(timeline: Timeline): ReportFinding[] {
  const byTime = [...timeline.findings].sort((a, b) => (a.first < b.first ? -1 : 1));
  return byTime.slice(0, IN_ORDER).map((each) => findingOf(each, timeline));
}

/** What stands out, as a terminal has room for it. */
function shortTable(timeline: Timeline): Words[][] {
  const rows = timeline.findings
    .slice(0, FINDINGS)
    .map((each) => [
      each.severity,
      String(each.events),
      localText(each.first, timeline.timeZone),
      [each.title, each.detail, whereOf(each, timeline)].filter(Boolean).join("\n"),
    ]);
  return [["Severity", "Events", "First", "What"], ...rows];
}

function more(number: number, what: string): { text: string }[] {
  return number > 0 ? [{ text: `... and ${number} more ${what}: --json, --markdown or --html has them.` }] : [];
}

function spanTable(rows: readonly Span[]): string[][] {
  const cells = rows.map((each) => [
    each.name,
    String(each.events),
    String(each.flagged),
    String(each.refused),
    callsOf(each),
    each.regions.join(", "),
  ]);
  return [["When", "Events", "Flagged", "Refused", "Calls", "Regions"], ...cells];
}

function barTable(rows: readonly Span[], most: number): string[][] {
  const cells = rows.map((each) => [
    each.name,
    "#".repeat(Math.ceil((each.events / most) * 10)),
    String(each.events),
    each.flagged > 0 ? String(each.flagged) : "",
    `${callsOf(each)} (${each.regions.join(", ")})`,
  ]);
  return [["When", "", "Events", "Flagged", "Calls (regions)"], ...cells];
}

function tallyTable(what: string, rows: readonly Tally[], timeZone: string): Words[][] {
  const cells = rows.map(({ name, events, first, last }) => [
    { code: name || "-" },
    String(events),
    localText(first, timeZone),
    localText(last, timeZone),
  ]);
  return [[what, "Events", "First", "Last"], ...cells];
}
