// Where Pulumi starts a program of this package (`main` in package.json): the index.ts of the folder it runs in. The
// compiled program runs when it was made of the sources as they are; otherwise they are compiled while they are loaded.
const { existsSync, readFileSync, realpathSync } = require("node:fs");
const { join, relative } = require("node:path");
const { isFresh, root, targets } = require("../../scripts/sources.cjs");

const dist = join(root, "dist");
const compiled = (source) => join(dist, relative(root, source)).replace(/\.ts$/, ".js");
const sourceOf = (file) => join(root, relative(dist, file)).replace(/\.js$/, ".ts");

const program = realpathSync(join(process.cwd(), "index.ts"));
const isCompiled = existsSync(compiled(program)) && isFresh(targets.program());

if (isCompiled) {
  require("../../scripts/source-lines.cjs")((path) =>
    path.startsWith(dist) ? { source: sourceOf(path), map: readFileSync(`${path}.map`, "utf8") } : undefined,
  );
} else {
  require("../../scripts/register.cjs");
}

const load = (source) => require(isCompiled ? compiled(source) : source);

load(join(root, "common", "sdk", "lean.ts"));
module.exports = load(program);
