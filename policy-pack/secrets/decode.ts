import { constants, gunzipSync, inflateSync } from "node:zlib";
import { forEachRun } from "./text";

/** A text that was hidden in another, and how. */
export interface Decoded {
  readonly text: string;
  readonly how: "base64" | "base64, gzip";
}

// An access key id alone is 28 characters of base64; less can hold nothing that is looked for.
const shortestBlock = 24;
/** Lines of base64 are 64 or 76 characters long; a shorter one ends a block. */
const shortestLine = 60;
const lineBreak = /\r?\n[ \t]*/y;

/** How much compressed data of one resource may become, so that a preview survives an archive made to burst. */
export const inflationLimit = 32 * 1024 * 1024;

/** What has been unpacked of one resource so far. */
export interface Budget {
  inflated: number;
  /** Something was too large to be looked into. */
  exceeded: boolean;
}

/** Every text within a text that is encoded as base64, compressed or not. What is no text comes along: it does no harm. */
export function decodeBlocks(text: string, budget: Budget): Decoded[] {
  return blocks(text).flatMap(([from, to]): Decoded[] => {
    const bytes = Buffer.from(text.slice(from, to), "base64");
    if (!isCompressed(bytes)) return [{ text: asText(bytes), how: "base64" }];
    const inflated = inflate(bytes, budget);
    return inflated === undefined ? [] : [{ text: asText(inflated), how: "base64, gzip" }];
  });
}

/** Where base64 stands, with the lines of a wrapped block together. */
function blocks(text: string): [number, number][] {
  const found: [number, number][] = [];
  let lastLine = 0;
  forEachRun(text, shortestBlock, (from, to) => {
    const last = found.at(-1);
    lineBreak.lastIndex = last?.[1] ?? 0;
    const joined =
      last !== undefined && lastLine >= shortestLine && lineBreak.test(text) && lineBreak.lastIndex === from;
    if (joined) {
      last[1] = to;
    } else {
      found.push([from, to]);
    }
    lastLine = to - from;
  });
  return found.map(([from, to]) => [from, withShortLastLine(text, from, to)]);
}

// The last line of a wrapped block may be shorter than what counts as base64 on its own.
function withShortLastLine(text: string, from: number, to: number): number {
  if (to - from < shortestLine) return to;
  const tail = /^\r?\n[ \t]*([A-Za-z0-9+/]{1,23}={0,2})(?![\w+/-])/.exec(text.slice(to, to + 64));
  return tail === null ? to : to + tail[0].length;
}

function isCompressed(bytes: Buffer): boolean {
  const [first, second = 0, third] = bytes;
  const gzip = first === 0x1f && second === 0x8b && third === 8;
  return gzip || (first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second));
}

function inflate(bytes: Buffer, budget: Budget): Buffer | undefined {
  const maxOutputLength = inflationLimit - budget.inflated;
  if (maxOutputLength <= 0) {
    budget.exceeded = true;
    return undefined;
  }
  try {
    const unpack = bytes[0] === 0x1f ? gunzipSync : inflateSync;
    // Cut off at the end, it is read as far as it goes.
    const unpacked = unpack(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
    budget.inflated += unpacked.length;
    return unpacked;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") budget.exceeded = true;
    return undefined;
  }
}

/** Credentials are ASCII, so one byte is one character; PowerShell's encoded commands have two bytes each. */
function asText(bytes: Buffer): string {
  const wide = bytes.length >= 4 && bytes[1] === 0 && bytes[3] === 0;
  return bytes.toString(wide ? "utf16le" : "latin1");
}
