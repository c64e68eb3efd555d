import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "../../common/process-identity";

/** One process at a time, across processes: whoever makes the folder has the lock. A dead owner's lock is taken. */
export async function withLock<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  for (let waits = 0; !(await take(path)); waits++) {
    if (await isStale(path)) {
      await rm(path, { recursive: true, force: true });
      continue;
    }
    await sleep(Math.min(50 * (waits + 1), 500), undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
  await writeFile(join(path, "owner"), String(process.pid));
  return true;
}

async function isStale(path: string): Promise<boolean> {
  const owner = Number(await readFile(join(path, "owner"), "utf8").catch(() => "0"));
  if (owner > 0) {
    return !isRunning({ pid: owner });
  }
  // Made, but the owner not yet written: only a moment lies between, unless somebody was killed just there.
  const made = await stat(path).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > 5_000;
}
