// Loads TypeScript sources of this package in a process that Pulumi starts. The compiled code is loaded if it was made of
// the sources as they are; otherwise they are compiled while they are loaded.
const { existsSync, readFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const { isFresh, root, targets } = require("../../scripts/sources.cjs");

const dist = join(root, "dist");
const compiled = (source) => join(dist, relative(root, source)).replace(/\.ts$/, ".js");
const sourceOf = (file) => join(root, relative(dist, file)).replace(/\.js$/, ".ts");

/**
 * @param entry whole path of the source that will be loaded
 * @returns what to load it and other sources with, by their whole paths, and the package's folder
 */
module.exports = function loaderFor(entry) {
  const isCompiled = existsSync(compiled(entry)) && isFresh(targets.program());
  if (isCompiled) {
    require("../../scripts/source-lines.cjs")((path) =>
      path.startsWith(dist) ? { source: sourceOf(path), map: readFileSync(`${path}.map`, "utf8") } : undefined,
    );
  } else {
    require("../../scripts/register.cjs");
  }
  const load = (source) => require(isCompiled ? compiled(source) : source);
  load(join(root, "common", "sdk", "lean.ts"));
  return { load, root };
};
