import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EvidenceEntry, noHash, sealed } from "../../operations/evidence/entry";
import { EVIDENCE_FILE } from "../../operations/evidence/read";

/** Rewrites evidence as somebody would who can write the folder: every hash is made anew, so that the chain holds. */
export function rechain(folder: string, change: (entries: EvidenceEntry[]) => EvidenceEntry[]): void {
  const path = join(folder, EVIDENCE_FILE);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  let before = noHash;
  const changed = change(lines.map((line) => JSON.parse(line) as EvidenceEntry)).map(({ hash: _, ...entry }, at) => {
    const { line, hash } = sealed({ ...entry, n: at + 1, before });
    before = hash;
    return `${line}\n`;
  });
  writeFileSync(path, changed.join(""));
}
