import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli, startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";

/** The folder of the evidence is below a file, or is not there and cannot be made: mode bits do not stop root. */
describe("a response whose evidence cannot be written, on an emulated account", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let parent: string;
  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    await aws.iam().createUser({ UserName: "mina" });
    await aws.iam().createAccessKey({ UserName: "mina" });
  });
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "respond-unwritable-"));
    writeFileSync(join(parent, "file"), "");
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  const respond = (...args: string[]) => {
    const target = ["--endpoint", emulator.endpoint, "--evidence", join(parent, "file", "evidence")];
    return startCli(["respond", "user/mina", ...args, ...target], { TMPDIR: parent }).ended;
  };
  const policies = async () => (await aws.iam().listUserPolicies({ UserName: "mina" })).PolicyNames;

  for (const args of [["triage"], ["contain"], ["timeline"], ["sweep"]]) {
    it(`${args.join(" ")} does its work, says that nothing is recorded, and leaves nothing behind`, async () => {
      const { code, stdout, stderr } = await respond(...args);
      assert.ok(code === 0, stderr);
      assert.match(
        stderr,
        /Evidence cannot be written to .*file.evidence: a part of its path is not a folder\. This run changes nothing, so it goes on; nothing of it is recorded\./,
      );
      assert.match(stderr, /There is no evidence of this run\.\n/);
      assert.match(stdout, /mina/);
      assert.doesNotMatch(stdout, /baseline-respond-\w{6}[/"]/);
      assert.deepEqual(readdirSync(parent), ["file"]);
    });
  }

  it("has no evidence in its JSON", async () => {
    const { stdout } = await respond("triage", "--json");
    assert.equal((JSON.parse(stdout) as { evidence: unknown }).evidence, null);
  });

  for (const args of [["contain", "--apply"], ["sweep", "--apply"], ["contain", "--undo"], ["recover"], ["report"]]) {
    it(`${args.join(" ")} is refused, and nothing is changed`, async () => {
      const { code, stdout, stderr } = await respond(...args);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(
        stderr,
        /cannot be written to .*: a part of its path is not a folder\.\nName a folder that can be written to/,
      );
      assert.deepEqual(await policies(), []);
      assert.deepEqual(readdirSync(parent), ["file"]);
    });
  }

  it("undo shows the way back from evidence that can only be read, and does not go it", async function () {
    if (process.getuid?.() !== 0) {
      process.stdout.write("      not run: only root can start a program as another user\n");
      this.skip();
    }
    const folder = join(parent, "evidence");
    const target = ["--endpoint", emulator.endpoint, "--evidence", folder];
    assert.equal((await cli("respond", "user/mina", "contain", "--apply", ...target)).code, 0);
    const contained = await policies();
    for (const path of [parent, folder]) chmodSync(path, 0o755);
    readdirSync(folder).forEach((name) => chmodSync(join(folder, name), 0o644));
    const other = { NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "as-nobody.cjs")}` };
    const shown = await startCli(["respond", "user/mina", "contain", "--undo", ...target], other).ended;
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stderr, /you have no permission for it\. This run changes nothing/);
    assert.match(shown.stdout, /Undo: \d+ call\(s\); a dry run[^]*iam:DeleteUserPolicy/);
    const refused = await startCli(["respond", "user/mina", "contain", "--undo", "--apply", ...target], other).ended;
    assert.deepEqual([refused.code, refused.stdout], [2, ""]);
    assert.deepEqual(await policies(), contained);
  });
});
