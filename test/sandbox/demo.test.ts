import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCli } from "../support/cli";
import { titled, whyNotProc } from "../support/conditions";
import { isAlive } from "../support/processes";

/** The demo as a user runs it: in a process of its own, with real-looking credentials in the environment. */
describe("demo command", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "baseline-demo-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "never-to-be-used",
    AWS_PROFILE: "production",
  };

  function start() {
    const { child, ended } = startCli(["demo", "--in-process", "--report", join(folder, "page.html")], credentials);
    let text = "";
    const until = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = (data: Buffer) => {
          text += data.toString();
          if (pattern.test(text)) {
            resolve(text);
          }
        };
        child.stdout?.on("data", look);
        child.stderr?.on("data", look);
        void ended.then(({ stderr }) => reject(new Error(`ended before ${String(pattern)}: ${stderr}`)));
      });
    return { child, ended, until };
  }

  /** Child processes of a process, from /proc. */
  function children(pid: number): number[] {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  }

  it("plays the whole story, says who did the work, and leaves a page behind", async () => {
    const { ended } = start();
    const { code, stdout } = await ended;
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^Engine: {3}in-process host/);
    assert.match(stdout, /Provider: sandbox provider on the AWS SDK/);
    assert.match(stdout, /All 6 steps held/);
    assert.ok(
      stdout.split("\n").every((line) => line.length <= 100),
      "lines are meant for a terminal",
    );
    assert.ok(!stdout.includes("\u001b"), "colours have no place in a pipe");
    assert.match(readFileSync(join(folder, "page.html"), "utf8"), /Every step held/);
  });

  it("says at once that there is no engine to run the real provider with", async () => {
    const { ended } = startCli(["demo", "--real-provider"], { PATH: folder });
    const { code, stdout, stderr } = await ended;
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /error: There is no `pulumi` on PATH[^]*Install the Pulumi CLI/);
  });

  it("talks to nobody through a proxy, and wants the page's place before it begins", async () => {
    const dead = {
      http_proxy: "http://127.0.0.1:9",
      https_proxy: "http://127.0.0.1:9",
      HTTP_PROXY: "http://127.0.0.1:9",
    };
    const run = startCli(["demo", "--in-process", "--report", join(folder, "proxied.html")], {
      ...credentials,
      ...dead,
    });
    const { code, stderr } = await run.ended;
    assert.equal(code, 0, stderr);
    const { ended } = startCli(["demo", "--in-process", "--report", folder]);
    const refused = await ended;
    assert.deepEqual([refused.code, refused.stdout], [2, ""]);
    assert.match(refused.stderr, /cannot be written to .*: it is a folder/);
  });

  it(
    titled("stops cleanly on Ctrl-C: exit code 130, a word about the state, no process left", whyNotProc),
    async function () {
      if (whyNotProc) {
        this.skip();
      }
      const { child, ended, until } = start();
      await until(/\d+\/\d+: create/);
      const pids = children(child.pid ?? 0);
      assert.ok(pids.length >= 2, "the emulator and the policy pack");
      child.kill("SIGINT");
      const { code, stderr } = await ended;
      assert.equal(code, 130, stderr);
      assert.match(stderr, /Stopped\. The emulator is down\. The state so far is kept in .*demo-/);
      const [, kept = ""] = /state so far is kept in (\S+?)\.\n/.exec(stderr) ?? [];
      rmSync(kept, { recursive: true, force: true });
      assert.deepEqual(pids.filter(isAlive), []);
    },
  );

  it(
    titled(
      "says in one sentence that the emulator was killed half way, keeps the state, and leaves no process",
      whyNotProc,
    ),
    async function () {
      if (whyNotProc) {
        this.skip();
      }
      const { child, ended, until } = start();
      await until(/\d+\/\d+: create/);
      const pids = children(child.pid ?? 0);
      const emulator = pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("serve.py"));
      assert.ok(emulator);
      process.kill(emulator, "SIGKILL");
      const { code, stderr } = await ended;
      assert.equal(code, 1);
      assert.match(stderr, /error: The AWS emulator ended on its own/);
      assert.ok(!stderr.includes("    at "), stderr);
      const [, kept = ""] = /state so far is kept in (\S+?)\.\n/.exec(stderr) ?? [];
      assert.ok(kept);
      rmSync(kept, { recursive: true, force: true });
      assert.deepEqual(pids.filter(isAlive), []);
    },
  );
});
