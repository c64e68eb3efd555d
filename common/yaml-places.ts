import { basename } from "node:path";
import { type Document, isMap, isScalar, LineCounter, parseDocument } from "yaml";

/** A path in a document: keys of maps and numbers of list items. */
export type YamlPath = (string | number)[];

/** Where things stand in a YAML file, for messages. */
export class YamlPlaces {
  private readonly name: string;

  /** @param path of the file, of which its last part is shown */
  constructor(
    path: string,
    readonly document: Document,
    private readonly lines: LineCounter,
  ) {
    this.name = basename(path);
  }

  static of(path: string, text: string): YamlPlaces {
    const lines = new LineCounter();
    return new YamlPlaces(path, parseDocument(text, { lineCounter: lines, merge: true }), lines);
  }

  /** Such as `accounts.yaml:12`. What is not in the file is where it is missing. */
  where(path: YamlPath): string {
    return `${this.name}:${this.lines.linePos(offsetOf(this.document, path)).line}`;
  }
}

/** Of the key where there is one: that is where people look. */
function offsetOf(document: Document, path: YamlPath): number {
  for (let at = path; at.length > 0; at = at.slice(0, -1)) {
    const holder: unknown = at.length > 1 ? document.getIn(at.slice(0, -1), true) : document.contents;
    const pair = isMap(holder)
      ? holder.items.find(({ key }) => isScalar(key) && String(key.value) === String(at.at(-1)))
      : undefined;
    const node: unknown = pair?.key ?? document.getIn(at, true);
    const offset = (node as { range?: [number] } | undefined)?.range?.[0];
    if (offset !== undefined) {
      return offset;
    }
  }
  return 0;
}
