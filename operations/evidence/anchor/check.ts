import { type AwsClients } from "../../../aws/clients";
import { limiter } from "../../../common/limit";
import { ask } from "../../../aws/ask";
import { type BucketPlace } from "../../../aws/bucket-name";
import { pages } from "../../../aws/attempt";
import { type EvidenceEntry } from "../entry";
import { anchorIn, keyPrefix, nameOfPlace } from "./keys";

/** An object of the bucket that says what the hash of a line was. */
interface FoundAnchor {
  line: number;
  head: string;
  /** When S3 stored it, ISO 8601: S3's own time, which nobody can choose. */
  since: string;
  key: string;
  version?: string;
}

export interface AnchorCheck {
  place: string;
  /** Lines that had been written, as they are now, by a time. In order, without gaps, from line 1. */
  proven: { from: number; to: number; since: string }[];
  /** Anchors that do not fit the chain: it has another hash there, or ends before. */
  contradictions: { line: number; since: string; why: "another hash" | "no such line" }[];
  /** How many of the anchors that prove something show no lock: whoever may delete objects can take them away. */
  unlocked: number;
  /** When the first lock ends, ISO 8601. */
  lockedUntil?: string;
  /** How many anchors somebody tried to delete: they bear a delete marker, and are still there. */
  deleted: number;
}

/** How many objects are asked for their lock at a time. */
const PARALLEL = 8;

/**
 * Compares a chain with its anchors in a bucket.
 *
 * IAM actions: `s3:ListBucketVersions`, `s3:GetObjectVersion`, `s3:GetObjectRetention`.
 * @param first the hash of the chain's first line
 * @param entries the lines that hold, oldest first
 * @throws what `ask` throws
 */
export async function checkAnchors(
  aws: AwsClients,
  place: BucketPlace,
  chain: { accountId: string; first: string; entries: AsyncIterable<EvidenceEntry> },
): Promise<AnchorCheck> {
  const { found, deleted } = await anchorsIn(aws, place, keyPrefix(place, chain.accountId, chain.first));
  const wanted = new Set(found.map(({ line }) => line));
  const hashes = new Map<number, string>();
  let last = 0;
  for await (const { n, hash } of chain.entries) {
    if (wanted.has(n)) hashes.set(n, hash);
    last = n;
  }
  const fits = ({ line, head }: FoundAnchor) => hashes.get(line) === head;
  const good = provingMore(found.filter(fits));
  const locks = await locksOf(aws, place, good);
  const until = locks.flatMap((each) => (each === undefined ? [] : [each])).sort();
  return {
    place: nameOfPlace(place),
    proven: good.map(({ line, since }, at) => ({ from: (good[at - 1]?.line ?? 0) + 1, to: line, since })),
    contradictions: found
      .filter((each) => !fits(each))
      .map(({ line, since }) => ({ line, since, why: line > last ? "no such line" : "another hash" })),
    unlocked: locks.filter((each) => each === undefined).length,
    ...(until[0] !== undefined && { lockedUntil: until[0] }),
    deleted,
  };
}

/** Anchors that reach further than those before them: a line is proven since the first that covers it. */
function provingMore(found: readonly FoundAnchor[]): FoundAnchor[] {
  const more: FoundAnchor[] = [];
  for (const each of found) {
    if (each.line > (more.at(-1)?.line ?? 0)) more.push(each);
  }
  return more;
}

/** Every version counts, the oldest first: a later one, or a delete marker, hides nothing. */
async function anchorsIn(
  aws: AwsClients,
  { name: Bucket }: BucketPlace,
  prefix: string,
): Promise<{ found: FoundAnchor[]; deleted: number }> {
  const marked = new Set<string>();
  const versions = await pages(async (token) => {
    const [KeyMarker, VersionIdMarker] = token === undefined ? [] : (JSON.parse(token) as string[]);
    const answer = await ask("s3:ListBucketVersions", aws.defaultRegion, () =>
      aws.s3().listObjectVersions({
        Bucket,
        Prefix: prefix,
        ...(KeyMarker !== undefined && { KeyMarker }),
        ...(VersionIdMarker !== undefined && { VersionIdMarker }),
      }),
    );
    answer.DeleteMarkers?.forEach(({ Key = "" }) => marked.add(Key));
    const { NextKeyMarker: key, NextVersionIdMarker: version } = answer;
    return {
      items: answer.Versions,
      next: answer.IsTruncated ? JSON.stringify([key, version].filter((each) => each !== undefined)) : undefined,
    };
  });
  const found = versions
    .flatMap(({ Key: key = "", VersionId: version, LastModified: time }): FoundAnchor[] => {
      const anchor = anchorIn(prefix, key);
      return anchor && time
        ? [{ ...anchor, since: time.toISOString(), key, ...(version !== undefined && { version }) }]
        : [];
    })
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : b.line - a.line));
  const first = found.filter(({ key }, at) => found.findIndex((each) => each.key === key) === at);
  return { found: first, deleted: first.filter(({ key }) => marked.has(key)).length };
}

/** Until when each object is locked; undefined where no lock shows. */
function locksOf(
  aws: AwsClients,
  { name: Bucket }: BucketPlace,
  anchors: readonly FoundAnchor[],
): Promise<(string | undefined)[]> {
  const limit = limiter(PARALLEL);
  return Promise.all(
    anchors.map(({ key: Key, version }) =>
      limit(async () => {
        const request = { Bucket, Key, ...(version !== undefined && { VersionId: version }) };
        const { ObjectLockRetainUntilDate: until } = await ask("s3:GetObjectVersion", aws.defaultRegion, () =>
          aws.s3().headObject(request),
        );
        return until && until.getTime() > Date.now() ? until.toISOString() : undefined;
      }),
    ),
  );
}
