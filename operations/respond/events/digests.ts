import { gunzipSync } from "node:zlib";
import { limiter } from "../../../common/limit";
import { ask } from "../../../aws/ask";
import { listOf } from "../../../aws/attempt";
import { breakBetween, InvalidDigest, validDigest, type ValidDigest } from "./digest";
import { type LogChecks, noChecks } from "./log-checks";
import { keysIn, prefixOf, type TrailBucket } from "./log-keys";
import { type Lane } from "./lookup";

/** A digest of an hour holds some hundred files at most; what unpacks to more is none. */
const LARGEST = 64 * 1024 * 1024;
const PARALLEL = 8;
/** How much later than its name says a file can be delivered, in milliseconds: it stands in the next digest then. */
const DELAY = 15 * 60_000;

/**
 * CloudTrail's digests of one region, read day by day as the log files are, so that a day of hashes is in memory and no
 * more. Several trails can share a bucket; each has a chain of its own.
 */
export class Digests {
  readonly checks: LogChecks;
  private keys: Map<string, Uint8Array> | undefined;
  private readonly last = new Map<string, ValidDigest>();
  /** What digests list, by the day of the digest: hashes by the log files' keys. */
  private readonly listed = new Map<number, Map<string, string>>();
  private covered: { trail: string; from: number; to: number }[] = [];
  private found = false;

  /** @param before what an earlier run of the same lane had found */
  constructor(
    private readonly lane: Lane,
    private readonly bucket: TrailBucket,
    before?: LogChecks,
  ) {
    this.checks = before ?? noChecks();
  }

  /** Reads the digests that list a day's log files: those of the day and of the next. No failure ends the reading of logs. */
  async load(day: Date): Promise<void> {
    const [today, tomorrow] = [day.getTime(), day.getTime() + DAY];
    this.covered = this.covered.filter(({ to }) => to >= today - DELAY);
    [...this.listed.keys()].filter((each) => each < today).forEach((each) => this.listed.delete(each));
    for (const each of [today, tomorrow]) {
      if (!this.listed.has(each)) {
        const hashes = new Map<string, string>();
        this.listed.set(each, hashes);
        await this.loadDay(new Date(each), hashes);
      }
    }
  }

  /** Counts a log file that was read. @returns whether its events count */
  judge(key: string, hash: string, events: number): boolean {
    const expected = [...this.listed.values()].find((hashes) => hashes.has(key))?.get(key);
    if (expected === hash) {
      this.checks.valid += 1;
      return true;
    }
    const why = expected !== undefined ? "changed" : this.isListed(key) ? "in no digest" : undefined;
    if (why === undefined) {
      this.checks.uncovered += 1;
      return true;
    }
    this.reject(key, why, events);
    return false;
  }

  /** Counts a log file whose events do not count. @param events absent where they cannot be read */
  reject(key: string, why: string, events?: number): void {
    this.checks.rejected.push({ key, why, ...(events !== undefined && { events }) });
  }

  /** Counts what digests list of a day and the bucket does not have. @param keys every log file of the day */
  missingFrom(prefix: string, keys: readonly string[]): void {
    const there = new Set(keys);
    for (const key of [...this.listed.values()].flatMap((hashes) => [...hashes.keys()])) {
      if (key.startsWith(prefix) && !there.has(key)) this.note("missing", key);
    }
  }

  /** Says once why nothing could be checked, where that is so. */
  end(): void {
    if (!this.found && this.checks.valid === 0 && this.checks.uncovered > 0) {
      this.checks.unavailable ??= "the bucket has no digest files for this time";
    }
  }

  /** Whether valid digests cover the time at which a file says that it was delivered, so that one of them would list it. */
  private isListed(key: string): boolean {
    const at = deliveredAt(key);
    if (at === undefined) {
      return this.covered.length > 0;
    }
    const { covered } = this;
    return covered.some(
      ({ trail, from, to }) =>
        from <= at &&
        at <= to &&
        (to - at > DELAY || covered.some((each) => each.trail === trail && each.from <= to && each.to > to)),
    );
  }

  /** A run that goes on reads digests again. */
  private note(kind: "missing" | "flaws", text: string): void {
    if (!this.checks[kind].includes(text)) this.checks[kind].push(text);
  }

  private async loadDay(day: Date, hashes: Map<string, string>): Promise<void> {
    try {
      const prefix = prefixOf(this.bucket, "CloudTrail-Digest", this.lane.region, day);
      const keys = await keysIn(this.lane, this.bucket, prefix);
      if (keys.length === 0) {
        return;
      }
      this.found = true;
      this.keys ??= await this.publicKeys();
      const limit = limiter(PARALLEL);
      const files = await Promise.all(keys.map((key) => limit(() => this.read(key))));
      for (const [at, file] of files.entries()) this.take(keys[at]!, file, hashes);
    } catch (error) {
      this.lane.signal?.throwIfAborted();
      this.checks.unavailable ??= ((error as Error).message.split("\n")[0] ?? "").replace(/\.$/, "");
    }
  }

  private take(
    key: string,
    file: { content: Buffer; signature?: string } | InvalidDigest,
    hashes: Map<string, string>,
  ): void {
    try {
      if (file instanceof InvalidDigest) {
        throw file;
      }
      const valid = validDigest({ bucket: this.bucket.name, key, ...file }, this.keys!);
      this.follow(key, valid);
      const { digestStartTime, digestEndTime, logFiles } = valid.digest;
      this.covered.push({ trail: trailOf(key), from: Date.parse(digestStartTime), to: Date.parse(digestEndTime) });
      for (const { s3Object, hashValue } of logFiles) hashes.set(s3Object, hashValue);
    } catch (error) {
      if (!(error instanceof InvalidDigest)) {
        throw error;
      }
      this.note("flaws", `The digest file ${key} is not valid: ${error.message}.`);
    }
  }

  private follow(key: string, valid: ValidDigest): void {
    // One that CloudTrail delivers later for what an earlier one lacked stands outside the chain.
    if (key.endsWith("_backfill.json.gz")) {
      return;
    }
    const before = this.last.get(trailOf(key));
    this.last.set(trailOf(key), valid);
    const what = before && breakBetween(before, valid);
    const { previousDigestS3Object: previous, digestStartTime: to } = valid.digest;
    if (what === "gap") {
      this.note(
        "flaws",
        `No digest covers ${before!.digest.digestEndTime} to ${to}: validation was off, or the trail.`,
      );
    } else if (what === "missing") {
      this.note("flaws", `The digest file ${previous} is gone from the bucket, or not valid.`);
    } else if (what === "changed") {
      this.note("flaws", `The digest file ${previous} is not the one that the next digest names.`);
    }
  }

  private async read(key: string): Promise<{ content: Buffer; signature?: string } | InvalidDigest> {
    const { aws, signal } = this.lane;
    const { name, region } = this.bucket;
    return ask("s3:GetObject", region ?? aws.defaultRegion, async () => {
      const request = { Bucket: name, Key: key };
      const { Body, Metadata } = await aws.s3(region).getObject(request, { ...(signal && { abortSignal: signal }) });
      const packed = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const signature = Metadata?.["signature"];
      try {
        const content = gunzipSync(packed, { maxOutputLength: LARGEST });
        return { content, ...(signature !== undefined && { signature }) };
      } catch {
        return new InvalidDigest("it cannot be unpacked");
      }
    });
  }

  /** Each region signs with keys of its own. */
  private async publicKeys(): Promise<Map<string, Uint8Array>> {
    const { aws, region, from, to = new Date() } = this.lane;
    const window = { StartTime: new Date(from.getTime() - DAY), EndTime: new Date(to.getTime() + DAY) };
    const found = await listOf("PublicKeyList", (token) =>
      ask("cloudtrail:ListPublicKeys", region, () =>
        aws.cloudtrail(region).listPublicKeys({ ...window, NextToken: token }),
      ),
    );
    return new Map(
      found.flatMap(({ Fingerprint: name, Value: key }) => (name !== undefined && key ? [[name, key]] : [])),
    );
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** `<account>_CloudTrail-Digest_<region>_<trail>_<home>`. */
function trailOf(key: string): string {
  return (key.split("/").at(-1) ?? "").replace(/_\d{8}T\d{6}Z(_backfill)?\.json\.gz$/, "");
}

/** Source: CloudTrail User Guide, "CloudTrail log file name format": the time of delivery, to the minute. */
function deliveredAt(key: string): number | undefined {
  const [, date, hour, minute] = /_(\d{8})T(\d\d)(\d\d)Z_\w+\.json\.gz$/.exec(key) ?? [];
  if (date === undefined) {
    return undefined;
  }
  const at = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${hour}:${minute}:00Z`);
  return Number.isNaN(at) ? undefined : at;
}
