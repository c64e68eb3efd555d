import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  readdirSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { badInput, BaselineError, ExitCode } from "../../common/errors";
import { fileProblem } from "../../common/files";
import { type Lock, lockFile, LockHeld } from "../../common/file-lock";
import { makeFolders } from "../../common/folders";
import { type ProcessIdentity } from "../../common/process-identity";
import { openToAppend } from "../../common/regular-file";
import { CLOCK_WENT_BACK, type EvidenceEntry, type EvidenceInput, noHash, sealed } from "./entry";
import { EVIDENCE_FILE, readEvidence, walk } from "./read";
import { withoutSecrets } from "./redact";

const LOCK_FILE = "evidence.lock";
/** Where the half line goes that a crash left: nothing is thrown away. */
const TORN_FILE = "torn-lines.txt";

/**
 * What was done and found in an incident, line by line on disk before anything goes on. Each line carries the hash of
 * the one before. That shows accidents; who can write the folder can make all hashes anew. Secrets that can be recognized are taken out first.
 */
export class Evidence {
  private closed = false;

  private constructor(
    readonly folder: string,
    private readonly file: number,
    private readonly lock: Lock,
    private count: number,
    private last: string,
    private lastTime: string,
    private start: string | undefined,
  ) {}

  static async open(folder: string, self?: ProcessIdentity): Promise<Evidence> {
    makeFolder(folder);
    const lock = lockOf(folder, self);
    try {
      const found = await walk(folder);
      const { problem, entries, head } = found.verification;
      if (problem) {
        throw broken(folder, problem);
      }
      const { file, torn } = openFile(folder, found.end);
      const evidence = new Evidence(folder, file, lock, entries, head, found.lastTime ?? "", found.first);
      if (torn !== undefined) {
        evidence.record({ step: "evidence", call: "put half a line aside", result: { file: TORN_FILE, text: torn } });
      }
      return evidence;
    } catch (error) {
      lock();
      throw error;
    }
  }

  /** Hash of the last line; zeros while there is none. */
  get head(): string {
    return this.last;
  }

  /** Hash of the first line; zeros while there is none. */
  get first(): string {
    return this.start ?? noHash;
  }

  get entries(): number {
    return this.count;
  }

  /** False once it is closed. */
  get isOpen(): boolean {
    return !this.closed;
  }

  /**
   * Writes a line. When this returns, it is on the disk. Where the clock went back since the last line, a line says so
   * first.
   *
   * @throws BaselineError `evidence-not-written`: whatever was to follow shall not be done then
   */
  record(input: EvidenceInput): EvidenceEntry {
    if (this.closed) {
      throw new Error("the evidence is closed");
    }
    if (!this.lock.isOurs()) {
      throw notWritten(this.folder, new Error("another run took it over"));
    }
    const { time = new Date().toISOString() } = input;
    if (time < this.lastTime) {
      this.write({ step: "evidence", call: CLOCK_WENT_BACK, result: { from: this.lastTime, to: time }, time });
    }
    return this.write({ ...input, time });
  }

  /** Everything so far, oldest first, from the disk. */
  read(): AsyncGenerator<EvidenceEntry> {
    return readEvidence(this.folder);
  }

  /** Lets others write to the folder. */
  close(): void {
    this.closed = true;
    closeSync(this.file);
    this.lock();
  }

  private write({ time, step, call, region, ...rest }: EvidenceInput & { time: string }): EvidenceEntry {
    const entry = {
      n: this.count + 1,
      time,
      step,
      call,
      ...(region !== undefined && { region }),
      ...(withoutSecrets(rest) as object),
      before: this.last,
    };
    const { line, hash } = sealed(entry);
    const { size } = fstatSync(this.file);
    try {
      writeWhole(this.file, `${line}\n`);
    } catch (error) {
      // What a full disk took of it would stand before the next line, and break the chain.
      cutBack(this.file, size);
      throw notWritten(this.folder, error);
    }
    this.count += 1;
    this.last = hash;
    this.lastTime = time;
    this.start ??= hash;
    return { ...entry, hash };
  }
}

/**
 * Opens an evidence folder to add to it, and makes it where there is none: readable by its owner only. What a crash left
 * half written is put aside and noted.
 *
 * @throws BaselineError `evidence-broken` when a line was changed: nothing is written to it then; `evidence-in-use`,
 *   `evidence-not-written`, `not-an-evidence-folder`
 * @param self who writes. Default: this process
 */
export function openEvidence(folder: string, self?: ProcessIdentity): Promise<Evidence> {
  return Evidence.open(folder, self);
}

function makeFolder(folder: string): void {
  // Closing a folder that holds other things to everybody else would be a surprise.
  if (!existsSync(join(folder, EVIDENCE_FILE)) && existsSync(folder) && otherFiles(folder).length > 0) {
    throw badInput(
      "not-an-evidence-folder",
      `${folder} holds other things than evidence.`,
      "Name a new folder: --evidence <folder>.",
    );
  }
  try {
    if (!makeFolders(folder, 0o700)) {
      chmodSync(folder, 0o700);
    }
  } catch (error) {
    throw notWritten(folder, error, ExitCode.badInput);
  }
}

function otherFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !/^evidence\.lock/.test(name));
  } catch {
    return [];
  }
}

function openFile(folder: string, end: { bytes: number; ended: boolean }): { file: number; torn?: string } {
  const path = join(folder, EVIDENCE_FILE);
  const file = openPrivate(folder, path);
  const torn = fstatSync(file).size > end.bytes ? readFileSync(path).subarray(end.bytes).toString("utf8") : "";
  if (torn !== "") {
    appendFileSync(join(folder, TORN_FILE), `${torn}\n`, { mode: 0o600, flush: true });
    ftruncateSync(file, end.bytes);
  }
  if (!end.ended) {
    writeWhole(file, "\n");
  }
  return { file, ...(torn !== "" && { torn }) };
}

/** Readable by its owner only, also where the file was there before. */
function openPrivate(folder: string, path: string): number {
  try {
    const file = openToAppend(path, 0o600);
    if ((fstatSync(file).mode & 0o077) !== 0) fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    throw notWritten(folder, isLink ? new Error(`${EVIDENCE_FILE} is a link`) : error, ExitCode.badInput);
  }
}

function cutBack(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
  } catch {
    // The next one to open it puts the half line aside.
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += writeSync(file, bytes, written);
  }
  fsyncSync(file);
}

function lockOf(folder: string, self?: ProcessIdentity): Lock {
  try {
    return lockFile(join(folder, LOCK_FILE), "respond", self);
  } catch (error) {
    if (!(error instanceof LockHeld)) {
      throw notWritten(folder, error, ExitCode.badInput);
    }
    const { holder, elsewhere } = error;
    const where = elsewhere && holder?.host !== undefined ? ` on ${holder.host}` : "";
    const by = holder ? `Process ${holder.pid}${where}, since ${holder.since},` : "Another run";
    throw inUse(folder, `${by} writes to the evidence`, error);
  }
}

function inUse(folder: string, who: string, cause?: unknown): BaselineError {
  return new BaselineError(
    "evidence-in-use",
    `${who} in ${folder}.`,
    `Wait until that run has ended, or name another folder: --evidence <folder>. If you know that it is dead,\ndelete ${join(folder, LOCK_FILE)}. A lock of another machine is also free after ten minutes of silence.`,
    ExitCode.failed,
    { cause },
  );
}

function notWritten(folder: string, error: unknown, exitCode: number = ExitCode.failed): BaselineError {
  return new BaselineError(
    "evidence-not-written",
    `Evidence cannot be written to ${folder}: ${fileProblem(error)}.`,
    /^(ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException).code ?? "")
      ? "Make room there, or name another folder: --evidence <folder>."
      : "Name a folder that can be written to: --evidence <folder>.",
    exitCode,
    { cause: error },
  );
}

function broken(folder: string, { line, what }: { line: number; what: string }): BaselineError {
  return new BaselineError(
    "evidence-broken",
    `Line ${line} of ${join(folder, EVIDENCE_FILE)} was changed: ${what}. Nothing was added to it.`,
    "Keep the folder as it is, and go on in another one: --evidence <folder>.",
  );
}
