import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { badInput, BaselineError, ExitCode } from "./errors";
import { makeFolders } from "./folders";
import { isRunning } from "./process-identity";
import { NotAFile, readRegular } from "./regular-file";
import { plainText } from "./style";

/** What the file system says, in words. */
const problems: Readonly<Record<string, string>> = {
  EACCES: "you have no permission for it",
  EEXIST: "there is a file where a folder is needed",
  EISDIR: "it is a folder",
  ELOOP: "it is a link that leads back to itself",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is not a folder",
  ENXIO: "it is a socket, or a pipe that nobody reads",
  EPERM: "you have no permission for it",
  EROFS: "its file system is read-only",
};

/** Why a file could not be read or written, as the end of a sentence. */
export function fileProblem(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  // Of a problem that is not listed Node's own words, without the code, the call and the path around them.
  return problems[code] ?? (/^E[A-Z0-9]+: (.*?), \w+( .*)?$/.exec(message)?.[1] ?? message).replace(/\.$/, "");
}

/** Pipes by the path somebody named: what comes out of one comes once. */
const piped = new Map<string, string>();

/**
 * Reads a text file that somebody named, on the command line or in a setting. A pipe that the shell opened is read too
 * (`<(command)`, `/dev/stdin`); a named pipe is not, because nobody may ever write to it.
 *
 * @param next what to do when it cannot be read
 * @throws BaselineError `unreadable-file`, exit code 2
 */
export function readNamedFile(path: string, next: string): string {
  try {
    const open = descriptorIn(path);
    const text = open === undefined ? readRegular(path) : (piped.get(path) ?? readFileSync(open, "utf8"));
    if (open !== undefined) piped.set(path, text);
    // Editors of Windows begin a file with a mark, which is no part of it.
    return text.replace(/^\uFEFF/, "");
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw unreadableFile(path, isMissing ? "there is no such file" : fileProblem(error), next, error);
  }
}

/** Of a file that this process was started with. */
function descriptorIn(path: string): number | undefined {
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path) ?? [];
  return path === "/dev/stdin" ? 0 : number === undefined ? undefined : Number(number);
}

/** A file that is there and is not what was asked for, such as JSON that cannot be parsed. `why` ends the sentence. */
export function unreadableFile(path: string, why: string, next: string, cause?: unknown): BaselineError {
  const sentence = `Cannot read ${path}: ${why.replace(/[.:]$/, "")}.`;
  return badInput("unreadable-file", sentence, next, { cause });
}

/**
 * Makes sure that a report can be written, before the work it reports on rather than after it.
 *
 * @throws BaselineError `report-not-written`, exit code 2
 */
export function requirePlaceFor(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() || there?.isSocket()) {
      throw new NotAFile(path, there.isDirectory());
    }
    accessSync(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/**
 * Writes a report for people or other programs: harmless, and readable by its owner alone, whatever the umask, because
 * it tells where an account is weak.
 *
 * @throws BaselineError `report-not-written`
 */
export function writeReport(path: string, text: string): void {
  try {
    const file = openReport(path);
    try {
      if (fstatSync(file).isFile()) {
        makePrivate(file);
      }
      writeFileSync(file, plainText(text));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw notWritten(path, error, ExitCode.failed);
  }
}

/** A pipe that nobody reads is an error; opened in the usual way it would be waited for. */
function openReport(path: string): number {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NONBLOCK } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | (O_NONBLOCK ?? 0), 0o600);
  if (fstatSync(file).isFile()) {
    return file;
  }
  closeSync(file);
  return openSync(path, "w");
}

/** Writes every report that can be written, and then says which of them could not. @throws as `writeReport` */
export function writeReports(reports: readonly { path: string; text: string }[]): void {
  const failures = reports.flatMap(({ path, text }) => {
    try {
      writeReport(path, text);
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** A file that was there before has kept its mode. */
function makePrivate(file: number): void {
  try {
    fchmodSync(file, 0o600);
  } catch {
    // It is somebody else's, who lets us write to it: the report matters more.
  }
}

/**
 * Writes a file of our own in one step, so that an interruption leaves the one before. Readable by its owner alone. Its
 * folder is made where it is missing.
 */
export function writePrivate(path: string, text: string): void {
  makeFolders(dirname(path));
  writeInOneStep(path, text, 0o600);
}

/**
 * Writes a file that people keep, such as a stack's settings, in one step: an interruption leaves the one before. A link
 * stays a link, and a file that was there keeps its mode.
 *
 * @throws BaselineError `file-not-written`: the file is as it was
 */
export function writeWhole(path: string, text: string): void {
  try {
    const file = existsSync(path) ? realpathSync(path) : path;
    const mode = statSync(file, { throwIfNoEntry: false })?.mode;
    writeInOneStep(file, text, mode === undefined ? undefined : mode & 0o777);
  } catch (error) {
    const why = `${path} could not be written: ${fileProblem(error)}.`;
    const next = "Make it and its folder writable and run it again; the file was not changed.";
    throw new BaselineError("file-not-written", why, next, ExitCode.failed, { cause: error });
  }
}

/** @param mode whatever the umask. Default: as the umask has it */
function writeInOneStep(file: string, text: string, mode?: number): void {
  removeLeftovers(file);
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString("hex")}.new`;
  try {
    // Never through a link, or into a file, that somebody put there.
    writeFileSync(fresh, text, { flag: "wx", mode: mode ?? 0o666, flush: true });
    if (mode !== undefined) chmodSync(fresh, mode);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Removes what a process that was killed left of an earlier write; where the folder cannot be listed, nothing. */
function removeLeftovers(file: string): void {
  const folder = dirname(file);
  const start = `${basename(file)}.`;
  try {
    for (const name of readdirSync(folder)) {
      const pid = name.startsWith(start)
        ? /^(\d+)(?:\.[0-9a-f]{8})?\.new$/.exec(name.slice(start.length))?.[1]
        : undefined;
      if (pid !== undefined && !isRunning({ pid: Number(pid) })) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // They do no harm.
  }
}

/** @param exitCode 2 before anything was done */
function notWritten(path: string, error: unknown, exitCode: number = ExitCode.badInput): BaselineError {
  const sentence = `The report cannot be written to ${path}: ${fileProblem(error)}.`;
  const next = "Give a file that can be written, in a folder that exists.";
  return new BaselineError("report-not-written", sentence, next, exitCode, { cause: error });
}
