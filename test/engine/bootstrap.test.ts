import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { controls } from "../../components/controls";
import { practiceEnvironment } from "../../sandbox/practice/practice-environment";
import { openUserStack } from "../../engine/pulumi/user-stack";
import { reviewStacks } from "../../operations/preview/review/review";
import { type Emulator } from "../../sandbox/emulator";
import { writePluginLauncher } from "../../sandbox/provider/install-plugin";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { root } from "../support/graph";
import { scratch } from "../support/scratch";

const stack = `test-${process.pid}`;
const workDir = join(root, "bootstrap");

describe(titled("the bootstrap program and its review, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let folder: string;
  let emulator: Emulator;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-bootstrap");
    emulator = await startEmulator();
    await writePluginLauncher(join(folder, "bin"));
  });
  after(async () => {
    await emulator?.stop();
    rmSync(join(workDir, `Pulumi.${stack}.yaml`), { force: true });
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const open = () =>
    openUserStack({
      stack,
      workDir,
      create: true,
      environment: practiceEnvironment({
        endpoint: emulator.endpoint,
        folder,
        bin: join(folder, "bin"),
        realProvider: false,
      }),
      config: { "aws:region": "us-east-1", github: JSON.stringify({ repository: "acme/security" }) },
    });

  it("is previewed, applied, and then has nothing left to do", async () => {
    const before = await reviewStacks([stack], open, controls);
    assert.deepEqual([before.exitCode, before.reviews[0]?.outcome], [0, "passed"], JSON.stringify(before.reviews));
    const made = before.reviews[0]?.counts.create ?? 0;
    assert.ok(made > 15);
    const host = await open();
    assert.equal((await host.up("index")).outcome, "done");
    await host.close();
    const { reviews } = await reviewStacks([stack], open, controls);
    assert.deepEqual([reviews[0]?.counts.same, reviews[0]?.changes], [made, []]);
  });

  it("says in one sentence that a stack does not exist", async () => {
    const missing = () =>
      openUserStack({
        stack: "nope",
        workDir,
        environment: practiceEnvironment({
          endpoint: emulator.endpoint,
          folder,
          bin: join(folder, "bin"),
          realProvider: false,
        }),
      });
    const { reviews, exitCode } = await reviewStacks(["nope"], missing, controls);
    assert.deepEqual([exitCode, reviews[0]?.error?.code], [2, "unknown-stack"]);
  });
});
