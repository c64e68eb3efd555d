import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { isTree, type Tree, unknownString } from "../values";

// CloudFormation takes no more than a megabyte.
const longest = 2_000_000;

let last: { text: string; read: Tree | string } | undefined;

/**
 * Reads the text of a CloudFormation template, JSON or YAML with its short tags.
 *
 * @returns why not, when it cannot be read
 */
export function readTemplate(text: string): Tree | string {
  // Every policy asks for the same template, one after the other.
  if (last?.text !== text) {
    last = { text, read: text.length > longest ? "it is longer than CloudFormation takes" : parse(text) };
  }
  return last.read;
}

function parse(text: string): Tree | string {
  try {
    const value: unknown = text.trimStart().startsWith("{") ? JSON.parse(text) : parseYaml(text);
    return isTree(value) ? value : "it is not a template";
  } catch {
    return "it is neither JSON nor YAML";
  }
}

function parseYaml(text: string): unknown {
  // Loaded for the first template only: it takes as long to load as ten policies do.
  const yaml = createRequire(__filename)("yaml") as typeof Yaml;
  const parsed = yaml.parseDocument(text, { logLevel: "silent" });
  if (parsed.errors.length > 0) {
    throw parsed.errors[0]!;
  }
  return plain(yaml, parsed.contents);
}

function plain(yaml: typeof Yaml, node: unknown): unknown {
  if (yaml.isAlias(node)) {
    // CloudFormation knows none.
    return unknownString;
  }
  const value = yaml.isMap(node)
    ? Object.fromEntries(node.items.map(({ key, value: each }) => [String(key), plain(yaml, each)]))
    : yaml.isSeq(node)
      ? node.items.map((each) => plain(yaml, each))
      : yaml.isScalar(node)
        ? node.value
        : undefined;
  const tag = yaml.isNode(node) ? /^!(?!!)(\w+)$/.exec(node.tag ?? "")?.[1] : undefined;
  return tag === undefined ? value : { [tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`]: value };
}
