import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { lockStack } from "../../../../operations/apply/fleet/stack-lock";
import { root } from "../../../support/graph";
import { gone } from "../../../support/processes";
import { register } from "../../../support/register";

/** A `pulumi` that says its version, and is at work for a minute with anything else. */
const busyPulumi = `#!/bin/sh
if [ "$1" = version ]; then echo v3.252.0; exit; fi
echo "at work $$"
sleep 60
`;

describe("fleet that was killed", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fleet-killed-"));
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "pulumi"), busyPulumi, { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves its stack locked until the pulumi that it started has ended, too", async () => {
    const program = `
      const { lockStack } = require("./operations/apply/fleet/stack-lock.ts");
      const { pulumiCommand } = require("./engine/pulumi/pulumi-command.ts");
      const lock = lockStack(${JSON.stringify(folder)}, "prod", "up");
      pulumiCommand((leader) => lock.includes(leader))
        .then((command) => command.run(["up"], ".", {}, (text) => process.stdout.write(text)));`;
    const fleet = spawn(process.execPath, ["--require", register, "--eval", program], {
      cwd: root,
      env: { ...process.env, PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"]}` },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(fleet.stdout, "data")) as [Buffer];
    const pulumi = Number(/at work (\d+)/.exec(said.toString())?.[1]);
    try {
      fleet.kill("SIGKILL");
      await gone(fleet.pid!);
      assert.throws(() => lockStack(folder, "prod", "drift"), { code: "stack-locked" });
      process.kill(-pulumi, "SIGKILL");
      await gone(pulumi);
      lockStack(folder, "prod", "drift")();
      assert.throws(() => readFileSync(join(folder, "prod.lock")), { code: "ENOENT" });
    } finally {
      try {
        process.kill(-pulumi, "SIGKILL");
      } catch {
        // Gone already.
      }
    }
  });
});
