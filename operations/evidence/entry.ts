import { createHash } from "node:crypto";

/** Something that was done or found out in an incident, as whoever did it tells it. */
export interface EvidenceInput {
  /** The step of the response: `triage`, `contain`, `timeline`. */
  step: string;
  /** What was called, as `iam:UpdateAccessKey`, or what happened in a few words. */
  call: string;
  /** Where; absent for what has no region. */
  region?: string;
  input?: unknown;
  result?: unknown;
  /** Instead of a result. */
  error?: { code: string; message: string };
  /** ISO 8601, UTC. Default: now. */
  time?: string;
}

/** The same in its place in the chain. */
export interface EvidenceEntry extends EvidenceInput {
  /** Counted from 1. */
  n: number;
  time: string;
  /** SHA-256 of the line before, in hexadecimal; zeros for the first. */
  before: string;
  /** SHA-256 of this line without this member. */
  hash: string;
}

/** What the writer notes before a line that is older than the one before, because its clock was set back. */
export const CLOCK_WENT_BACK = "the clock went back";

/** What stands before the first line. */
export const noHash = "0".repeat(64);

/** A line of the file, without its end. Its hash is over its own text, so that `sha256sum` is enough to check it. */
export function sealed(entry: Omit<EvidenceEntry, "hash">): { line: string; hash: string } {
  const text = JSON.stringify(entry);
  const hash = sha256(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/** What is wrong with a line in its place; undefined when nothing is. */
export function flawOf(line: string, n: number, before: string): string | undefined {
  const entry = parsed(line);
  const match = /,"hash":"([0-9a-f]{64})"\}$/.exec(line);
  if (!entry || !match || sha256(`${line.slice(0, match.index)}}`) !== match[1]) {
    return "it is not as it was written";
  }
  return entry.n === n && entry.before === before ? undefined : "it does not follow the line before it";
}

export function parsed(line: string): EvidenceEntry | undefined {
  try {
    return JSON.parse(line) as EvidenceEntry;
  } catch {
    return undefined;
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
