import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type EvidenceEntry } from "./entry";
import { type Evidence } from "./evidence";
import { type FileHash, hashOfFile, isSameFile } from "./file-hash";

/** Folder of the evidence that holds the events, a folder inside for each gathering. */
export const EVENTS = "events";

/** Events are being gathered: until they are sealed, files grow that the chain does not know yet. */
const OPENED = "events opened";
/** The events of a gathering are on disk, and the chain has the hash of each file. */
const SEALED = "events sealed";

interface Seal {
  folder: string;
  files: Record<string, FileHash>;
}

/**
 * The files of events that are not as the chain says: changed, added or removed. Paths below the evidence folder. And
 * whether the chain knows of events at all: one of an older version does not.
 *
 * After a run that was killed while it gathered, files may have grown: what the chain knows of them is checked.
 * @param entries the lines of the evidence, oldest first
 */
export async function changedEvents(
  entries: AsyncIterable<EvidenceEntry>,
  evidenceFolder: string,
): Promise<{ changed: string[]; isKnown: boolean }> {
  const parent = join(evidenceFolder, EVENTS);
  const seals = new Map<string, Seal["files"]>();
  let [isMarked, isOpen] = [false, false];
  for await (const { call, result } of entries) {
    if (call === SEALED) {
      const { folder, files } = result as Seal;
      seals.set(basename(folder), files);
    }
    if (call === SEALED || call === OPENED) {
      [isMarked, isOpen] = [true, call === OPENED];
    }
  }
  const gatherings = isMarked && existsSync(parent) ? readdirSync(parent) : [];
  const changed: string[] = [];
  for (const folder of new Set([...seals.keys(), ...gatherings])) {
    const [files, path] = [seals.get(folder), join(EVENTS, folder)];
    if (files) {
      changed.push(...(await changedIn(join(parent, folder), files, isOpen)).map((name) => join(path, name)));
    } else if (!isOpen) {
      changed.push(path);
    }
  }
  return { changed, isKnown: isMarked };
}

/** Says in the chain that files of events will grow. */
export function openEvents(evidence: Pick<Evidence, "record">): void {
  evidence.record({ step: "timeline", call: OPENED });
}

/** Puts the hash of each file of a gathering into the chain. */
export async function sealEvents(evidence: Pick<Evidence, "record">, gathering: string): Promise<void> {
  const files: Seal["files"] = {};
  for (const name of readdirSync(gathering).sort()) {
    files[name] = await hashOfFile(join(gathering, name));
  }
  evidence.record({ step: "timeline", call: SEALED, result: { folder: basename(gathering), files } });
}

async function changedIn(folder: string, files: Seal["files"], isOpen: boolean): Promise<string[]> {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const changed: string[] = [];
  for (const name of new Set([...Object.keys(files).map((each) => basename(each)), ...found])) {
    const [path, known] = [join(folder, name), files[name]];
    // How far a lane came is written anew with each page.
    if (isOpen && (known === undefined || !name.endsWith(".jsonl"))) {
      continue;
    }
    const isThere = known !== undefined && existsSync(path);
    if (!isThere || !isSameFile(await hashOfFile(path, isOpen ? known.bytes : undefined), known)) {
      changed.push(name);
    }
  }
  return changed;
}
