import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, found from the sources and from the compiled code in `dist/` alike. */
export function packageRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && isOurs(manifest)) {
      return folder;
    }
    if (dirname(folder) === folder) {
      throw new Error(`no package.json of aws-prevention-baseline above ${from}`);
    }
  }
}

/** The version of this package, such as `0.1.0`. */
export function packageVersion(): string {
  const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Where the sandbox keeps its own files: the emulator, the states of runs. Git ignores it. */
export function sandboxFolder(): string {
  return join(packageRoot(), ".sandbox");
}

function isOurs(manifest: string): boolean {
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: string };
  return name === "aws-prevention-baseline";
}
