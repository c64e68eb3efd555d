import { existsSync } from "node:fs";
import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from "yaml";
import { readNamedFile } from "../../../common/files";
import { type AdoptSettings } from "../../../components/foundation/settings/model";
import { type Changes } from "./merge";

/** A stack file with the changes; comments, order and all else as they were. */
export function rewritten(text: string, project: string, changes: Changes): string {
  const { imports, skips, stale, allowedAccountIds } = changes;
  const document = parseDocument(text);
  const at = ["config", `${project}:adopt`];
  stale.forEach((resource) => document.deleteIn([...at, "import", resource]));
  for (const [resource, id] of Object.entries(imports)) {
    mapAt(document, [...at, "import"]).set(resource, id);
  }
  if (skips.length > 0) {
    const list = document.getIn([...at, "skip"]);
    const now = isSeq(list) ? list : document.createNode<string[]>([]);
    now.flow = false;
    skips.forEach((entry) => now.add(entry));
    mapAt(document, at).set("skip", now);
  }
  if (allowedAccountIds) {
    mapAt(document, ["config"]).set("aws:allowedAccountIds", document.createNode(allowedAccountIds));
  }
  // A line is never broken anew: long texts stay as somebody wrote them.
  return document.toString({ lineWidth: 0, flowCollectionPadding: isPadded(text) });
}

/** `[ a, b ]` rather than `[a, b]`, as the file has it so far. */
function isPadded(text: string): boolean {
  return /^[^#"']*[[{] +\S/m.test(text);
}

/** The map at a path, in block style like those around it, made where there is none, or nothing in its place. */
function mapAt(document: Document, path: string[]): YAMLMap {
  if (path.length > 1) {
    mapAt(document, path.slice(0, -1));
  }
  const found = document.getIn(path);
  const map = isMap(found) ? found : (document.createNode({}) as YAMLMap);
  map.flow = false;
  if (map !== found) {
    document.setIn(path, map);
  }
  return map;
}

/** A file as it stands; empty where there is none. @throws BaselineError `unreadable-file` */
export function textOf(path: string): string {
  return existsSync(path) ? readNamedFile(path, "Give a stack file that can be read.") : "";
}

/** The lines that change, with a sign in front, as `diff` shows them. */
export function difference(current: AdoptSettings, changes: Changes): string[] {
  return [
    ...changes.stale.map((resource) => `- import ${resource}: ${current.import[resource]}`),
    ...Object.entries(changes.imports).flatMap(([resource, id]) => [
      ...(current.import[resource] === undefined ? [] : [`- import ${resource}: ${current.import[resource]}`]),
      `+ import ${resource}: ${id}`,
    ]),
    ...changes.skips.map((entry) => `+ skip ${entry}`),
    ...(changes.allowedAccountIds ?? []).map((id) => `+ aws:allowedAccountIds ${id}`),
  ];
}
