// Compiles the program, the operations and the policy pack to CommonJS, only when a source is newer than the last
// build. Types are checked elsewhere (`npm run check`): a type check takes seconds, this takes a tenth of one.
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

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

const targets = [
  {
    files: [
      "index.ts",
      "cli.ts",
      ...["aws", "bootstrap", "common", "components", "engine", "operations", "sandbox", "tools"].flatMap(sources),
    ],
    base: ".",
    out: "dist",
  },
  {
    files: sources("policy-pack"),
    base: "policy-pack",
    out: "policy-pack/dist",
    // What is started as a process: one file loads faster than sixty.
    bundles: ["policy-pack/index.ts", "policy-pack/check/main.ts"],
  },
];

// The list of files stands in the stamp, so that a deleted source is noticed too.
function isFresh({ files, out }) {
  const stamp = statSync(join(root, out, `.built-from-${files.length}`), { throwIfNoEntry: false });
  return stamp !== undefined && files.every((file) => statSync(join(root, file)).mtimeMs <= stamp.mtimeMs);
}

for (const target of targets.filter((each) => !isFresh(each))) {
  const { build } = await import("esbuild");
  const fresh = `${target.out}.${process.pid}`;
  const started = new Date();
  const { bundles = [] } = target;
  const options = {
    absWorkingDir: root,
    outbase: target.base,
    outdir: fresh,
    format: "cjs",
    platform: "node",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
  };
  await build({ ...options, entryPoints: target.files.filter((file) => !bundles.includes(file.split(sep).join("/"))) });
  if (bundles.length > 0) await build({ ...options, entryPoints: bundles, bundle: true, packages: "external" });
  mkdirSync(join(root, fresh), { recursive: true });
  writeFileSync(join(root, fresh, `.built-from-${target.files.length}`), "");
  const { utimesSync } = await import("node:fs");
  utimesSync(join(root, fresh, `.built-from-${target.files.length}`), started, started);
  // A rename at the end: somebody who reads meanwhile sees the old build or the new one, never half of one.
  rmSync(join(root, target.out), { recursive: true, force: true });
  renameSync(join(root, fresh), join(root, target.out));
  const command = join(root, target.out, "check", "main.js");
  if (existsSync(command)) chmodSync(command, 0o755);
  process.stderr.write(`built ${relative(".", join(root, target.out)).split(sep).join("/")}\n`);
}
