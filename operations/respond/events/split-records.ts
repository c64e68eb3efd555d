const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
/** Bytes in which a file says that it has `Records`. */
const HEAD = 64;

/** A log file that is cut off, or has no `Records`. */
export class TornLog extends Error {}

/**
 * The texts of the objects in `{"Records":[{...},{...}]}`, one at a time and without parsing: a log file holds the
 * events of a whole account, of which few are wanted.
 *
 * @param chunks the file's bytes, cut anywhere
 * @throws TornLog after the last record, where the file does not end with its list
 */
export async function* splitRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Parts of a record that began in an earlier chunk. */
  let begun: Buffer[] = [];
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let start = depth >= 2 ? 0 : -1;
    if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD)]);
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === OPEN) {
        depth += 1;
        if (depth === 2) start = at;
      } else if (byte === CLOSE) {
        depth -= 1;
        if (depth === 1) {
          yield Buffer.concat([...begun, chunk.subarray(start, at + 1)]);
          begun = [];
          start = -1;
        }
      }
    }
    if (start !== -1) {
      begun.push(Buffer.from(chunk.subarray(start)));
    }
  }
  if (depth !== 0 || inString || !/^\s*\{\s*"Records"\s*:\s*\[/.test(head.toString("utf8"))) {
    throw new TornLog("no whole list of records");
  }
}
