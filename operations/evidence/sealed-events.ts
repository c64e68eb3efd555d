import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { BaselineError } from "../../common/errors";
import { type Evidence } from "../evidence/evidence";

/** Events are being gathered: until they are sealed, files grow that the chain does not know yet. */
const OPENED = "events opened";
/** The events of a gathering are on disk, and the chain has the hash of each file. */
const SEALED = "events sealed";

interface Seal {
  folder: string;
  /** By name: bytes and SHA-256. */
  files: Record<string, { bytes: number; sha256: string }>;
}

/**
 * Checks the files of events against the chain, before anything reads them.
 *
 * After a run that was killed while it gathered, files may have grown: what the chain knows of them is checked.
 * @param parent the folder of all gatherings
 * @throws BaselineError `evidence-file-changed`, which names the file
 */
export async function requireSealed(evidence: Pick<Evidence, "read">, parent: string): Promise<void> {
  const seals = new Map<string, Seal["files"]>();
  let [isMarked, isOpen] = [false, false];
  for await (const { call, result } of evidence.read()) {
    if (call === SEALED) {
      const { folder, files } = result as Seal;
      seals.set(folder, files);
    }
    if (call === SEALED || call === OPENED) {
      [isMarked, isOpen] = [true, call === OPENED];
    }
  }
  // Of an older version the chain knows no gathering.
  const gatherings = isMarked && existsSync(parent) ? readdirSync(parent) : [];
  for (const folder of new Set([...seals.keys(), ...gatherings])) {
    const files = seals.get(folder);
    if (files) {
      await requireFiles(join(parent, folder), files, isOpen);
    } else if (!isOpen) {
      throw changed(join(parent, folder));
    }
  }
}

/** Says in the chain that files of events will grow. */
export function openEvents(evidence: Pick<Evidence, "record">): void {
  evidence.record({ step: "timeline", call: OPENED });
}

/** Puts the hash of each file of a gathering into the chain. */
export async function sealEvents(evidence: Pick<Evidence, "record">, gathering: string): Promise<void> {
  const files: Seal["files"] = {};
  for (const name of readdirSync(gathering).sort()) {
    files[name] = await hashOf(join(gathering, name));
  }
  evidence.record({ step: "timeline", call: SEALED, result: { folder: basename(gathering), files } });
}

async function requireFiles(folder: string, files: Seal["files"], isOpen: boolean): Promise<void> {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of new Set([...Object.keys(files), ...found])) {
    const [path, known] = [join(folder, name), files[name]];
    // How far a lane came is written anew with each page.
    if (isOpen && (known === undefined || !name.endsWith(".jsonl"))) {
      continue;
    }
    if (known === undefined || !existsSync(path)) {
      throw changed(path);
    }
    const { bytes, sha256 } = await hashOf(path, isOpen ? known.bytes : undefined);
    if (bytes !== known.bytes || sha256 !== known.sha256) {
      throw changed(path);
    }
  }
}

/** @param upTo how many bytes from the beginning. Default: all */
async function hashOf(path: string, upTo = Infinity): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  if (upTo > 0) {
    for await (const chunk of createReadStream(path, { end: upTo - 1 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { bytes, sha256: hash.digest("hex") };
}

function changed(path: string): BaselineError {
  return new BaselineError(
    "evidence-file-changed",
    `${path} is not as the evidence says it was written: it was changed, added or removed. Nothing was read from it.`,
    "Keep the folder as it is, and start again in another one: --evidence <folder>.",
  );
}
