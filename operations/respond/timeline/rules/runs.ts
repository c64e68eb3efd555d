import { type TrailEvent } from "../../events/record";
import { type Moment, type Rule, type Sighting } from "../rule";

const MINUTE = 60_000;
/** A run is so many in so short a time; after such a pause the next one is another. */
const WINDOW = 10 * MINUTE;
const PAUSE = 60 * MINUTE;

const denied = /AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden|AuthorizationError|AuthFailure/i;
const creates = /^(Create|Run|Launch|Request|Allocate|Copy|Import|Start|Register)[A-Z]/;
/** Created all day long by programs at work, and worth nothing by themselves. */
const harmless =
  /^Create(LogStream|LogGroup|Grant|NetworkInterface|Tags?|MultipartUpload|Session|Token\w*)$|^Start(Query|Session)/;
const deletes = /^(Delete|Terminate|ScheduleKeyDeletion)/;

/** Sees runs: the last few times are remembered, no more than make a run. */
export function run(size: number): (moment: Moment, what: string) => Sighting | undefined {
  const last = new Map<string, { times: string[]; began?: string; ended: number }>();
  return ({ event }, what) => {
    const known = last.get(what) ?? { times: [], ended: -Infinity };
    last.set(what, known);
    if (known.began !== undefined && event.at - known.ended <= PAUSE) {
      known.ended = event.at;
      return { detail: what, key: `${what} ${known.began}`, since: known.began };
    }
    delete known.began;
    known.times = [...known.times, event.time].slice(-size);
    const [first = event.time] = known.times;
    if (known.times.length < size || event.at - Date.parse(first) > WINDOW) {
      return undefined;
    }
    Object.assign(known, { began: first, ended: event.at, times: [] });
    return { detail: what, key: `${what} ${first}`, since: first, events: size };
  };
}

function runs(size: number, of: (event: TrailEvent) => string | undefined): Rule["begin"] {
  return () => {
    const look = run(size);
    return (moment) => {
      const what = of(moment.event);
      return what === undefined ? undefined : look(moment, what);
    };
  };
}

/** Much in a short time. */
export const runRules: readonly Rule[] = [
  {
    id: "denied-run",
    title: "A run of refused calls",
    severity: "high",
    begin: runs(5, ({ error }) => (error !== undefined && denied.test(error) ? "refused calls" : undefined)),
  },
  {
    id: "reconnaissance",
    title: "Looking around: many different reads in a short time",
    severity: "medium",
    begin: () => {
      const recent = new Map<string, number>();
      const look = run(1);
      let usual = false;
      return (moment) => {
        const { event, learning } = moment;
        if (
          !/^(Get|List|Describe|Lookup|Search)/.test(event.name) ||
          (event.service === "s3" && event.name === "GetObject")
        ) {
          return undefined;
        }
        recent.set(`${event.service}:${event.name}`, event.at);
        for (const [name, at] of recent) if (event.at - at > WINDOW) recent.delete(name);
        const many = recent.size >= 10;
        // Consoles and tools for infrastructure read like this every day.
        usual ||= learning && many;
        return many && !usual ? look(moment, "reads") : undefined;
      };
    },
  },
  {
    id: "bulk-creation",
    title: "Much was created at once",
    severity: "high",
    begin: runs(10, ({ name, error }) =>
      error === undefined && creates.test(name) && !harmless.test(name) ? name : undefined,
    ),
  },
  {
    id: "bulk-reads",
    title: "Objects were read in bulk",
    severity: "high",
    begin: runs(100, ({ service, name, error, request }) =>
      service === "s3" && name === "GetObject" && error === undefined
        ? `bucket ${String(request["bucketName"])}`
        : undefined,
    ),
  },
  {
    id: "bulk-deletion",
    title: "Much was deleted at once",
    severity: "critical",
    begin: runs(10, ({ name, error }) => (error === undefined && deletes.test(name) ? name : undefined)),
  },
];
