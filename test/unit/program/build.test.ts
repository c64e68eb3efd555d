import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/graph";
import { scratch } from "../../support/scratch";

const rooms = ["aws", "bootstrap", "common", "components", "engine", "operations", "sandbox", "tools"];

describe("several builds at once", function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = scratch("builds");
    ["scripts", "policy-pack/check", ...rooms].forEach((each) => mkdirSync(join(folder, each), { recursive: true }));
    ["scripts/build.mjs", "scripts/sources.cjs", "tsconfig.json"].forEach((each) =>
      cpSync(join(root, each), join(folder, each)),
    );
    for (const each of ["index.ts", "cli.ts", "policy-pack/index.ts", "policy-pack/check/main.ts"]) {
      writeFileSync(join(folder, each), `export const file = ${JSON.stringify(each)};\n`);
    }
    // Removing the former build has to take a while, or nobody gets in between.
    for (let file = 0; file < 400; file += 1) {
      writeFileSync(join(folder, "common", `f${file}.ts`), "export {};\n");
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const build = () =>
    new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, ["scripts/build.mjs"], { cwd: folder, stdio: "ignore" });
      child.on("close", resolve);
    });

  it("all end well, and leave one whole build and nothing else", async () => {
    for (let round = 0; round < 4; round += 1) {
      writeFileSync(join(folder, "cli.ts"), `export const file = ${round};\n`);
      assert.deepEqual(await Promise.all([build(), build(), build(), build()]), [0, 0, 0, 0]);
      assert.match(readFileSync(join(folder, "dist", "cli.js"), "utf8"), new RegExp(`file = ${round};`));
    }
    const left = [...readdirSync(folder), ...readdirSync(join(folder, "policy-pack"))];
    assert.deepEqual(
      left.filter((each) => each.includes("dist")),
      ["dist", "dist"],
    );
  });
});
