// Lets `require` load TypeScript. esbuild compiles each file once, and node_modules/.cache keeps the result under a hash
// of what it was made of. Types are not checked here. Stack traces name the lines of the source.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const nameSourceLines = require("./source-lines.cjs");

const cache = join(dirname(__dirname), "node_modules", ".cache", "register");
const options = { loader: "ts", format: "cjs", platform: "node", target: "node20", sourcemap: "external" };
const salt = JSON.stringify(options) + require("esbuild/package.json").version;

/** How to get the map of each loaded file, by the path of its source. */
const maps = new Map();

Module._extensions[".ts"] = (module, path) => {
  const source = readFileSync(path, "utf8");
  const name = createHash("sha256").update(salt).update(path).update(source).digest("hex").slice(0, 32);
  const file = join(cache, name);
  maps.set(path, () => readFileSync(`${file}.map`, "utf8"));
  module._compile(read(`${file}.js`) ?? compile(source, path, file), path);
};

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function compile(source, path, file) {
  const { code, map } = require("esbuild").transformSync(source, { ...options, sourcefile: path });
  maps.set(path, () => map);
  try {
    mkdirSync(cache, { recursive: true });
    // The map first, and each under another name first: another process may look for them meanwhile.
    for (const [kept, text] of Object.entries({ [`${file}.map`]: map, [`${file}.js`]: code })) {
      writeFileSync(`${kept}.${process.pid}`, text);
      renameSync(`${kept}.${process.pid}`, kept);
    }
  } catch {
    // Not every user may write there: then the next process compiles again.
  }
  return code;
}

nameSourceLines((path) => (maps.has(path) ? { source: path, map: maps.get(path)() } : undefined));
