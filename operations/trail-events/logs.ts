import { type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BaselineError } from "../../common/errors";
import { ask } from "../aws/ask";
import { pages } from "../survey/attempt";
import { type Lane } from "./lookup";
import { type TrailRecord } from "./record";
import { splitRecords } from "./split-records";
import { isSuspects, signsOf, type Suspect } from "./suspect";

/** Where a trail puts its log files. */
export interface TrailBucket {
  name: string;
  /** The trail's S3 key prefix, without a slash at the end. */
  prefix?: string;
  /** Of the account whose events are wanted. */
  accountId: string;
  /** `o-...`, where the trail is the organization's. */
  organizationId?: string;
  /** Region of the bucket. Default: that of calls without a region. */
  region?: string;
}

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
  for (let day = startOfDay(from); day <= startOfDay(to) + DAY; day += DAY) {
    for (const key of await keysOf(lane, bucket, prefixOf(bucket, lane.region, new Date(day)))) {
      signal?.throwIfAborted();
      // Keys of a region grow with time.
      if (spool.cursor.next === undefined || key > spool.cursor.next) {
        const records = await recordsIn(lane, bucket, key, suspect);
        await spool.keep(records, { next: key });
        lane.onEvents(records.length);
      }
    }
  }
  await spool.keep([], { done: true });
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / DAY) * DAY;
}

function prefixOf({ prefix, organizationId, accountId }: TrailBucket, region: string, day: Date): string {
  const parts = [prefix, "AWSLogs", organizationId, accountId, "CloudTrail", region];
  return [...parts.filter(Boolean), ...day.toISOString().slice(0, 10).split("-"), ""].join("/");
}

async function keysOf({ aws, signal }: Lane, bucket: TrailBucket, prefix: string): Promise<string[]> {
  const s3 = aws.s3(bucket.region);
  const found = await pages(async (token) => {
    signal?.throwIfAborted();
    const answer = await ask("s3:ListBucket", bucket.region ?? aws.defaultRegion, () =>
      s3.listObjectsV2({
        Bucket: bucket.name,
        Prefix: prefix,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    return { items: answer.Contents, next: answer.NextContinuationToken };
  });
  return found.flatMap(({ Key: key }) => (key?.endsWith(".json.gz") ? [key] : [])).sort();
}

async function recordsIn(lane: Lane, bucket: TrailBucket, key: string, suspect: Suspect): Promise<TrailRecord[]> {
  const { aws, from, to = new Date(), signal } = lane;
  const signs = signsOf(suspect);
  const records: TrailRecord[] = [];
  return ask("s3:GetObject", bucket.region ?? aws.defaultRegion, async () => {
    const request = { Bucket: bucket.name, Key: key };
    const { Body: body } = await aws.s3(bucket.region).getObject(request, { ...(signal && { abortSignal: signal }) });
    const source = body as Readable;
    const unpacked = createGunzip();
    source.once("error", (error) => unpacked.destroy(error));
    try {
      for await (const text of splitRecords(source.pipe(unpacked))) {
        if (!signs.some((sign) => text.includes(sign))) {
          continue;
        }
        const record = JSON.parse(text.toString("utf8")) as TrailRecord;
        const at = Date.parse(record.eventTime ?? "");
        if (at >= from.getTime() && at <= to.getTime() && isSuspects(record, suspect)) {
          records.push(record);
        }
      }
    } catch (error) {
      throw truncated(key, error);
    }
    return records;
  });
}

/** A file that ends early or is no gzip is the trail's fault, not the reader's; both are named. */
function truncated(key: string, cause: unknown): unknown {
  const { code } = cause as { code?: unknown };
  return typeof code === "string" && code.startsWith("Z_")
    ? new BaselineError(
        "log-file-broken",
        `The log file ${key} cannot be unpacked (${code}).`,
        "Compare it with its digest: `aws cloudtrail validate-logs`; then leave its day out, or restore it.",
        undefined,
        { cause },
      )
    : cause;
}
