import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { packageRoot } from "../../../common/package-root";

/** A place in the repository's sources. */
export interface SourcePlace {
  /** From the repository's root, with slashes. */
  path: string;
  /** Counted from 1; absent where only the file is known. */
  line?: number;
}

/**
 * Where the program declares a resource, by what the stack's state says of it. A project that consists of links has
 * positions outside itself; of those, what the package has under the same end counts.
 *
 * @param position `project:///components/x.ts#12,3`; source: pulumi, sdk/go/common/resource, source positions
 * @param root folder of the package
 * @returns undefined for what is no source of the package, such as a dependency's
 */
export function placeOf(position: string | undefined, root = packageRoot()): SourcePlace | undefined {
  const [, path = "", line] = /^project:\/\/\/([^#]+)(?:#(\d+)(?:,\d+)?)?$/.exec(position ?? "") ?? [];
  const parts = safeDecoded(path).split("/");
  if (path === "" || parts.includes("node_modules") || parts[0] === "dist") {
    return undefined;
  }
  const inside = parts.includes("..") ? endingIn(root, parts) : parts;
  return inside && { path: inside.join("/"), ...(line !== undefined && { line: Number(line) }) };
}

function endingIn(root: string, parts: string[]): string[] | undefined {
  const ends = parts.map((_, index) => parts.slice(index)).filter((each) => !each.includes(".."));
  return ends.find((each) => existsSync(join(root, ...each)));
}

function safeDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where each control is written, by its class; for resources whose own line the state does not tell. */
export function controlPlaces(root = packageRoot()): Map<string, SourcePlace> {
  const places = new Map<string, SourcePlace>();
  const folder = join(root, "components");
  const files = existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).sort() : [];
  for (const file of files.filter((each) => each.endsWith(".ts"))) {
    const lines = readFileSync(join(folder, file), "utf8").split("\n");
    lines.forEach((text, index) => {
      const control = /^export class (\w+) extends pulumi\.ComponentResource\b/.exec(text)?.[1];
      if (control !== undefined) {
        places.set(control, { path: ["components", ...file.split(sep)].join("/"), line: index + 1 });
      }
    });
  }
  return places;
}

/** What precedes the package's paths in those of the repository, `infra/baseline/` for instance; empty at its root. */
export function repositoryPrefix(root = packageRoot()): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) {
      const inside = relative(folder, root).split(sep).join("/");
      return inside === "" ? "" : `${inside}/`;
    }
    if (dirname(folder) === folder) {
      return "";
    }
  }
}
