import { existsSync } from "node:fs";
import { join } from "node:path";
import { badInput, type BaselineError } from "../../common/errors";
import { fileProblem } from "../../common/files";
import { NotAFile, streamRegular } from "../../common/regular-file";
import { CLOCK_WENT_BACK, type EvidenceEntry, flawOf, noHash, parsed } from "./entry";

/** Every entry, a line each; JSON Lines, so that `jq` reads it. */
export const EVIDENCE_FILE = "evidence.jsonl";

export interface Verification {
  /** Every line is as it was written, and in its place. Lines cut off at the end do not show: compare `head`. */
  ok: boolean;
  /** How many lines hold. */
  entries: number;
  /** The hash of the last line that holds. Whoever noted it down elsewhere can tell that nothing was cut off since. */
  head: string;
  /** The last line is half a line: whoever wrote it was stopped in the middle. Opening the evidence puts it aside. */
  torn: boolean;
  /** The first line that does not hold. */
  problem?: { line: number; what: string };
  /** Lines that say they are older than the line before them; absent where there is none. */
  older?: OlderLine[];
}

export interface OlderLine {
  line: number;
  /** Its time, and that of the line before it; ISO 8601. */
  time: string;
  before: string;
  /** The writer itself noted there that its clock had gone back. */
  isNoted: boolean;
}

/** Checks the chain of an evidence folder, one line in memory at a time. A folder without evidence holds nothing. */
export async function verifyEvidence(folder: string): Promise<Verification> {
  return (await walk(folder)).verification;
}

/** The entries of an evidence folder that hold, oldest first. */
export async function* readEvidence(folder: string): AsyncGenerator<EvidenceEntry> {
  let [n, before] = [0, noHash];
  for await (const { text } of lines(join(folder, EVIDENCE_FILE))) {
    if (flawOf(text, n + 1, before) !== undefined) {
      return;
    }
    const entry = parsed(text)!;
    [n, before] = [n + 1, entry.hash];
    yield entry;
  }
}

/** Hash of the first line, which names the chain; zeros where there is none. */
export async function firstHash(folder: string): Promise<string> {
  for await (const { hash } of readEvidence(folder)) {
    return hash;
  }
  return noHash;
}

/** What there is to add lines to. */
interface Walk {
  verification: Verification;
  /** Where the part that holds ends, in bytes, and whether its last line has an end. */
  end: { bytes: number; ended: boolean };
  /** Of the last line that holds. */
  lastTime?: string;
  /** Hash of the first line; absent where there is none. */
  first?: string;
}

/** As `verifyEvidence`, with what is needed to add lines. */
export async function walk(folder: string): Promise<Walk> {
  const end = { bytes: 0, ended: true };
  let [entries, head] = [0, noHash];
  let [lastTime, first]: (string | undefined)[] = [];
  const older: OlderLine[] = [];
  const sum = (found: Pick<Verification, "ok" | "torn" | "problem">): Walk => ({
    verification: { ...found, entries, head, ...(older.length > 0 && { older }) },
    end,
    ...(first !== undefined && { first }),
    ...(lastTime !== undefined && { lastTime }),
  });
  for await (const { text, bytes, ended } of lines(join(folder, EVIDENCE_FILE))) {
    const what = flawOf(text, entries + 1, head);
    if (what !== undefined) {
      // Half a line is no JSON; a whole line without its end was only not finished.
      const torn = !ended && parsed(text) === undefined;
      return sum(torn ? { ok: true, torn } : { ok: false, torn, problem: { line: entries + 1, what } });
    }
    const { hash, time, call } = parsed(text)!;
    [entries, head] = [entries + 1, hash];
    if (lastTime !== undefined && time < lastTime) {
      older.push({ line: entries, time, before: lastTime, isNoted: call === CLOCK_WENT_BACK });
    }
    lastTime = time;
    first ??= hash;
    Object.assign(end, { bytes: end.bytes + bytes, ended });
  }
  return sum({ ok: true, torn: false });
}

/** Evidence, or the folder of incidents, that is there and may not be read. */
export function unreadableEvidence(path: string, cause: unknown): BaselineError {
  return badInput(
    "evidence-unreadable",
    `Evidence cannot be read from ${path}: ${fileProblem(cause)}.`,
    "Name another folder: --evidence <folder>.",
    { cause },
  );
}

function chunksOf(path: string): AsyncIterable<Buffer> {
  try {
    return streamRegular(path);
  } catch (error) {
    throw error instanceof NotAFile ? error : unreadableEvidence(path, error);
  }
}

async function* lines(path: string): AsyncGenerator<{ text: string; bytes: number; ended: boolean }> {
  if (!existsSync(path)) {
    return;
  }
  let waiting: Buffer[] = [];
  for await (const chunk of chunksOf(path)) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...waiting, chunk.subarray(from, at)]);
      [waiting, from] = [[], at + 1];
      yield { text: line.toString("utf8"), bytes: line.length + 1, ended: true };
    }
    if (from < chunk.length) {
      waiting.push(chunk.subarray(from));
    }
  }
  const rest = Buffer.concat(waiting);
  if (rest.length > 0) {
    yield { text: rest.toString("utf8"), bytes: rest.length, ended: false };
  }
}
