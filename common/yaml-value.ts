import { type Document } from "yaml";

/**
 * What a parsed document holds, as plain values.
 *
 * @returns `problem` where it cannot be told: an alias without an anchor is found only now, not by the parser
 */
export function yamlValue(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    return { problem: (error as Error).message.split("\n")[0] ?? "" };
  }
}
