// Which sources are compiled, and whether the compiled code in dist/ was made of them as they are now. Contents are
// compared, not times: a file that is restored or copied may be older than the code and still differ from it.
const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const rooms = ["aws", "bootstrap", "common", "components", "engine", "operations", "sandbox", "tools"];
const manifest = ".built-from.json";

/** Every TypeScript source below a folder, build output and dependencies left out. */
function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === "dist" || entry.name === "node_modules" ? [] : sources(path);
    }
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** What is compiled into one folder. `bundles` are written as one file each. */
const targets = {
  program: () => ({ files: ["index.ts", "cli.ts", ...rooms.flatMap(sources)], base: ".", out: "dist" }),
  pack: () => ({
    files: sources("policy-pack"),
    base: "policy-pack",
    out: "policy-pack/dist",
    // What is started as a process: one file loads faster than sixty.
    bundles: ["policy-pack/index.ts", "policy-pack/check/main.ts"],
  }),
};

/** The hash of every source of a target and of the way it is compiled, as the manifest of a build has it. */
function builtFrom({ files }) {
  const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("base64");
  const entries = [...files, "scripts/build.mjs", "scripts/sources.cjs", "tsconfig.json"].map((file) => [
    file,
    hash(join(root, file)),
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Whether the compiled code of a target was made of its sources as they are now. */
function isFresh(target) {
  try {
    return readFileSync(join(root, target.out, manifest), "utf8") === builtFrom(target);
  } catch {
    return false;
  }
}

module.exports = { builtFrom, isFresh, manifest, root, targets };
