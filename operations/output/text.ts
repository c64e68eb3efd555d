import { commandLines } from "../../common/command";
import { table, wrap } from "../../common/table";
import { harmless, styled } from "../../common/terminal";
import { identityLine } from "../../aws/identity";
import { type Block, type Finding, plain, type Report, sectionsIn, type Words } from "./report";
import { severities } from "./severity";
import { severityColours } from "./severity-colours";

/** Columns of a terminal. */
export const WIDTH = 80;

/** As many properties are named; the rest is counted. The other forms name them all. */
const NAMED = 5;

/** A report for a terminal of 80 columns, as far as its words allow. */
export function reportAsText(report: Report, { titled = false } = {}): string {
  const { title, alerts = [], identity, summary } = report;
  const head = [...(identity && !titled ? [identityLine(identity)] : []), ...summary];
  return harmless(
    [
      ...alerts.flatMap((each) => wrap(each, WIDTH)),
      ...(alerts.length > 0 ? [""] : []),
      ...(titled ? [styled("bold", plain(title))] : []),
      ...head.flatMap((each) => wrap(each, WIDTH)),
      ...sectionsIn(report, "text").flatMap(({ title: heading, blocks }) => [
        ...(heading === "" ? [] : ["", styled("bold", heading)]),
        ...blocks.flatMap((each) => blockLines(each, heading === "")),
      ]),
    ].join("\n"),
  );
}

/** @param isBare without a heading above it */
function blockLines(block: Block, isBare: boolean): string[] {
  if ("text" in block) return wrap(block.text, WIDTH);
  if ("list" in block) {
    const items = block.list.map(plain);
    return isBare ? ["", ...items.flatMap((each) => hanging(each))] : bullets(items);
  }
  if ("tasks" in block) return bullets(block.tasks.map(({ name, text }) => `${name}: ${text}`));
  if ("table" in block) return [table(block.table.map(coloured), WIDTH)];
  if ("listing" in block) return block.listing.split("\n");
  if ("figure" in block) return [];
  return block.of === undefined
    ? block.findings.flatMap((each) => ["", ...findingLines(each)])
    : ["", block.of, ...block.findings.flatMap(findingLines)];
}

/** A row, with the colour of its severity where it begins with one. */
function coloured(row: readonly Words[]): string[] {
  const [first = "", ...rest] = row.map(plain);
  const severity = severities.find((each) => each === first);
  return [severity ? styled(severityColours[severity], severity) : first, ...rest];
}

/** Items with a hyphen; what does not fit in a line goes on below it. */
export function bullets(items: readonly string[]): string[] {
  return items.flatMap((item) => wrap(item, WIDTH - 2).map((line, at) => (at > 0 ? `  ${line}` : `- ${line}`)));
}

/** What does not fit in a line goes on below it, a little further in. */
export function hanging(line: string, indent = 0, width = WIDTH): string[] {
  return wrap(line, width - indent - 2).map((part, at) => " ".repeat(indent + (at > 0 ? 2 : 0)) + part);
}

function findingLines(finding: Finding): string[] {
  const { severity, title, means, where, seen, differences = [], lines = [], commands = [] } = finding;
  const indent = 10;
  const [first = "", ...rest] = wrap(means === undefined ? title : `${title}: ${means}`, WIDTH - indent);
  const more = differences.length > NAMED ? [`and more: ${differences.length - NAMED}`] : [];
  const properties = differences
    .slice(0, NAMED)
    .map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`);
  const colour = severity === "unknown" ? "yellow" : severityColours[severity];
  return [
    styled(colour, severity.padEnd(indent)) + first,
    ...[...rest, ...where, ...(seen === undefined ? [] : [seen]), ...properties, ...more, ...lines].flatMap((line) =>
      hanging(line, indent),
    ),
    ...commands.flatMap((each) => commandLines(each, WIDTH - indent)).map((line) => " ".repeat(indent) + line),
  ];
}
