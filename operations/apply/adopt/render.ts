import { onOneLine } from "../../../common/printable";
import { ExitCode } from "../../../common/errors";
import { table, wrap } from "../../../common/table";
import { harmless, styled } from "../../../common/terminal";
import { identityText } from "../../../aws/identity";
import { type AdoptSettings } from "../../../components/foundation/settings/model";
import { hasChanges } from "./merge";
import { type Action, type Decision } from "./model";
import { type AdoptReport, type Copies, adoptExitCode } from "./report";
import { difference } from "./stack-settings";
import { grouped as byKey } from "../../../common/grouped";

const order: Action[] = ["conflict", "unknown", "skip", "import", "keep", "ours"];
const colours = { conflict: "red", unknown: "yellow", skip: "yellow", import: "green" } as const;

/** The report for people, at most `width` columns as far as its words allow. @param current the setting as it stands */
export function renderAdopt(given: AdoptReport, current: AdoptSettings, width = 80): string {
  const report = onOneLine(given);
  const { accountId, regions, decisions, copies, changes, notes } = report;
  const shown = grouped(decisions.filter(({ action }) => action !== "ours"));
  const own = decisions.filter(({ action }) => action === "ours").length;
  const rows = shown.map((group) => [mark(group[0]!.action), found(group, regions), why(group)]);
  const more = [
    ...(own > 0 ? [`${own} more ${own === 1 ? "is" : "are"} the stack's own already.`] : []),
    ...(copies ? [costText(copies)] : []),
    ...notes,
  ];
  return harmless(
    [
      ...(report.identity ? [identityText(report.identity, width)] : []),
      `Account ${accountId}, ${regions.length === 1 ? regions[0] : `${regions.length} regions`}`,
      ...(rows.length > 0 ? [table([["", "Found", "Why"], ...rows], width)] : []),
      ...(more.length > 0 ? [more.flatMap((line) => wrap(line, width)).join("\n")] : []),
      ...(hasChanges(changes) ? [[`Changes to ${report.file}:`, ...difference(current, changes)].join("\n")] : []),
      wrap(verdict(report), width).join("\n"),
    ].join("\n\n"),
  );
}

/** One row for all that differ in region and name only. */
function grouped(decisions: Decision[]): Decision[][] {
  const groups = byKey(decisions, ({ action, thing, owner, region, why: text }) => {
    // Reasons name their region; a row for each region would tell the same seventeen times.
    const reason = region === undefined ? text : text.replaceAll(region, "the region");
    return [action, thing, owner, reason].join("\n");
  });
  return [...groups.values()].sort((a, b) => order.indexOf(a[0]!.action) - order.indexOf(b[0]!.action));
}

function found(group: Decision[], regions: string[]): string {
  const [{ thing, region }] = group as [Decision];
  const places = new Set(group.map((each) => each.region));
  if (region === undefined) {
    return thing;
  }
  const many = places.size === regions.length ? "every region" : `${places.size} regions`;
  return `${thing}, ${places.size === 1 ? region : many}`;
}

function why(group: Decision[]): string {
  const [first] = group as [Decision];
  const names = [...new Set(group.map(({ name }) => name).filter((name) => name !== ""))];
  const places = [...new Set(group.map(({ region }) => region))];
  const which = places.length > 1 && places.length <= 3 ? `In ${places.join(", ")}.` : "";
  const reason = places.length > 1 ? first.why.replaceAll(first.region ?? "", "the region") : first.why;
  const named = names.length > 0 && names.length <= 3 ? `${names.join(", ")}:` : "";
  return [named, which, reason].filter((each) => each !== "").join(" ");
}

function mark(action: Action): string {
  const colour = (colours as Partial<Record<Action, "red" | "yellow" | "green">>)[action];
  return colour ? styled(colour, action) : action;
}

function costText({ beside, cost }: Copies): string {
  const copies = `Management events are copied by ${beside.join(", ")} already, so that the baseline's trail is billed for its copy`;
  if (!cost) {
    return `${copies}: 2.00 dollars for 100,000 events. How many there are could not be told.`;
  }
  const part = cost.untold.length > 0 ? `, without ${cost.untold.length} region(s) that did not tell` : "";
  const events = cost.eventsPerMonth.toLocaleString("en-US");
  return `${copies}: about ${events} events a month by last week's${part}, ${cost.usd.toFixed(2)} dollars.`;
}

function verdict(report: AdoptReport): string {
  const { changes, decisions } = report;
  const open = grouped(decisions.filter(({ action }) => action === "unknown" || action === "conflict")).length;
  const rest =
    adoptExitCode(report) !== ExitCode.ok
      ? ` ${open === 1 ? "1 matter is" : `${open} matters are`} open: see above.`
      : "";
  return `${hasChanges(changes) ? "`pulumi preview` shows each change before it is made." : "Nothing to do: the settings say it all."}${rest}`;
}
