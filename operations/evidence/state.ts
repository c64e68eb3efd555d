import { existsSync, readdirSync } from "node:fs";
import { type AnchorCheck, checkAnchors } from "./anchor/check";
import { ANCHORED_IN } from "./anchor/anchor";
import { type AwsClients } from "../../aws/clients";
import { type BucketPlace } from "../../aws/bucket-name";
import { EVIDENCE_FILE, firstHash, readEvidence, type Verification, verifyEvidence } from "./read";
import { accountIn } from "./same-account";
import { changedEvents, EVENTS } from "./sealed-events";
import { changedFiles, writtenFiles } from "./written-files";

/** What can be said of an evidence folder. */
export interface EvidenceState extends Verification {
  /** Files that are not as the chain says they were written, by their names in the folder. */
  changed?: string[];
  /** Files that the chain has and the folder has no more. A step writes them anew. */
  gone?: string[];
  /** Files that the chain does not have: nothing is known of them. */
  strange?: string[];
  /** Where runs of this evidence said that they put their anchors. */
  anchoredIn?: BucketPlace[];
  /** Absent: no anchor was looked for. */
  anchors?: AnchorCheck;
}

/** The writer's own, besides the chain. */
const own = /^(evidence\.lock.*|torn-lines\.txt|.*\.\d+\.new)$/;

/**
 * Checks an evidence folder against its chain, and the chain against its anchors. Writes nothing.
 *
 * @param bucket where anchors are looked for. Absent: nowhere
 * @throws what `checkAnchors` throws
 */
export async function stateOf(
  folder: string,
  bucket?: { place: BucketPlace; aws: AwsClients },
): Promise<EvidenceState> {
  const verification = await verifyEvidence(folder);
  const flaws = await changedFiles(readEvidence(folder), folder);
  const events = await changedEvents(readEvidence(folder), folder);
  const changed = [...flaws.filter(({ what }) => what === "changed").map(({ name }) => name), ...events.changed];
  const gone = flaws.filter(({ what }) => what === "gone").map(({ name }) => name);
  const known = new Set([EVIDENCE_FILE, ...(await writtenFiles(readEvidence(folder)))]);
  const strange = (existsSync(folder) ? readdirSync(folder) : []).filter(
    (name) => !known.has(name) && !own.test(name) && !(name === EVENTS && events.isKnown),
  );
  const places = new Map<string, BucketPlace>();
  for await (const { call, result } of readEvidence(folder)) {
    if (call === ANCHORED_IN) places.set(JSON.stringify(result), result as BucketPlace);
  }
  return {
    ...verification,
    ...(changed.length > 0 && { changed }),
    ...(gone.length > 0 && { gone }),
    ...(strange.length > 0 && { strange }),
    ...(places.size > 0 && { anchoredIn: [...places.values()] }),
    ...(bucket && { anchors: await anchorsOf(folder, bucket.place, bucket.aws) }),
  };
}

/** Whether somebody changed something, as far as that shows. A file that is gone, or a line without an anchor, does not count. */
export function isContradicted({ ok, older = [], changed = [], anchors }: EvidenceState): boolean {
  return (
    !ok ||
    older.some(({ isNoted }) => !isNoted) ||
    changed.length > 0 ||
    (anchors !== undefined && anchors.contradictions.length > 0)
  );
}

/** Lines that no anchor proves, of those that were looked for. */
export function unprovenIn({ entries, anchors }: EvidenceState): { from: number; to: number } | undefined {
  const from = (anchors?.proven.at(-1)?.to ?? 0) + 1;
  return anchors && from <= entries ? { from, to: entries } : undefined;
}

async function anchorsOf(folder: string, place: BucketPlace, aws: AwsClients): Promise<AnchorCheck> {
  const { accountId = "" } = (await accountIn({ read: () => readEvidence(folder) })) ?? {};
  return checkAnchors(aws, place, { accountId, first: await firstHash(folder), entries: readEvidence(folder) });
}
