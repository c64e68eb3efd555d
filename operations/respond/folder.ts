import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { EVIDENCE_FILE } from "../evidence/read";
import { type Named, slugOf } from "./request";

/**
 * Where the evidence of an incident is kept unless somebody says otherwise: the last folder that was begun for this
 * subject, so that an incident goes on past midnight, else a new one of today (UTC).
 */
export function evidenceFolder(subject: Named, now: Date, parent = "incidents"): string {
  const slug = slugOf(subject);
  const begun = existsSync(parent) ? readdirSync(parent) : [];
  const last = begun
    .filter((name) => /^\d{4}-\d\d-\d\d-/.test(name) && name.slice(11) === slug)
    .filter((name) => existsSync(join(parent, name, EVIDENCE_FILE)))
    .sort()
    .at(-1);
  return join(parent, last ?? `${now.toISOString().slice(0, 10)}-${slug}`);
}
