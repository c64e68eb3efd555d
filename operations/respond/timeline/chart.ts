import { escape } from "../../output/html";
import { type Hour, type Timeline } from "./model";

const CELL = 14;
const LEFT = 84;
const TOP = 18;
const DAY = 24 * 60 * 60 * 1000;
/** Days that are drawn; a longer window shows its last ones. */
const DAYS = 120;

/**
 * Days across and hours down: a square an hour, darker with more events, red where something stands out. Night, new
 * activity and bursts show at a glance. Plain SVG, and a title for each square.
 */
export function heatMap({ hours }: Timeline): string {
  if (hours.length === 0) {
    return "";
  }
  const days = daysOf(hours).slice(-DAYS);
  const most = Math.max(...hours.map(({ events }) => events));
  const squares = hours.flatMap((each) => {
    const column = days.indexOf(each.day);
    if (column < 0) {
      return [];
    }
    const [x, y] = [LEFT + column * CELL, TOP + each.hour * CELL];
    const ink = (0.25 + 0.75 * (Math.log1p(each.events) / Math.log1p(most))).toFixed(2);
    const colour = each.flagged > 0 ? "--no" : "--ok";
    const says = `${each.day} ${hourText(each.hour)}: ${each.events} events, ${each.flagged} stand out`;
    return `<rect x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" rx="2" style="fill:var(${colour});opacity:${ink}"><title>${escape(says)}</title></rect>`;
  });
  const width = LEFT + days.length * CELL + 60;
  const height = TOP + 24 * CELL + 4;
  return svg(width, height, "Events by day and hour", [...hourNames(), ...dayNames(days), ...squares]);
}

function hourNames(): string[] {
  return [0, 6, 12, 18, 23].map((hour) => text(LEFT - 8, TOP + hour * CELL + CELL - 4, hourText(hour), "end"));
}

function dayNames(days: string[]): string[] {
  const every = Math.max(6, Math.ceil(days.length / 10));
  return days.flatMap((day, at) => (at % every === 0 ? [text(LEFT + at * CELL, TOP - 6, day, "start")] : []));
}

/** Bars a region, the longest first, with what stands out in them. */
export function regionBars({ regions }: Timeline, flagged: ReadonlySet<string>): string {
  const most = Math.max(1, ...regions.map(({ events }) => events));
  const room = 420;
  const rows = regions.flatMap(({ name, events }, at) => {
    const y = 4 + at * 22;
    const width = Math.max(2, (Math.log1p(events) / Math.log1p(most)) * room).toFixed(0);
    const colour = flagged.has(name) ? "--no" : "--ok";
    return [
      text(130, y + 13, name || "-", "end"),
      `<rect x="138" y="${y}" width="${width}" height="16" rx="3" style="fill:var(${colour});opacity:.8"></rect>`,
      text(144 + Number(width), y + 13, String(events), "start"),
    ];
  });
  return regions.length === 0 ? "" : svg(640, 8 + regions.length * 22, "Events by region", rows);
}

function svg(width: number, height: number, label: string, parts: string[]): string {
  const picture = `<svg role="img" aria-label="${escape(label)}" style="width:100%;min-width:36rem;max-width:${width}px" viewBox="0 0 ${width} ${height}">${parts.join("")}</svg>`;
  return `<div class="scroll">${picture}</div>`;
}

function text(x: number, y: number, words: string, anchor: "start" | "end"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" style="fill:var(--quiet);font-size:11px">${escape(words)}</text>`;
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** Every day from the first to the last, also those without an event. */
function daysOf(hours: Hour[]): string[] {
  const [first, last] = [Date.parse(hours[0]!.day), Date.parse(hours.at(-1)!.day)];
  return Array.from({ length: Math.round((last - first) / DAY) + 1 }, (_, at) =>
    new Date(first + at * DAY).toISOString().slice(0, 10),
  );
}
