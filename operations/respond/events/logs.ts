import { createHash, type Hash } from "node:crypto";
import { type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ask } from "../../../aws/ask";
import { Digests } from "./digests";
import { keysIn, prefixOf, type TrailBucket } from "./log-keys";
import { type Lane } from "./lookup";
import { asRecord, type TrailRecord } from "./record";
import { splitRecords, TornLog } from "./split-records";
import { isSuspects, signsOf, type Suspect } from "./suspect";

const DAY = 24 * 60 * 60 * 1000;

/**
 * Puts the suspect's events of one region into its spool, out of the log files of a trail.
 *
 * Source: CloudTrail User Guide, "Finding your CloudTrail log files" (keys are by region and day) and "How CloudTrail
 * works" (files come minutes later, so some stand under the day after).
 * @throws BaselineError why no more can be read; what was read until then is kept
 */
export async function readLogs(lane: Lane, bucket: TrailBucket, suspect: Suspect): Promise<void> {
  const { spool, from, to = new Date(), signal } = lane;
  const digests = new Digests(lane, bucket, spool.cursor.checks);
  const { checks } = digests;
  for (let day = startOfDay(from); day <= startOfDay(to) + DAY; day += DAY) {
    const prefix = prefixOf(bucket, "CloudTrail", lane.region, new Date(day));
    const keys = await keysIn(lane, bucket, prefix);
    await digests.load(new Date(day));
    for (const key of keys) {
      signal?.throwIfAborted();
      // Keys of a region grow with time.
      if (spool.cursor.next === undefined || key > spool.cursor.next) {
        const kept = await keptOf(lane, bucket, key, suspect, digests);
        await spool.keep(kept, { next: key, checks });
        lane.onEvents(kept.length);
      }
    }
    digests.missingFrom(prefix, keys);
  }
  digests.end();
  await spool.keep([], { done: true, checks });
}

/** The records of a file that count. A file that is broken must not hide those after it. */
async function keptOf(
  lane: Lane,
  bucket: TrailBucket,
  key: string,
  suspect: Suspect,
  digests: Digests,
): Promise<TrailRecord[]> {
  try {
    const { records, hash } = await recordsIn(lane, bucket, key, suspect);
    return digests.judge(key, hash, records.length) ? records : [];
  } catch (error) {
    const { cause } = error as Error;
    if (!(cause instanceof BrokenLog)) {
      throw error;
    }
    digests.reject(key, cause.message);
    return [];
  }
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / DAY) * DAY;
}

async function recordsIn(
  lane: Lane,
  bucket: TrailBucket,
  key: string,
  suspect: Suspect,
): Promise<{ records: TrailRecord[]; hash: string }> {
  const { aws, from, to = new Date(), signal } = lane;
  const signs = signsOf(suspect);
  return ask("s3:GetObject", bucket.region ?? aws.defaultRegion, async () => {
    const request = { Bucket: bucket.name, Key: key };
    const { Body: body } = await aws.s3(bucket.region).getObject(request, { ...(signal && { abortSignal: signal }) });
    const source = body as Readable;
    const unpacked = createGunzip();
    // Tried again, it begins again.
    const records: TrailRecord[] = [];
    const content = createHash("sha256");
    source.once("error", (error) => unpacked.destroy(error));
    try {
      for await (const text of splitRecords(hashedBy(content, source.pipe(unpacked)))) {
        if (!signs.some((sign) => text.includes(sign))) {
          continue;
        }
        const record = recordIn(text);
        const at = Date.parse(record.eventTime ?? "");
        if (at >= from.getTime() && at <= to.getTime() && isSuspects(record, suspect)) {
          records.push(record);
        }
      }
    } catch (error) {
      throw truncated(error);
    }
    return { records, hash: content.digest("hex") };
  });
}

async function* hashedBy(hash: Hash, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function recordIn(text: Buffer): TrailRecord {
  let value: unknown;
  try {
    value = JSON.parse(text.toString("utf8"));
  } catch {
    throw new BrokenLog("a record is no JSON");
  }
  const record = asRecord(value);
  if (record === undefined) {
    throw new BrokenLog("a record is not CloudTrail's");
  }
  return record;
}

/** What is wrong with a log file itself, not with reading it. */
class BrokenLog extends Error {}

function truncated(cause: unknown): unknown {
  const { code } = cause as { code?: unknown };
  if (cause instanceof TornLog) {
    return new BrokenLog("no whole list of records", { cause });
  }
  return typeof code === "string" && code.startsWith("Z_")
    ? new BrokenLog(`cannot be unpacked: ${code}`, { cause })
    : cause;
}
