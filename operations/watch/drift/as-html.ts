import { identityRows } from "../../../aws/identity";
import { escape, facts, htmlTable, list, page, section } from "../../output/html";
import { severities } from "../../output/severity";
import { type StackDrift } from "./look";
import { type DriftItem } from "./model";
import {
  acceptanceLines,
  blindSpot,
  byType,
  differencesOf,
  headline,
  nameOf,
  placeLines,
  titleOf,
  whoLines,
} from "./words";

/** The drift of one stack as one HTML page: no script, no network, readable on a phone and in the dark. */
export function driftAsHtml(report: StackDrift): string {
  const { project, stack, state, items, acceptance } = report;
  const drifted = items.filter((each) => each.state === "drifted");
  const unknown = items.filter((each) => each.state === "unknown");
  const accepted = acceptanceLines(report);
  const limits = [...report.notes, ...blindSpot(report)];
  return page(`Drift of ${project}/${stack}: ${state}`, {
    header: `<h1>Drift of ${escape(`${project}/${stack}`)}</h1>
<p>${escape(headline(report))}</p>
${facts([
  ...(report.identity ? identityRows(report.identity) : []),
  ["State", state],
  ...severities.map((severity): [string, string] => [
    severity,
    String(drifted.filter((each) => each.severity === severity).length),
  ]),
  ["Could not be read", String(unknown.length)],
  ["Accepted", String(acceptance.accepted.length)],
])}`,
    main: [
      ...(drifted.length > 0 ? [section("Not as the program says", drifted.map(article).join(""))] : []),
      ...(unknown.length > 0 ? [section("Could not be read", unknown.map(article).join(""))] : []),
      ...(accepted.length > 0 ? [section("Accepted drift", list(accepted.map(escape)))] : []),
      section("Controls", controls(report)),
      section("What this does not speak of", list(limits.map(escape))),
    ].join("\n"),
    footer: `aws-prevention-baseline, ${escape(report.engine)}, ${escape(report.startedAt)}, ${report.seconds.toFixed(1)} s`,
  });
}

function article(item: DriftItem): string {
  const badge = item.state === "unknown" ? ["none", "unknown"] : [item.severity, item.severity];
  const differences = differencesOf(item);
  const lines = [
    ...(item.reason === undefined ? [] : [escape(item.reason)]),
    ...(item.consequences.length > 0 ? [`Gone with it: ${escape(byType(item.consequences))}`] : []),
    ...whoLines(item).map(escape),
    ...placeLines(item).map(escape),
  ];
  const table = htmlTable([
    ["Property", "Expected", "Found"],
    ...differences.map(({ path, expected, found }) => [path, expected, found]),
  ]);
  return `<article><h3><span class="badge ${badge[0]}">${badge[1]}</span> ${escape(titleOf(item))}</h3>
${item.means === undefined ? "" : `<p>${escape(item.means)}</p>`}<p class="quiet">${escape(nameOf(item))}</p>
${differences.length > 0 ? table : ""}${list(lines)}</article>`;
}

function controls({ controls: counted, items }: StackDrift): string {
  const rows = counted.map(({ control, checked, clean }) => {
    const problems = items.filter((each) => each.control === control).length;
    return [control, String(checked), String(clean), String(problems)];
  });
  return htmlTable([["Control", "Resources", "As the program says", "Problems"], ...rows]);
}
