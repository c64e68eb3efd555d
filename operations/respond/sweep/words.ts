import { commandLines } from "../../../common/command";
import { isRegionName } from "../../../common/region-name";
import { oneLine } from "../../../common/printable";
import { table, wrap } from "../../../common/table";
import { listed } from "../contain/words";
import { localText } from "../timeline/clock";
import { type Found } from "./model";
import { type Removal } from "./removal";

/** Rows that are printed; all stand in `sweep.json`. */
const ROWS = 200;

/** What is still there, by owner, time and cost; then what could not be told; what is gone is only counted. */
export function sweepText(found: readonly Found[], problems: readonly string[], timeZone: string): string[] {
  const unasked = found.filter(({ kind }) => kind === "other");
  const [exists, unknown] = (["exists", "unknown"] as const).map((state) =>
    found.filter((each) => each.state === state && each.kind !== "other"),
  );
  const own = exists!.filter(({ unattributed }) => !unattributed);
  const others = exists!.filter(({ unattributed }) => unattributed);
  const gone = found.length - exists!.length - unknown!.length - unasked.length;
  const makers = new Set(own.map(makerOf));
  const maker = makers.size === 1 ? [...makers][0]! : "";
  const lines = (list: Found[]) => list.slice(0, ROWS).map((each) => rowOf(each, timeZone, maker));
  return [
    `${own.length} thing(s) it made still exist; ${gone} are gone; ${unknown!.length} could not be told.`,
    ...(found.length > 0 ? [`Times are of ${timeZone}.`] : []),
    ...(unasked.length > 0 ? [`${unasked.length} kind(s) of things it made or changed were not looked up.`] : []),
    ...part(oneLine(`Made by ${maker || "it"}, and still there`), lines(own)),
    ...part("Could not be told", lines(unknown!)),
    ...notLookedUp(unasked.slice(0, ROWS), timeZone),
    ...part("Instances launched in the window by whomever; look at them yourself", lines(others)),
    ...(found.length > ROWS ? ["", "More than is shown here stands in sweep.json."] : []),
    ...listed(
      "Left as it is:",
      exists!.flatMap(({ id, untouched }) => (untouched === undefined ? [] : [`${id}: ${untouched}`])),
    ),
    ...listed("Could not be looked at:", problems),
  ];
}

/**
 * What is left, with the commands that close or remove it.
 *
 * @param all nobody said since when the identity is suspected, so its owner's own work is among it
 * @param isBeforeSnapshots the sweep would still take snapshots of instances
 */
export function removalText(removals: readonly Removal[], all: boolean, isBeforeSnapshots = false): string[] {
  const lines = removals
    .slice(0, ROWS)
    .flatMap(({ what, commands }) => [
      ...wrap(oneLine(what), 78).map((line) => `  ${line}`),
      ...commands.flatMap((each) => commandLines(each, 74)).map((line) => `      ${line}`),
    ]);
  return removals.length === 0
    ? []
    : [
        "",
        ...wrap(`${leftHead}${isBeforeSnapshots ? ` ${snapshotsFirst}` : ""}${all ? ` ${own}` : ""}`, 80),
        ...lines,
        ...(removals.length > ROWS ? ["  The others stand in the JSON of this step."] : []),
      ];
}

const leftHead =
  "To close or remove what is left; run these in this order. Nothing of it is done by the sweep. What is removed cannot " +
  "be brought back, so keep what the support case or the police may ask for.";
const snapshotsFirst = "Make the calls above first, with --apply: they keep the disks as snapshots.";
const own = "Look first: the owner's own work of these days is among it.";

function part(title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [] : ["", ...wrap(title, 80), table([["Made", "Kind", "What"], ...rows])];
}

/** A command is never broken: it shall be copied. */
function notLookedUp(list: readonly Found[], timeZone: string): string[] {
  const lines = list.flatMap(({ what = "", id, more = 0, event, region, time, cost, look = "" }) => {
    const name = oneLine(more > 0 ? `${id} and ${more} more` : id);
    const where = placeOf(region);
    const call = oneLine(what.endsWith(`:${event}`) ? where : `${event} in ${where}`);
    const text = `${localText(time, timeZone)}  ${oneLine(what)}: ${name}; ${call}${cost ? `; costs by ${cost}` : ""}`;
    return [...wrap(text, 78).map((line, index) => `${index > 0 ? "    " : "  "}${line}`), `      ${oneLine(look)}`];
  });
  return lines.length > 0 ? ["", "Made or changed by it, not looked up; look yourself:", ...lines] : [];
}

/** A record may have been forged: what is no region may be meant to run where it is pasted. */
function placeOf(region: string): string {
  return isRegionName(region) ? region : "a region that AWS does not have";
}

function makerOf({ by, accessKeyId }: Found): string {
  const who = by.split(":").at(-1) ?? by;
  return by === "" ? "" : accessKeyId ? `${who} with ${accessKeyId}` : who;
}

/** @param known whoever made most, who is named once above */
function rowOf(found: Found, timeZone: string, known: string): string[] {
  const { kind, id, of, region, time, event, cost, detail } = found;
  const maker = makerOf(found);
  const parts = [
    of === undefined || of === "" ? id : `${id} of ${of}`,
    detail,
    ...(cost ? [`costs by ${cost}`] : []),
    `${event} in ${placeOf(region)}`,
    ...(maker === "" || maker === known ? [] : [`by ${maker}`]),
  ];
  return [localText(time, timeZone), kind, oneLine(parts.join("; "))];
}
