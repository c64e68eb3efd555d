import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { BaselineError } from "../../common/errors";
import { EVIDENCE_FILE } from "../evidence/read";

/** Whether the file system refuses to write the evidence; a link or a lost lock in its place is another matter. */
export function isUnwritable(error: unknown): error is BaselineError {
  return (
    error instanceof BaselineError &&
    error.code === "evidence-not-written" &&
    typeof (error.cause as NodeJS.ErrnoException | undefined)?.code === "string"
  );
}

/** Whether evidence is there and can be found: a folder that is closed to us looks like none. */
export function hasEvidence(folder: string): boolean {
  return existsSync(join(folder, EVIDENCE_FILE));
}

/**
 * A folder of the same name to work in for one run, with a copy of the evidence there is. Readable by its owner only.
 *
 * @returns the folder, and what removes it
 * @throws the error of the file system where there is no room either
 */
export function standIn(folder: string): { folder: string; remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), "baseline-respond-"));
  const remove = () => rmSync(parent, { recursive: true, force: true });
  const copy = join(parent, basename(resolve(folder)));
  try {
    mkdirSync(copy, { mode: 0o700 });
    if (hasEvidence(folder)) {
      cpSync(folder, copy, { recursive: true, filter: (path) => !/evidence\.lock[^/\\]*$/.test(path) });
    }
    return { folder: copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
