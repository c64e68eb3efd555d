import { commandLines } from "../../../../common/command";
import { oneLine, onOneLine } from "../../../../common/printable";
import { table, wrap } from "../../../../common/table";
import { harmless, styled } from "../../../../common/terminal";
import { type EventWay, type LeakDrillReport, type Removal } from "./report";

const ofTheWays =
  "A quarantine was put on, and its news went the whole way. Events of the others only AWS can send: samples were held " +
  "against the rules' own patterns, and nothing was sent.";

/** The report for people, at most `width` columns as far as its words allow. */
export function renderLeakDrill(given: LeakDrillReport, width = 80): string {
  const report = onOneLine(given);
  const { accountId, accountAlias, homeRegion, mode, steps, ways, ok, earlier, removal } = report;
  const account = accountAlias ? `${accountId} (${accountAlias})` : accountId;
  const paragraphs = [
    `Drill of the response to leaked keys in account ${account}\nHome ${homeRegion}, mode ${mode}`,
    table(
      [["Seconds", "What"], ...steps.map(({ what, seconds }) => [(seconds?.toFixed(1) ?? "").padStart(7), what])],
      width,
    ),
    table([["Way of the news", "Region", "This drill"], ...grouped(ways)], width),
    ...(ways[0]?.state === "exercised" ? [wrap(ofTheWays, width).join("\n")] : []),
    ...[...earlier, removal].map((each) => removalText(each, each === removal, width)).filter(Boolean),
    styled(
      ok ? "green" : "red",
      given.verdict
        .split("\n")
        .flatMap((line) => wrap(oneLine(line), width))
        .join("\n"),
    ),
  ];
  return harmless(paragraphs.join("\n\n"));
}

/** Regions with the same state in one row. */
function grouped(ways: EventWay[]): string[][] {
  const rows = new Map<string, { way: EventWay; regions: string[] }>();
  for (const way of ways) {
    const key = [way.source, way.state, way.says].join("\n");
    const row = rows.get(key) ?? { way, regions: [] };
    row.regions.push(way.region);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ way: { source, state, says }, regions }) => [
    source,
    regions.length > 2 ? `${regions.length} regions` : regions.join(", "),
    says ? `${state}: ${says}` : state,
  ]);
}

function removalText({ user, gone, problems, commands }: Removal, isOwn: boolean, width: number): string {
  if (gone) {
    return isOwn ? "" : wrap(`Removed as well, left behind by an earlier drill: ${user}`, width).join("\n");
  }
  // What is listed is not among the commands below: nobody knows its names yet.
  const isListed = commands.some((each) => / list-/.test(each));
  const next = isListed
    ? "Run these, and remove what they list, or run the drill again later, which removes it too:"
    : "Run these, or the drill again later, which removes it too:";
  const lines = [`NOT REMOVED: ${user}.`, ...problems, next];
  return [
    ...lines.flatMap((line) => wrap(line, width)),
    "",
    ...commands.flatMap((each) => commandLines(each, width)),
  ].join("\n");
}
