import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { tell } from "../../common/terminal";
import { documents } from "./generate";

for (const [path, text] of Object.entries(documents())) {
  const file = join(packageRoot(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  tell(`wrote ${path}`);
}
