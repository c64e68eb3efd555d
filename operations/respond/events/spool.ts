import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "../../../common/files";
import { readRegular } from "../../../common/regular-file";
import { withoutSecrets } from "../../evidence/redact";
import { type LogChecks } from "./log-checks";
import { type TrailRecord } from "./record";

/** How far a lane came, so that the next run goes on from there. */
export interface Cursor {
  /** Bytes of the spool that belong to pages kept whole. */
  bytes: number;
  events: number;
  done: boolean;
  /** Where AWS goes on: LookupEvents' next token, or the key of the last log file. */
  next?: string;
  /** Time of the oldest event so far, for a token that AWS has forgotten meanwhile. */
  oldest?: string;
  /** Of log files. */
  checks?: LogChecks;
}

/**
 * The events of one lane (a region and a question) on disk, one record a line, with the time in front so that a reader
 * need not parse. A page is kept whole or not at all: the cursor is renamed into place after the page is on the disk.
 */
export class Spool {
  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    readonly cursor: Cursor,
  ) {}

  /** Opens what an earlier run left, or begins. Half a page at the end is cut off. */
  static async open(folder: string, name: string): Promise<Spool> {
    const path = join(folder, name);
    const cursor = cursorAt(path) ?? { bytes: 0, events: 0, done: false };
    const file = await open(`${path}.jsonl`, existsSync(`${path}.jsonl`) ? "r+" : "wx+", 0o600);
    await file.truncate(cursor.bytes);
    return new Spool(path, file, cursor);
  }

  /** Keeps a page and how far it reaches. */
  async keep(
    records: readonly TrailRecord[],
    reached: Partial<Pick<Cursor, "next" | "done" | "checks">>,
  ): Promise<void> {
    const lines = Buffer.from(records.map(lineOf).join(""));
    if (lines.length > 0) {
      await this.file.write(lines, 0, lines.length, this.cursor.bytes);
      await this.file.datasync();
    }
    this.cursor.bytes += lines.length;
    this.cursor.events += records.length;
    for (const { eventTime } of records) {
      if (eventTime !== undefined && (this.cursor.oldest === undefined || eventTime < this.cursor.oldest)) {
        this.cursor.oldest = eventTime;
      }
    }
    delete this.cursor.next;
    Object.assign(this.cursor, reached);
    writePrivate(`${this.path}.cursor`, JSON.stringify(this.cursor));
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

function cursorAt(path: string): Cursor | undefined {
  return existsSync(`${path}.cursor`) ? (JSON.parse(readRegular(`${path}.cursor`)) as Cursor) : undefined;
}

function lineOf(record: TrailRecord): string {
  const { eventTime, ...rest } = withoutSecrets(record) as TrailRecord;
  return `${JSON.stringify({ eventTime, ...rest })}\n`;
}
