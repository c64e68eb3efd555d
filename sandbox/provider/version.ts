import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";

/** The version of @pulumi/aws that the program is written for; the engine asks the plugin for the same. */
export const version = (
  JSON.parse(readFileSync(join(packageRoot(), "node_modules", "@pulumi", "aws", "package.json"), "utf8")) as {
    version: string;
  }
).version;
