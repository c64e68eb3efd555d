import { identityRows } from "../../../aws/identity";
import { escape, facts, htmlTable, list, page, section } from "../../output/html";
import { severities } from "../../output/severity";
import { heatMap, regionBars } from "./chart";
import { localText } from "./clock";
import { type Finding, type Tally, type Timeline } from "./model";
import { callsOf, headlines, limitsOf, type Span, spans, titleOf, whereOf } from "./words";

/** Findings with a box of their own; the rest are a table. */
const BOXES = 40;
const IN_ORDER = 100;

/** The timeline as one page to look at: no script, no network. Its size does not grow with the number of events. */
export function timelineAsHtml(timeline: Timeline): string {
  const { findings, reasons, logFiles, timeZone, events, flagged, refused, partial } = timeline;
  const { by, flagged: loud, quiet } = spans(timeline);
  const hot = new Set(findings.filter(({ rule }) => rule === "new-region").map(({ detail }) => detail));
  const rest = findings.slice(BOXES);
  return page(titleOf(timeline), {
    header: `${logFiles.map((line) => `<p><strong>${escape(line)}</strong></p>`).join("")}<h1>${escape(titleOf(timeline))}</h1>
${headlines(timeline)
  .map((line) => `<p>${escape(line)}</p>`)
  .join("")}
${facts([
  ...(timeline.identity ? identityRows(timeline.identity) : []),
  ["State", partial ? "partial" : "complete"],
  ["Events", String(events)],
  ["Stand out", String(flagged)],
  ["Refused", String(refused)],
  ...severities.map((severity): [string, string] => [
    severity,
    String(findings.filter((each) => each.severity === severity).length),
  ]),
])}`,
    main: [
      ...(reasons.length > 0 ? [section("Not read", list(reasons.map(escape)))] : []),
      section(
        `Hour by hour (${timeZone})`,
        `${heatMap(timeline)}<p class="quiet">Darker is more; red is what stands out.</p>`,
      ),
      ...(findings.length > 0
        ? [
            section(
              "What stands out",
              findings
                .slice(0, BOXES)
                .map((each) => article(each, timeline))
                .join(""),
            ),
          ]
        : []),
      ...(rest.length > 0 ? [section("More that stands out", findingTable(rest, timeline))] : []),
      ...(findings.length > 0 ? [section("In order", findingTable(inOrder(findings), timeline))] : []),
      section("Regions", `${regionBars(timeline, hot)}<p class="quiet">Red was never worked in before.</p>`),
      ...(loud.length > 0 ? [section(`By ${by}: with something in it`, spanTable(loud))] : []),
      ...(quiet.length > 0 ? [section(`The other ${by}s`, spanTable(quiet))] : []),
      section("Addresses", tallyTable("Address", timeline.addresses, timeZone)),
      section("Programs", tallyTable("Program", timeline.agents, timeZone)),
      section("Keys", tallyTable("Key", timeline.accessKeyIds, timeZone)),
      section("Calls", tallyTable("Call", timeline.calls, timeZone)),
      section("Good to know", list(limitsOf(timeline).map(escape))),
    ].join("\n"),
    footer: `aws-prevention-baseline, ${escape(timeline.from)} to ${escape(timeline.to)}`,
  });
}

function article(finding: Finding, timeline: Timeline): string {
  const { timeZone } = timeline;
  const { severity, title, detail, events, first, last } = finding;
  const when =
    first === last ? localText(first, timeZone) : `${localText(first, timeZone)} to ${localText(last, timeZone)}`;
  return `<article><h3><span class="badge ${severity}">${severity}</span> ${escape(title)}</h3>
<p><code>${escape(detail)}</code></p><p class="quiet">${escape(`${when}, ${events} event${events === 1 ? "" : "s"}`)}<br>${escape(whereOf(finding, timeline))}</p></article>`;
}

/** The first of everything that stands out, the earliest first. */
function inOrder(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => (a.first < b.first ? -1 : 1)).slice(0, IN_ORDER);
}

function findingTable(rows: Finding[], timeline: Timeline): string {
  const cells = rows.map((each) => [
    each.severity,
    String(each.events),
    localText(each.first, timeline.timeZone),
    `${each.title}: ${each.detail}`,
    whereOf(each, timeline),
  ]);
  return htmlTable([["Severity", "Events", "First", "What", "Where"], ...cells]);
}

function spanTable(rows: Span[]): string {
  const cells = rows.map((each) => [
    each.name,
    String(each.events),
    String(each.flagged),
    String(each.refused),
    callsOf(each),
    each.regions.join(", "),
  ]);
  return htmlTable([["When", "Events", "Flagged", "Refused", "Calls", "Regions"], ...cells]);
}

function tallyTable(what: string, rows: Tally[], timeZone: string): string {
  const cells = rows.map(({ name, events, first, last }) => [
    name || "-",
    String(events),
    localText(first, timeZone),
    localText(last, timeZone),
  ]);
  return htmlTable([[what, "Events", "First", "Last"], ...cells]);
}
