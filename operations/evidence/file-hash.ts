import { createHash } from "node:crypto";
import { streamRegular } from "../../common/regular-file";

/** What the chain keeps of a file. */
export interface FileHash {
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
}

/** @param upTo how many bytes from the beginning. Default: all */
export async function hashOfFile(path: string, upTo = Infinity): Promise<FileHash> {
  const hash = createHash("sha256");
  let bytes = 0;
  if (upTo > 0) {
    for await (const chunk of streamRegular(path, { end: upTo - 1 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { bytes, sha256: hash.digest("hex") };
}

export function isSameFile(one: FileHash | undefined, other: FileHash): boolean {
  return one?.bytes === other.bytes && one.sha256 === other.sha256;
}
