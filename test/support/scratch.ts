import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { root } from "./graph";

/** A new folder inside the package, where programs find its node_modules; git ignores it. */
export function scratch(prefix: string): string {
  const parent = join(root, ".sandbox");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${prefix}-`));
}
