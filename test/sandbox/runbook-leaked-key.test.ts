import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyEvidence } from "../../operations/evidence/read";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { root } from "../support/graph";
import { trailHistory, type TrailHistory } from "../support/trail-history";

const regions = ["us-east-1", "eu-west-1"];
const example = "AKIAIOSFODNN7EXAMPLE";

/** The page people follow at night: its commands, in its order, as they stand there. */
describe("docs/runbooks/leaked-key.md", function () {
  this.timeout(180_000);
  const page = readFileSync(join(root, "docs", "runbooks", "leaked-key.md"), "utf8");
  const commands = [...page.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block = ""]) => block.trim().split("\n"));
  let emulator: Emulator;
  let aws: Clients;
  let history: TrailHistory;
  let parent: string;
  let key = "";

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    history = await trailHistory([], { regions, rest: emulator.endpoint });
    parent = mkdtempSync(join(tmpdir(), "runbook-"));
    await aws.iam().createUser({ UserName: "mina" });
    const { AccessKey } = await aws.iam().createAccessKey({ UserName: "mina" });
    key = AccessKey?.AccessKeyId ?? "";
  });
  after(async () => {
    await history?.close();
    aws?.destroy();
    await emulator?.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  it("shows commands of respond, in the order of an incident", () => {
    const steps = commands.map((command) => /^npm run respond -- AKIAIOSFODNN7EXAMPLE ?(\w*)/.exec(command)?.[1]);
    assert.deepEqual(
      [...new Set(steps.map((step) => step || "triage"))],
      ["triage", "contain", "timeline", "sweep", "report", "recover", "verify"],
    );
  });

  for (const command of commands) {
    it(command, async () => {
      const [, , , , ...args] = words(command);
      const folder = join(parent, "evidence");
      const given = args.map((each) => (each === example ? key : each));
      const { code, stdout, stderr } = await cli(
        "respond",
        ...given,
        "--endpoint",
        history.endpoint,
        "--evidence",
        folder,
      );
      assert.equal(code, 0, stderr + stdout);
      assert.equal((await verifyEvidence(folder)).ok, true);
    });
  }

  it("leaves the key Inactive", async () => {
    const { AccessKeyMetadata: [only] = [] } = await aws.iam().listAccessKeys({ UserName: "mina" });
    assert.equal(only?.Status, "Inactive");
  });

  it("names options that there are", async () => {
    const helps = await Promise.all(["respond", "emulator"].map((command) => cli(command, "--help")));
    const help = helps.map(({ stdout }) => stdout).join("");
    const named = [...page.matchAll(/`(?!aws )[^`]*?(--[a-z-]+)[^`]*`/g)].map(([, option = ""]) => option);
    assert.deepEqual(
      named.filter((option) => !help.includes(`${option} `) && !help.includes(`${option}\n`)),
      [],
    );
  });
});

/** A command as a shell takes it apart. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}
