import { closeSync, constants, createReadStream, fstatSync, openSync, type ReadStream, readFileSync } from "node:fs";

/** A name leads to something that is opened like a file and is none. */
export class NotAFile extends Error {
  /** As errors of Node have one. */
  readonly code = "ENOTFILE";

  constructor(
    readonly path: string,
    isFolder = false,
  ) {
    super(isFolder ? "it is a folder" : "it is a named pipe, a device or a socket, and no file");
    this.name = "NotAFile";
  }
}

/**
 * Opens a file to read it. Whoever opens a named pipe waits until somebody writes to it, maybe for ever, and no signal
 * ends that.
 *
 * @throws NotAFile; and what Node throws
 */
export function openRegular(path: string): number {
  const file = opened(path, constants.O_RDONLY);
  return requireRegular(path, file);
}

/**
 * Opens a file to add to it, and makes it where there is none; its owner alone may read it then. A link is not followed.
 *
 * @throws as `openRegular`
 */
export function openToAppend(path: string, mode: number): number {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  return requireRegular(path, opened(path, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), mode));
}

/** The text of a file. @throws as `openRegular` */
export function readRegular(path: string): string {
  const file = openRegular(path);
  try {
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file, in parts. @param options as of `createReadStream` @throws as `openRegular` */
export function streamRegular(path: string, options: { end?: number } = {}): ReadStream {
  return createReadStream(path, { ...options, fd: openRegular(path) });
}

function opened(path: string, flags: number, mode?: number): number {
  try {
    // Windows knows neither the flag nor such files.
    return openSync(path, flags | (constants.O_NONBLOCK ?? 0), mode);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // A socket, or a pipe that nobody reads.
    throw code === "ENXIO" || code === "EISDIR" ? new NotAFile(path, code === "EISDIR") : error;
  }
}

function requireRegular(path: string, file: number): number {
  const found = fstatSync(file);
  if (!found.isFile()) {
    closeSync(file);
    throw new NotAFile(path, found.isDirectory());
  }
  return file;
}
