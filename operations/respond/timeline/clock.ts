import { badInput } from "../../../common/errors";

/** A moment as people of a time zone call it. */
export interface LocalTime {
  /** `2026-11-20`. */
  day: string;
  /** 0 to 23. */
  hour: number;
}

/** Borders of time zones and of daylight saving time lie on quarters of an hour of UTC. */
const QUARTER = 15 * 60 * 1000;

/**
 * Tells local times of one time zone, fast enough for every event.
 *
 * @param timeZone IANA name such as `Asia/Seoul`
 * @throws BaselineError `invalid-time-zone`
 */
export function localClock(timeZone: string): (at: number) => LocalTime {
  const format = formatOf(timeZone);
  const known = new Map<number, LocalTime>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    let local = known.get(quarter);
    if (local === undefined) {
      const [day = "", hour = ""] = format.format(new Date(quarter * QUARTER)).split(", ");
      local = { day, hour: Number(hour.slice(0, 2)) };
      known.set(quarter, local);
    }
    return local;
  };
}

/** `2026-11-20 03:07`, in a time zone. */
export function localText(time: string, timeZone: string): string {
  return Number.isNaN(Date.parse(time)) ? time : formatOf(timeZone).format(new Date(time)).replace(", ", " ");
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) {
    return known;
  }
  try {
    // Sweden writes dates as ISO 8601 does; the comma is Canada's English, with the same order.
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
    return format;
  } catch {
    throw badInput(
      "invalid-time-zone",
      `${JSON.stringify(timeZone)}: no time zone.`,
      "Give an IANA name such as Asia/Seoul, Europe/Berlin or UTC.",
    );
  }
}
