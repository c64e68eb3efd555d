import { randomUUID } from "node:crypto";
import { closeSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolders } from "./folders";
import {
  isGroupRunning,
  isRunning,
  markOf,
  type ProcessIdentity,
  type ProcessMark,
  thisProcess,
} from "./process-identity";
import { readRegular } from "./regular-file";

/** Who holds a lock. */
export interface Holder extends Partial<ProcessIdentity> {
  pid: number;
  /** What it does, in a word or two. */
  verb: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Of this one lock. */
  id?: string;
}

/** A lock that is held. Called, it is given free. */
export interface Lock {
  (): void;
  /** Whether the file is still this lock, and not that of somebody who took it for stale. */
  isOurs(): boolean;
  /**
   * Holds the lock also for as long as a process group lives that this process started, should this one be killed.
   *
   * @returns ends that
   */
  includes(leader: number): () => void;
}

/** How long a holder on another machine must have been silent, in milliseconds, before its lock is taken over. */
export const STALE_AFTER = 10 * 60_000;
/** How often a holder says that it lives, in milliseconds. */
const HEARTBEAT = 30_000;

/** Somebody else holds it who lives or may live, or it changed hands too often to be had. */
export class LockHeld extends Error {
  constructor(
    readonly path: string,
    readonly holder?: Holder,
    /** The holder works elsewhere, where nobody can see whether it lives. */
    readonly elsewhere?: boolean,
  ) {
    super(`${path} is held by ${holder ? `process ${holder.pid}` : "another run"}`);
  }
}

/**
 * Holds a file for this process, against every other process that sees the folder: on this machine, in other containers
 * and on other machines.
 *
 * A lock of this place is taken over once its holder and the processes it included are gone. Of another place nobody can
 * tell that; such a lock is taken over after ten minutes without a sign of life, and never while it includes a process.
 * Whoever knows better removes the file.
 *
 * @param path of the lock; its folder is made
 * @param self who asks. Default: this process
 * @throws LockHeld
 */
export function lockFile(path: string, verb: string, self: ProcessIdentity = thisProcess()): Lock {
  makeFolders(dirname(path));
  const id = randomUUID();
  const mine = `${path}.${id}`;
  const file = openSync(mine, "ax", 0o600);
  const holder: Holder = { ...self, verb, since: new Date().toISOString(), id };
  let held: number | undefined;
  try {
    append(file, JSON.stringify(holder));
    for (let tries = 0; ; tries += 1) {
      held = placed(file, mine, path);
      if (held !== undefined) {
        return heldLock(path, held, id);
      }
      const other = read(path);
      if (tries > 2 || (other && !isFree(other, mine, self))) {
        throw new LockHeld(path, other?.holder, other?.holder && !isHere(other.holder, self));
      }
      clear(path, { file, mine }, self);
    }
  } finally {
    rmSync(mine, { force: true });
    if (held !== file) {
      closeSync(file);
    }
  }
}

function heldLock(path: string, file: number, id: string): Lock {
  const isOurs = () => read(path)?.holder?.id === id;
  const beat = setInterval(() => append(file, ""), HEARTBEAT);
  beat.unref();
  let isFreed = false;
  const free = () => {
    if (isFreed) {
      return;
    }
    isFreed = true;
    clearInterval(beat);
    closeSync(file);
    if (isOurs()) {
      rmSync(path, { force: true });
    }
  };
  return Object.assign(free, {
    isOurs,
    includes: (leader: number) => {
      append(file, JSON.stringify({ begun: markOf(leader) }));
      return () => isFreed || append(file, JSON.stringify({ ended: leader }));
    },
  });
}

// To the file that was made, whatever is in its place meanwhile. A server dates it, so no machine's own clock counts.
function append(file: number, line: string): void {
  try {
    writeSync(file, `${line}\n`);
  } catch (error) {
    // Another machine removed it. Whoever works under the lock asks `isOurs`.
    if (!/^(ESTALE|ENOENT)$/.test((error as NodeJS.ErrnoException).code ?? "")) {
      throw error;
    }
  }
}

interface Found {
  /** Absent where a file holds no lock. */
  holder?: Holder;
  included: ProcessMark[];
  text: string;
  /** When it last changed, by the clock of the file system. */
  changed: number;
}

function read(path: string): Found | undefined {
  try {
    const { mtimeMs: changed } = statSync(path);
    const text = readRegular(path);
    const [holder, ...after] = text.split("\n").map(asJson);
    const included = new Map<number, ProcessMark>();
    for (const { begun, ended } of after as { begun?: ProcessMark; ended?: number }[]) {
      if (begun) included.set(begun.pid, begun);
      if (ended !== undefined) included.delete(ended);
    }
    const isHolder = typeof (holder as Partial<Holder>).pid === "number";
    return { ...(isHolder && { holder: holder as Holder }), included: [...included.values()], text, changed };
  } catch {
    return undefined;
  }
}

function asJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

/** Whether nobody holds what was found. @param mine a file written just now, for the file system's time */
function isFree({ holder, included, text, changed }: Found, mine: string, self: ProcessIdentity): boolean {
  const age = statSync(mine).mtimeMs - changed;
  if (!holder) {
    // Made this moment where no links are to be had, and not written yet.
    return text !== "" || age > 5000;
  }
  return isHere(holder, self)
    ? !isRunning(holder) && !included.some(isGroupRunning)
    : included.length === 0 && age > STALE_AFTER;
}

/** Locks of before places were written down were of one machine. */
function isHere({ place }: Holder, self: ProcessIdentity): boolean {
  return place === undefined || place === self.place;
}

/**
 * Takes the lock of somebody away who is gone without a word. One at a time, and only after another look: the lock may be
 * a live one by now, of whoever was quicker.
 */
function clear(path: string, { file, mine }: { file: number; mine: string }, self: ProcessIdentity): void {
  const guard = `${path}.clearing`;
  const clearIfFree = (lock: string) => {
    const found = read(lock);
    if (found === undefined || isFree(found, mine, self)) {
      rmSync(lock, { force: true });
    }
  };
  const held = placed(file, mine, guard);
  if (held === undefined) {
    clearIfFree(guard);
    return;
  }
  try {
    clearIfFree(path);
  } finally {
    rmSync(guard, { force: true });
    if (held !== file) {
      closeSync(held);
    }
  }
}

/**
 * A link appears with its content, all at once; nobody can see half a lock and take it for a dead one.
 *
 * @returns the file to write to that is now at `path`; undefined when something else is there
 */
function placed(file: number, mine: string, path: string): number | undefined {
  try {
    linkSync(mine, path);
    return file;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      // On NFS the answer can be lost, and the second try finds the link of the first.
      return isSameFile(mine, path) ? file : undefined;
    }
    if (/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(code)) {
      return created(mine, path);
    }
    throw error;
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

/** For file systems without links. */
function created(mine: string, path: string): number | undefined {
  try {
    const file = openSync(path, "ax", 0o600);
    writeSync(file, readFileSync(mine));
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return undefined;
    }
    throw error;
  }
}
