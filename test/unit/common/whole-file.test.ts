import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../../common/files";
import { setStackConfig } from "../../../engine/stack-files/stack-config-file";
import { root } from "../../support/graph";
import { register } from "../../support/register";
import { scratch } from "../../support/scratch";

const before = "config:\n  aws:region: us-east-1\n";
const after = `${before}  baseline-test:days: "90"\n`;

describe("a file that people keep", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = scratch("whole-file");
    path = join(folder, "Pulumi.prod.yaml");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: baseline-test\n");
    writeFileSync(path, before);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const points: [at: string, left: string][] = [
    ["half", before],
    ["written", before],
    ["renamed", after],
  ];
  for (const [at, left] of points) {
    it(`is the old or the new one when fleet is killed while it sets settings: ${at}`, async () => {
      const program = `require("./engine/stack-files/stack-config-file.ts")
        .setStackConfig(${JSON.stringify(folder)}, "prod", { days: "90" });`;
      const child = spawn(process.execPath, ["--require", register, "--eval", program], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          ...{ NODE_OPTIONS: `--require ${join(root, "test", "support", "killed-writing.cjs")}` },
          ...{ KILL_IN: "Pulumi.prod.yaml", KILL_AT: at },
        },
      });
      const [, signal] = (await once(child, "exit")) as [number | null, string | null];
      assert.equal(signal, "SIGKILL");
      assert.equal(readFileSync(path, "utf8"), left);
      setStackConfig(folder, "prod", { days: "90", home: "us-east-1" });
      assert.equal(readFileSync(path, "utf8"), `${after}  baseline-test:home: us-east-1\n`);
      assert.deepEqual(readdirSync(folder).sort(), ["Pulumi.prod.yaml", "Pulumi.yaml"], "nothing is left");
    });
  }

  it("keeps its mode, whatever the umask, and a link stays one", () => {
    const link = join(folder, "link.yaml");
    symlinkSync("Pulumi.prod.yaml", link);
    for (const mode of [0o600, 0o664, 0o666]) {
      chmodSync(path, mode);
      writeWhole(link, `${mode}`);
      assert.deepEqual([readFileSync(path, "utf8"), statSync(path).mode & 0o777], [`${mode}`, mode]);
      assert.ok(lstatSync(link).isSymbolicLink());
    }
  });

  it("keeps what a process writes that still runs", () => {
    writeFileSync(`${path}.${process.ppid}.new`, "");
    writeWhole(path, after);
    assert.deepEqual(readdirSync(folder).sort(), [
      "Pulumi.prod.yaml",
      `Pulumi.prod.yaml.${process.ppid}.new`,
      "Pulumi.yaml",
    ]);
  });

  it("is as it was where it cannot be written, and that is said", () => {
    rmSync(path);
    assert.throws(() => writeWhole(join(folder, "nowhere", "a.yaml"), after), {
      code: "file-not-written",
      exitCode: 1,
    });
  });
});
