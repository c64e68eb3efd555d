import { type Document } from "yaml";

/**
 * What a parsed document holds, as plain values.
 *
 * @returns `problem` where it cannot be told: an alias without an anchor is found only now, not by the parser
 */
export function yamlValue(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: treeOf(document.toJS()) };
  } catch (error) {
    return { problem: (error as Error).message.split("\n")[0] ?? "" };
  }
}

/**
 * A parsed value, if it is a tree: an alias can stand within the very thing that it names.
 *
 * @throws Error in the words of a problem
 */
export function treeOf(value: unknown, above: readonly unknown[] = []): unknown {
  if (above.includes(value)) {
    throw new Error("an alias stands within what it names");
  }
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach((each) => treeOf(each, [...above, value]));
  }
  return value;
}
