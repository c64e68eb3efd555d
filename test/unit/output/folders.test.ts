import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../../../common/folders";
import { root } from "../../support/graph";
import { register } from "../../support/register";
import { scratch } from "../../support/scratch";

describe("folders", () => {
  let folder: string;
  beforeEach(() => (folder = scratch("folders")));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are made with those above them, once, and all are their owner's alone", () => {
    assert.equal(makeFolders(join(folder, "a", "b"), 0o700), true);
    assert.equal(makeFolders(join(folder, "a", "b"), 0o700), false);
    assert.deepEqual(
      ["a", join("a", "b")].map((name) => statSync(join(folder, name)).mode & 0o777),
      [0o700, 0o700],
    );
  });

  it("are not made where a file is in the way", () => {
    makeFolders(folder);
    writeFileSync(join(folder, "file"), "");
    assert.throws(() => makeFolders(join(folder, "file")), { code: "EEXIST" });
    assert.throws(() => makeFolders(join(folder, "file", "a", "b")), { code: "ENOTDIR" });
  });

  it("evidence in a file system that makes no folders ends at once, with the reason", function () {
    if (process.platform !== "linux") {
      process.stdout.write("      not run: only Linux has /proc\n");
      this.skip();
    }
    this.timeout(60_000);
    const program = `require("./operations/evidence/evidence.ts").openEvidence("/proc/incidents/evidence").catch((error) => console.log(error.message))`;
    const args = ["--require", register, "--eval", program];
    const options = { cwd: root, encoding: "utf8", timeout: 30_000, killSignal: "SIGKILL" } as const;
    const { signal, stdout, stderr } = spawnSync(process.execPath, args, options);
    assert.equal(signal, null, "it did not end");
    assert.match(stdout, /^Evidence cannot be written to \/proc\/incidents\/evidence: there is no such/, stderr);
  });
});
