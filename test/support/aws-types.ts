import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./graph";

const declarations = new Map<string, string>();

/** Whether @pulumi/aws takes a property of this name for a type, by its own type declarations. */
export function takes(type: string, property: string): boolean {
  const [, path = ""] = type.split(":");
  let source = declarations.get(path);
  if (source === undefined) {
    source = readFileSync(join(root, "node_modules", "@pulumi", "aws", `${path}.d.ts`), "utf8");
    declarations.set(path, source);
  }
  const [, args = ""] = /export interface \w+Args \{([^]*?)\n\}/.exec(source) ?? [];
  return new RegExp(`^ {4}${property}\\?: `, "m").test(args);
}
