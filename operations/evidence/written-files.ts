import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { writePrivate } from "../../common/files";
import { type EvidenceEntry, sha256 } from "./entry";
import { type Evidence } from "./evidence";
import { type FileHash, hashOfFile, isSameFile } from "./file-hash";

/** Files are about to be written; a run that is killed then leaves the old ones or the new ones. */
const WRITES = "writes files";
/** They are on disk. */
const WROTE = "wrote files";

type Files = Record<string, FileHash>;

/** A file that a step wrote, and that is no longer as it was written. */
export interface FileFlaw {
  /** Name in the evidence folder. */
  name: string;
  what: "changed" | "gone";
}

/**
 * Writes what a step makes of the evidence, a timeline or a report, into its folder, and the hashes into the chain.
 *
 * @param texts by file name
 */
export function writeFiles(
  evidence: Pick<Evidence, "record" | "folder">,
  step: string,
  texts: Readonly<Record<string, string>>,
): void {
  const files: Files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { bytes: Buffer.byteLength(text), sha256: sha256(text) }]),
  );
  evidence.record({ step, call: WRITES, result: files });
  for (const [name, text] of Object.entries(texts)) {
    writePrivate(join(evidence.folder, name), text);
  }
  evidence.record({ step, call: WROTE, result: files });
}

/**
 * The files of steps that are not as the chain says.
 *
 * @param entries the lines of the evidence, oldest first
 */
export async function changedFiles(entries: AsyncIterable<EvidenceEntry>, folder: string): Promise<FileFlaw[]> {
  const { written, begun } = await hashesIn(entries);
  const flaws: FileFlaw[] = [];
  for (const name of new Set([...written.keys(), ...begun.keys()])) {
    const path = join(folder, name);
    if (existsSync(path)) {
      const hash = await hashOfFile(path);
      const isKnown = isSameFile(written.get(name), hash) || isSameFile(begun.get(name), hash);
      flaws.push(...(isKnown ? [] : [{ name, what: "changed" as const }]));
    } else if (!begun.has(name)) {
      flaws.push({ name, what: "gone" });
    }
  }
  return flaws;
}

/** Names of all files that the chain has a hash of. */
export async function writtenFiles(entries: AsyncIterable<EvidenceEntry>): Promise<string[]> {
  const { written, begun } = await hashesIn(entries);
  return [...written.keys(), ...begun.keys()];
}

async function hashesIn(entries: AsyncIterable<EvidenceEntry>) {
  const [written, begun] = [new Map<string, FileHash>(), new Map<string, FileHash>()];
  for await (const { call, result } of entries) {
    if (call === WRITES || call === WROTE) {
      for (const [name, hash] of Object.entries(result as Files)) {
        (call === WROTE ? written : begun).set(basename(name), hash);
        if (call === WROTE) begun.delete(basename(name));
      }
    }
  }
  return { written, begun };
}
