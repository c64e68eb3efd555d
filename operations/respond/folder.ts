import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";
import { type Identity, REAL_AWS } from "../aws/identity";
import { FIX_STEP } from "../audit/fix/model";
import { type EvidenceEntry, sha256 } from "../evidence/entry";
import { EVIDENCE_FILE, readEvidence } from "../evidence/read";
import { accountIn, isSamePlace } from "../evidence/same-account";
import { SUBJECT } from "./marks";
import { type Named } from "./request";
import { type Subject } from "./subject";

/** Where incidents are kept, seen from the working directory. */
const PARENT = "incidents";
const DATED = /^\d{4}-\d\d-\d\d-/;

/**
 * The folders of incidents that were begun for what was named, the last first, so that an incident goes on past midnight.
 *
 * @param identity whose account it must be. Without it, of every account
 */
export async function begunFolders(named: Named, identity?: Identity, parent = PARENT): Promise<string[]> {
  const names = existsSync(parent) ? readdirSync(parent).filter((name) => DATED.test(name)) : [];
  const found: string[] = [];
  for (const name of names.sort().reverse()) {
    const folder = join(parent, name);
    if (existsSync(join(folder, EVIDENCE_FILE)) && (await isAbout(folder, name.slice(11), named, identity))) {
      found.push(folder);
    }
  }
  return found;
}

/**
 * A new folder of today (UTC) for an incident. No two incidents have the same one: account, kind and name are in it, and
 * letters that file systems do not all keep apart are told apart by a hash.
 */
export function newFolder(
  named: Named,
  subject: Pick<Subject, "kind" | "name">,
  { accountId, endpoint }: Pick<Identity, "accountId" | "endpoint">,
  now: Date,
  parent = PARENT,
): string {
  const who = named.kind === "key" ? named.id : `${subject.kind}-${slugOf(subject.name)}`;
  const practice = endpoint === REAL_AWS ? "" : "practice-";
  return join(parent, `${now.toISOString().slice(0, 10)}-${practice}${accountId}-${who}`);
}

/** `@` keeps both forms apart: no name of the first form has it. */
function slugOf(name: string): string {
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)
    ? name
    : `${name.replace(/[^\w-]/g, "_")}@${sha256(name).slice(0, 12)}`;
}

/**
 * Evidence is of one incident: what was done to one identity must not be taken for done to another.
 *
 * @throws BaselineError `evidence-of-another-subject`, exit code 2
 */
export async function requireSameSubject(
  evidence: { read(): AsyncIterable<EvidenceEntry>; folder: string },
  subject: Pick<Subject, "kind" | "name">,
): Promise<void> {
  let other: Subject | undefined;
  for await (const { step, call, result } of evidence.read()) {
    // A fix is about everybody it found, and is taken back one user after the other.
    if (step === FIX_STEP) {
      return;
    }
    if (call === SUBJECT) {
      // Older versions let an incident be about several.
      if (isSame(result as Subject, subject)) {
        return;
      }
      other ??= result as Subject;
    }
  }
  if (other) {
    throw new BaselineError(
      "evidence-of-another-subject",
      `${evidence.folder} is evidence about ${other.kind} ${other.name}, not about ${subject.kind} ${subject.name}; nothing was done.`,
      "Leave --evidence out, or name a folder for this one.",
      ExitCode.badInput,
    );
  }
}

async function isAbout(folder: string, slug: string, named: Named, identity?: Identity): Promise<boolean> {
  const read = () => readEvidence(folder);
  const place = await accountIn({ read });
  if (identity && place && !isSamePlace(place, identity)) {
    return false;
  }
  let isEmpty = true;
  for await (const { call, input, result } of read()) {
    if (call === SUBJECT) {
      if (isMeant(result as Subject, named) || JSON.stringify(input) === JSON.stringify(named)) {
        return true;
      }
      isEmpty = false;
    }
  }
  // One that was begun by an older version, and ended before it knew whom it was about.
  return isEmpty && slug === olderSlugOf(named);
}

/** Whether somebody who names this means that subject. An incident that was begun with a key is the key's. */
function isMeant(subject: Subject, named: Named): boolean {
  if (named.kind === "key") {
    return subject.key === named.id;
  }
  const kind = named.kind === "either" ? subject.kind : named.kind;
  return subject.key === undefined && isSame(subject, { kind, name: named.name });
}

/** IAM keeps one name of a spelling, whatever the case. */
function isSame(one: Pick<Subject, "kind" | "name">, other: Pick<Subject, "kind" | "name">): boolean {
  return one.kind === other.kind && one.name.toLowerCase() === other.name.toLowerCase();
}

/** As folders were called before account and kind were in their names. */
function olderSlugOf(named: Named): string {
  return (named.kind === "key" ? named.id : named.name).replace(/[^\w.-]/g, "_").replace(/^\.+/, "_");
}
