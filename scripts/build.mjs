// Compiles the program, the operations and the policy pack to CommonJS, only when a source is not the one of the last
// build. Types are checked elsewhere (`npm run check`): a type check takes seconds, this takes a tenth of one.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import sources from "./sources.cjs";

const { builtFrom, isFresh, manifest, root, targets } = sources;

/** Renames only: somebody who reads meanwhile sees a whole build, and of two builds at once the last one stays. */
function replace(out, fresh, former) {
  for (let tries = 0; ; tries += 1) {
    rename(out, former, ["ENOENT"]);
    if (rename(fresh, out, tries < 100 ? ["ENOTEMPTY", "EEXIST"] : [])) return;
    rmSync(join(root, former), { recursive: true, force: true });
  }
}

/** @param passing codes of errors on which it returns false */
function rename(from, to, passing) {
  try {
    renameSync(join(root, from), join(root, to));
    return true;
  } catch (error) {
    if (passing.includes(error.code)) return false;
    throw error;
  }
}

for (const target of [targets.program(), targets.pack()].filter((each) => !isFresh(each))) {
  const { build } = await import("esbuild");
  const [fresh, former] = ["new", "old"].map((each) => join(dirname(target.out), `.dist-${each}.${process.pid}`));
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
  try {
    const single = target.files.filter((file) => !bundles.includes(file.split(sep).join("/")));
    await build({ ...options, entryPoints: single });
    if (bundles.length > 0) await build({ ...options, entryPoints: bundles, bundle: true, packages: "external" });
    mkdirSync(join(root, fresh), { recursive: true });
    writeFileSync(join(root, fresh, manifest), compiled);
    const command = join(root, fresh, "check", "main.js");
    if (existsSync(command)) chmodSync(command, 0o755);
    replace(target.out, fresh, former);
  } finally {
    [fresh, former].forEach((each) => rmSync(join(root, each), { recursive: true, force: true }));
  }
  process.stderr.write(`built ${relative(".", join(root, target.out)).split(sep).join("/")}\n`);
}
