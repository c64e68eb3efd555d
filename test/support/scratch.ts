import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { sandboxFolder } from "../../common/package-root";

/** A new folder inside the package, where programs find its node_modules; git ignores it. */
export function scratch(prefix: string): string {
  const parent = sandboxFolder();
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${prefix}-`));
}
