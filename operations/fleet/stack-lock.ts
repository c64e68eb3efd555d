import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { isAlive } from "../../common/process-alive";

interface Holder {
  pid: number;
  verb: string;
  since: string;
}

/**
 * Holds a stack for this process, so that no two runs on this machine work on it. Pulumi's own lock comes later, and not at
 * all for previews and drift; what it keeps apart are machines.
 *
 * @returns gives it free
 * @throws BaselineError `stack-locked`
 */
export function lockStack(folder: string, stack: string, verb: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${stack.replaceAll("/", "+")}.lock`);
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
        throw locked(stack, path, other);
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

function locked(stack: string, path: string, holder?: Holder): BaselineError {
  const by = holder ? `fleet ${holder.verb}, process ${holder.pid}, since ${holder.since}` : "another run";
  return new BaselineError(
    "stack-locked",
    `Stack ${stack} is being worked on by ${by}.`,
    `Wait until that has ended; if it is known to be dead, delete ${path}.`,
  );
}
