import { badInput } from "../../../common/errors";
import { requireRegions } from "../../../common/region-name";
import { bucketPlaceOf } from "../../../aws/bucket-name";
import { type TrailBucket } from "../events/log-keys";
import { localText } from "./clock";
import { NIGHT } from "./build";

/** What the command line says about events, checked; the bucket's account is asked for later. */
export interface TimelineRequest {
  from?: Date;
  to?: Date;
  since?: Date;
  regions?: string[];
  knownRegions?: string[];
  timeZone: string;
  night: readonly [number, number];
  bucket?: Omit<TrailBucket, "accountId">;
  format: "text" | "json" | "markdown" | "html";
}

/** @throws BaselineError with exit code 2 when something cannot be meant */
export function timelineRequest(options: Readonly<Record<string, unknown>>): TimelineRequest {
  const text = (name: string) => (typeof options[name] === "string" ? options[name].trim() : undefined);
  const names = (name: string) =>
    text(name)
      ?.split(",")
      .map((each) => each.trim())
      .filter(Boolean);
  const moment = (name: string) => momentOf(`--${name}`, text(name));
  const [from, to, since, regions, knownRegions] = [
    moment("from"),
    moment("to"),
    moment("since"),
    names("regions"),
    names("knownRegions"),
  ];
  const timeZone = text("timeZone") ?? "UTC";
  localText(new Date(0).toISOString(), timeZone);
  if (from && to && from >= to) {
    throw badInput("invalid-window", "--from is not before --to.", "Give the earlier time to --from.");
  }
  if (regions) requireRegions(regions, "--regions");
  if (knownRegions) requireRegions(knownRegions, "--known-regions");
  return {
    timeZone,
    night: nightOf(text("night")),
    format: options["markdown"] ? "markdown" : options["html"] ? "html" : options["json"] ? "json" : "text",
    ...(from && { from }),
    ...(to && { to }),
    ...(since && { since }),
    ...(regions && { regions: [...new Set(regions)] }),
    ...(knownRegions && { knownRegions }),
    ...(text("bucket") !== undefined && { bucket: bucketOf(text("bucket")!, text("organization")) }),
  };
}

function bucketOf(said: string, organizationId: string | undefined): Omit<TrailBucket, "accountId"> {
  return { ...bucketPlaceOf("--bucket", said), ...(organizationId !== undefined && { organizationId }) };
}

function nightOf(said: string | undefined): readonly [number, number] {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(said ?? `${NIGHT[0]}-${NIGHT[1]}`) ?? [];
  if (from === undefined || Number(from) > 23 || Number(to) > 24) {
    throw badInput(
      "invalid-night",
      `--night ${JSON.stringify(said)}: no hours.`,
      "Give the first hour and the one after the last, such as 22-6.",
    );
  }
  return [Number(from), Number(to)];
}

function momentOf(flag: string, said: string | undefined): Date | undefined {
  if (said === undefined) {
    return undefined;
  }
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(said) ? `${said}T00:00:00Z` : said);
  if (
    !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(said) ||
    Number.isNaN(at.getTime()) ||
    !isDay(said.slice(0, 10))
  ) {
    throw badInput(
      "invalid-time",
      `${flag} ${JSON.stringify(said)}: no time.`,
      "Give a day (2026-11-20, in UTC) or a time with its zone (2026-11-20T03:00:00+09:00).",
    );
  }
  return at;
}

/** JavaScript takes 31 February for 3 March. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
