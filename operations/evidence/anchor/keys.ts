import { type BucketPlace } from "../../../aws/bucket-name";

/** Digits of a line's number in a key: keys in order are lines in order. */
const DIGITS = 9;

/**
 * What the keys of a chain's anchors begin with. A key says everything that an anchor proves, so that a listing of the
 * bucket is enough to check: `<prefix>/<account>/<hash of line 1>/<line>-<hash of that line>`.
 *
 * @param first SHA-256 of the chain's first line, in hexadecimal
 */
export function keyPrefix({ prefix }: BucketPlace, accountId: string, first: string): string {
  return [...(prefix === undefined ? [] : [prefix]), accountId, first, ""].join("/");
}

export function keyOfAnchor(prefix: string, line: number, head: string): string {
  return `${prefix}${String(line).padStart(DIGITS, "0")}-${head}`;
}

/** What a key says; undefined for a key that is no anchor's. */
export function anchorIn(prefix: string, key: string): { line: number; head: string } | undefined {
  const [, line, head] = key.startsWith(prefix)
    ? (/^(\d{9,})-([0-9a-f]{64})$/.exec(key.slice(prefix.length)) ?? [])
    : [];
  return line === undefined || head === undefined ? undefined : { line: Number(line), head };
}

/** A place for people. */
export function nameOfPlace({ name, prefix }: BucketPlace): string {
  return `s3://${[name, prefix].filter(Boolean).join("/")}`;
}
