import { closeSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { openRegular, streamRegular } from "../../../common/regular-file";
import { asTrailEvent, type TrailEvent, type TrailRecord } from "./record";

/** Where the time stands in a line of a spool: `{"eventTime":"2026-11-20T03:07:11Z"`. */
const TIME_AT = '{"eventTime":"'.length;
const TIME_LENGTH = "2026-11-20T03:07:11Z".length;
const NEWLINE = 10;

/**
 * Every event that was gathered, once each and the oldest first, whatever order and how often AWS gave them.
 *
 * Memory holds some forty bytes an event, and one event: where each line begins is sorted, not the lines.
 * @param folder what `gather` filled
 */
export async function* chronological(folder: string): AsyncGenerator<TrailEvent> {
  for await (const record of chronologicalRecords(folder)) {
    yield asTrailEvent(record);
  }
}

/** As `chronological`, with the records as CloudTrail writes them. */
export async function* chronologicalRecords(folder: string): AsyncGenerator<TrailRecord> {
  const files = readdirSync(folder).filter((each) => each.endsWith(".jsonl"));
  const index = new Index();
  for (const [at, name] of files.entries()) {
    await indexLines(join(folder, name), at, index);
  }
  const open = files.map((name) => openRegular(join(folder, name)));
  try {
    let second = "";
    let seen = new Set<string>();
    let read = 0;
    for (const line of index.order()) {
      const record = recordAt(open[index.file(line)]!, index.offset(line), index.length(line));
      const { eventTime: time = "", eventID: id = "" } = record;
      if (time !== second) {
        second = time;
        seen = new Set();
      }
      if (!seen.has(id) || id === "") {
        seen.add(id);
        yield record;
      }
      read += 1;
      // A signal is only heard between two turns of the event loop.
      await (read % 1000 === 0 ? breathe() : undefined);
    }
  } finally {
    open.forEach(closeSync);
  }
}

function recordAt(file: number, offset: number, length: number): TrailRecord {
  const bytes = Buffer.allocUnsafe(length);
  readSync(file, bytes, 0, length, offset);
  return JSON.parse(bytes.toString("utf8")) as TrailRecord;
}

async function indexLines(path: string, file: number, index: Index): Promise<void> {
  let start = 0;
  let position = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of streamRegular(path) as AsyncIterable<Buffer>) {
    const bytes = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
    position -= head.length;
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      const time = bytes.toString("latin1", from + TIME_AT, from + TIME_AT + TIME_LENGTH);
      index.add(Date.parse(time), file, start, position + end - start);
      from = end + 1;
      start = position + from;
    }
    head = Buffer.from(bytes.subarray(from));
    position += bytes.length;
  }
}

/** Where lines begin, in arrays of numbers: objects would take ten times the memory. */
class Index {
  private lines = 0;
  private times = new Float64Array(1024);
  private places = new Float64Array(3 * 1024);

  add(time: number, file: number, offset: number, length: number): void {
    if (this.lines === this.times.length) {
      this.times = grown(this.times);
      this.places = grown(this.places);
    }
    this.times[this.lines] = time;
    this.places.set([file, offset, length], 3 * this.lines);
    this.lines += 1;
  }

  /** Numbers of the lines, the oldest first. */
  order(): Uint32Array {
    const numbers = Uint32Array.from({ length: this.lines }, (_, at) => at);
    return numbers.sort((a, b) => (this.times[a] ?? 0) - (this.times[b] ?? 0));
  }

  file = (line: number): number => this.places[3 * line] ?? 0;
  offset = (line: number): number => this.places[3 * line + 1] ?? 0;
  length = (line: number): number => this.places[3 * line + 2] ?? 0;
}

function grown(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * numbers.length);
  more.set(numbers);
  return more;
}
