// Compiles the program, the operations and the policy pack to CommonJS, only when a source is not the one of the last
// build. Types are checked elsewhere (`npm run check`): a type check takes seconds, this takes a tenth of one.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import sources from "./sources.cjs";

const { builtFrom, isFresh, manifest, root, targets } = sources;

for (const target of [targets.program(), targets.pack()].filter((each) => !isFresh(each))) {
  const { build } = await import("esbuild");
  const fresh = `${target.out}.${process.pid}`;
  // Read before they are compiled: a source that changes meanwhile is compiled again.
  const compiled = builtFrom(target);
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
  writeFileSync(join(root, fresh, manifest), compiled);
  // A rename at the end: somebody who reads meanwhile sees the old build or the new one, never half of one.
  rmSync(join(root, target.out), { recursive: true, force: true });
  renameSync(join(root, fresh), join(root, target.out));
  const command = join(root, target.out, "check", "main.js");
  if (existsSync(command)) chmodSync(command, 0o755);
  process.stderr.write(`built ${relative(".", join(root, target.out)).split(sep).join("/")}\n`);
}
