import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { badInput } from "../../common/errors";
import { type Identity, REAL_AWS } from "../../aws/identity";
import { FIX_STEP } from "../watch/audit/fix/model";
import { type EvidenceEntry, sha256 } from "../evidence/entry";
import { EVIDENCE_FILE, readEvidence, unreadableEvidence } from "../evidence/read";
import { accountIn, isSamePlace } from "../evidence/same-account";
import { SUBJECT } from "./marks";
import { type Named, type RespondOptions } from "./request";
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
  const names = namesIn(parent).filter((name) => DATED.test(name));
  const found: string[] = [];
  for (const name of names.sort().reverse()) {
    const folder = join(parent, name);
    if (existsSync(join(folder, EVIDENCE_FILE)) && (await isAbout(folder, name.slice(11), named, identity))) {
      found.push(folder);
    }
  }
  return found;
}

function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? "")) {
      return [];
    }
    throw unreadableEvidence(parent, error);
  }
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

/** The folder that is meant where nobody says whose account it is; undefined when that makes a difference. */
export async function folderWithout(
  named: Named,
  { evidence }: Pick<RespondOptions, "evidence">,
): Promise<string | undefined> {
  if (evidence !== undefined) {
    return evidence;
  }
  const folders = await begunFolders(named);
  const accounts = await Promise.all(folders.map((folder) => accountIn({ read: () => readEvidence(folder) })));
  const different = new Set(accounts.map((each) => `${each?.accountId} ${each?.endpoint === REAL_AWS}`));
  return different.size === 1 ? folders[0] : undefined;
}

/**
 * As `requireSameSubject`, for whoever was named and not looked up.
 *
 * @throws BaselineError `evidence-of-another-subject`, exit code 2
 */
export async function requireNamedSubject(folder: string, named: Named): Promise<void> {
  const name = named.kind === "key" ? named.id : named.name;
  await requireSubject(folder, name, readEvidence(folder), (subject, input) => isNamed(subject, input, named));
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
  const name = `${subject.kind} ${subject.name}`;
  await requireSubject(evidence.folder, name, evidence.read(), (found) => isSame(found, subject));
}

async function requireSubject(
  folder: string,
  name: string,
  entries: AsyncIterable<EvidenceEntry>,
  isMeant: (subject: Subject, input: unknown) => boolean,
): Promise<void> {
  let other: Subject | undefined;
  for await (const { step, call, input, result } of entries) {
    // A fix is about everybody it found, and is taken back one user after the other.
    if (step === FIX_STEP) {
      return;
    }
    if (call === SUBJECT) {
      // Older versions let an incident be about several.
      if (isMeant(result as Subject, input)) {
        return;
      }
      other ??= result as Subject;
    }
  }
  if (other) {
    throw badInput(
      "evidence-of-another-subject",
      `${folder} is evidence about ${other.kind} ${other.name}, not about ${name}; nothing was done.`,
      "Leave --evidence out, or name a folder for this one.",
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
      if (isNamed(result as Subject, input, named)) {
        return true;
      }
      isEmpty = false;
    }
  }
  // One that was begun by an older version, and ended before it knew whom it was about.
  return isEmpty && slug === olderSlugOf(named);
}

function isNamed(subject: Subject, input: unknown, named: Named): boolean {
  return isMeant(subject, named) || JSON.stringify(input) === JSON.stringify(named);
}

/** Whether somebody who names this means that subject. An incident that was begun with a key is its owner's, too. */
function isMeant(subject: Subject, named: Named): boolean {
  if (named.kind === "key") {
    return subject.key === named.id;
  }
  const kind = named.kind === "either" ? subject.kind : named.kind;
  return isSame(subject, { kind, name: named.name });
}

/** IAM keeps one name of a spelling, whatever the case. */
function isSame(one: Pick<Subject, "kind" | "name">, other: Pick<Subject, "kind" | "name">): boolean {
  return one.kind === other.kind && one.name.toLowerCase() === other.name.toLowerCase();
}

/** As folders were called before account and kind were in their names. */
function olderSlugOf(named: Named): string {
  return (named.kind === "key" ? named.id : named.name).replace(/[^\w.-]/g, "_").replace(/^\.+/, "_");
}
