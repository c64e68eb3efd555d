import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isAlive } from "./process-alive";

/** Who holds a lock. */
export interface Holder {
  pid: number;
  /** What it does, in a word or two. */
  verb: string;
  /** ISO 8601, UTC. */
  since: string;
}

/** Somebody else who is alive holds it, or it changed hands too often to be had. */
export class LockHeld extends Error {
  constructor(
    readonly path: string,
    readonly holder?: Holder,
  ) {
    super(`${path} is held by ${holder ? `process ${holder.pid}` : "another run"}`);
  }
}

/**
 * Holds a file for this process, against other processes of this machine. A lock whose holder has died is taken over.
 *
 * @param path of the lock; its folder is made
 * @returns gives it free
 * @throws LockHeld
 */
export function lockFile(path: string, verb: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}`;
  const holder: Holder = { pid: process.pid, verb, since: new Date().toISOString() };
  writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (let tries = 0; ; tries += 1) {
      if (placed(mine, path)) {
        return () => rmSync(path, { force: true });
      }
      const other = readHolder(path);
      if (tries > 2 || (other && isAlive(other.pid))) {
        throw new LockHeld(path, other);
      }
      clearDead(path, mine);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Takes the lock of somebody away who is gone without a word. One at a time, and only after another look: the lock may be
 * a live one by now, of whoever was quicker.
 */
function clearDead(path: string, mine: string): void {
  const guard = `${path}.clearing`;
  if (!placed(mine, guard)) {
    const other = readHolder(guard);
    if (!other || !isAlive(other.pid)) {
      rmSync(guard, { force: true });
    }
    return;
  }
  try {
    const holder = readHolder(path);
    if (!holder || !isAlive(holder.pid)) {
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(guard, { force: true });
  }
}

// A link appears with its content, all at once; nobody can see half a lock and take it for a dead one.
function placed(from: string, path: string): boolean {
  try {
    linkSync(from, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}
