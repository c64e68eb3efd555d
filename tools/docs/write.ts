import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolders } from "../../common/folders";
import { packageRoot } from "../../common/package-root";
import { tell } from "../../common/terminal";
import { documents } from "./generate";

for (const [path, text] of Object.entries(documents())) {
  const file = join(packageRoot(), path);
  makeFolders(dirname(file));
  writeFileSync(file, text);
  tell(`wrote ${path}`);
}
