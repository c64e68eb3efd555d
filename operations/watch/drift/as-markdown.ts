import { identityLine } from "../../../aws/identity";
import { code, COMMENT_LIMIT, details, escapeMarkdown, fitting, markdownTable } from "../../output/markdown";
import { type StackDrift } from "./look";
import { type DriftItem } from "./model";
import { acceptanceLines, blindSpot, byType, differencesOf, headline, placeLines, titleOf, whoLines } from "./words";

/** The drift of one stack for a summary or a comment: short enough for GitHub, nothing of it markup by accident. */
export function driftAsMarkdown(report: StackDrift): string {
  const { project, stack, items } = report;
  const closing = [...acceptanceLines(report), ...report.notes, ...blindSpot(report)];
  const text = [
    `## Drift of ${code(`${project}/${stack}`)}`,
    ...(report.identity ? [escapeMarkdown(identityLine(report.identity))] : []),
    escapeMarkdown(headline(report)),
    ...(items.length > 0
      ? [markdownTable([["Severity", "What", "Resource", "Who"], ...items.map(row)]), ...items.map(folded)]
      : []),
    ...(closing.length > 0 ? [closing.map((each) => `- ${escapeMarkdown(each)}`).join("\n")] : []),
    `<sub>${escapeMarkdown(`${report.engine}, ${report.startedAt}, ${report.seconds.toFixed(1)} s`)}</sub>`,
  ].join("\n\n");
  return fitting(text, COMMENT_LIMIT, "*There is more than fits here; the other formats have it all.*");
}

function row(item: DriftItem): string[] {
  const severity = item.state === "unknown" ? "unknown" : item.severity;
  const means = item.means === undefined ? "" : `: ${item.means}`;
  const [last = ""] = whoLines(item);
  return [
    severity === "critical" ? "**critical**" : severity,
    escapeMarkdown(titleOf(item) + means),
    code(item.name),
    escapeMarkdown(last),
  ];
}

function folded(item: DriftItem): string {
  const differences = differencesOf(item).map(({ path, expected, found }) => [path, expected, found].map(code));
  const lines = [
    ...(item.reason === undefined ? [] : [escapeMarkdown(item.reason)]),
    ...(item.consequences.length > 0 ? [`Gone with it: ${escapeMarkdown(byType(item.consequences))}`] : []),
    ...whoLines(item).map(escapeMarkdown),
    ...placeLines(item).map(escapeMarkdown),
    code(item.urn),
    ...(item.id === "" || item.id === item.urn ? [] : [code(item.id)]),
  ];
  const body = [
    ...(differences.length > 0 ? [markdownTable([["Property", "Expected", "Found"], ...differences])] : []),
    lines.map((each) => `- ${each}`).join("\n"),
  ].join("\n\n");
  return details(`${titleOf(item)}: ${item.name}`, body);
}
