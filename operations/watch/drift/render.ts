import { onOneLine } from "../../../common/printable";
import { wrap } from "../../../common/table";
import { harmless, styled } from "../../../common/terminal";
import { identityText } from "../../../aws/identity";
import { severityColours } from "../../output/severity-colours";
import { type StackDrift } from "./look";
import { type DriftItem, type DriftReport } from "./model";
import {
  acceptanceLines,
  blindSpot,
  byType,
  differencesOf,
  headline,
  nameOf,
  placeLines,
  titleOf,
  typeName,
  whoLines,
} from "./words";

const width = 80;
/** As many properties, or resources of one reason, are named; the rest is counted. The other formats name them all. */
const NAMED = 5;

/** A drift report for people, at 80 columns as far as its words allow. Secrets show as `[secret]`. */
export function driftAsText(given: DriftReport & Partial<StackDrift>): string {
  const report = onOneLine(given);
  const drifted = report.items.filter(({ state }) => state === "drifted");
  const closing = [...acceptanceLines(report), ...(report.notes ?? []), ...blindSpot(report)];
  return harmless(
    [
      ...(report.identity ? [identityText(report.identity, width)] : []),
      ...wrap(headline(report), width),
      ...drifted.flatMap((each) => ["", ...itemLines(each)]),
      ...unreadable(report.items).flatMap((lines) => ["", ...lines]),
      ...(closing.length > 0 ? ["", ...closing.flatMap((each) => hanging(each, 0))] : []),
    ].join("\n"),
  );
}

function itemLines(item: DriftItem): string[] {
  const title = item.means === undefined ? titleOf(item) : `${titleOf(item)}: ${item.means}`;
  const [first = "", ...rest] = wrap(title, width - 10);
  return [
    styled(severityColours[item.severity], item.severity.padEnd(10)) + first,
    ...[
      ...rest,
      nameOf(item),
      ...propertyLines(item),
      ...(item.consequences.length > 0 ? [`gone with it: ${byType(item.consequences)}`] : []),
      ...whoLines(item),
      ...placeLines(item),
    ].flatMap((line) => hanging(line, 10)),
  ];
}

function propertyLines(item: DriftItem): string[] {
  const all = differencesOf(item);
  const more = all.length > NAMED ? [`and more: ${all.length - NAMED}`] : [];
  return [
    ...all.slice(0, NAMED).map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`),
    ...more,
  ];
}

/** One paragraph for each reason, however many resources share it. */
function unreadable(items: DriftItem[]): string[][] {
  const groups = new Map<string, DriftItem[]>();
  for (const item of items.filter(({ state }) => state === "unknown")) {
    const reason = item.reason ?? "no reason was given";
    groups.set(reason, [...(groups.get(reason) ?? []), item]);
  }
  return [...groups].map(([reason, same]) => {
    const names = same
      .slice(0, NAMED)
      .map((item) => `${item.control}, ${item.region ?? "account"}: ${typeName(item)} ${item.name}`);
    const more = same.length > NAMED ? [`and ${same.length - NAMED} more`] : [];
    return [
      `${styled("yellow", "unknown".padEnd(10))}${same.length} could not be read`,
      ...[...names, ...more, reason].flatMap((line) => hanging(line, 10)),
    ];
  });
}

/** What does not fit in a line goes on below it, a little further in. */
function hanging(line: string, indent: number): string[] {
  return wrap(line, width - indent - 2).map((part, index) => " ".repeat(indent + (index > 0 ? 2 : 0)) + part);
}
