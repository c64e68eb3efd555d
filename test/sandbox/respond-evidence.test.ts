import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ABOUT_TO } from "../../operations/respond/marks";
import { type PlannedCall } from "../../operations/evidence/planned-call";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { rechain } from "../support/rechained";

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

describe("the evidence of a response, on an emulated account", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let parent: string;
  let folder: string;
  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    await aws.iam().createUser({ UserName: "mina" });
    await aws.iam().createUser({ UserName: "dave" });
  });
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "respond-evidence-"));
    folder = join(parent, "evidence");
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });
  const respond = (subject: string, ...args: string[]) =>
    cli("respond", subject, ...args, "--endpoint", emulator.endpoint, "--evidence", folder);

  it("is not begun for nobody, and not shared with anybody else", async () => {
    const nobody = await respond("user/nobody", "contain", "--apply");
    assert.deepEqual([nobody.code, nobody.stdout, existsSync(folder)], [2, "", false]);
    assert.match(nobody.stderr, /no user nobody; nothing was done/);
    await respond("user/mina", "contain");
    const dave = await respond("user/dave", "contain", "--apply");
    assert.deepEqual([dave.code, dave.stdout], [2, ""]);
    assert.match(dave.stderr, /is evidence about user mina, not about user dave; nothing was done/);
    assert.deepEqual((await aws.iam().listUserPolicies({ UserName: "dave" })).PolicyNames, []);
  });

  it("gives undo no document that AWS had not said before, also where the whole chain was made anew", async () => {
    await respond("user/mina", "contain", "--apply");
    const contained = (await aws.iam().listUserPolicies({ UserName: "mina" })).PolicyNames;
    rechain(folder, (entries) =>
      entries.map((entry) => {
        const call = entry.input as PlannedCall;
        if (entry.call === ABOUT_TO && call.action === "PutUserPolicy") {
          const parameters = { ...call.parameters, PolicyDocument: everything };
          return { ...entry, input: { ...call, undo: { ...call, parameters } } };
        }
        return entry.call === "iam:GetUserPolicy"
          ? { ...entry, error: undefined, result: { PolicyDocument: encodeURIComponent(everything) } }
          : entry;
      }),
    );
    const { stdout, stderr } = await respond("user/mina", "contain", "--undo", "--apply");
    assert.match(stdout.replace(/\s+/g, " "), /Cannot be taken back:.*is not written back by a program/, stderr);
    assert.deepEqual((await aws.iam().listUserPolicies({ UserName: "mina" })).PolicyNames, contained);
    for (const PolicyName of contained ?? []) {
      const { PolicyDocument } = await aws.iam().getUserPolicy({ UserName: "mina", PolicyName });
      assert.doesNotMatch(decodeURIComponent(PolicyDocument ?? ""), /"Allow"/);
    }
    assert.ok(readdirSync(folder).length > 0);
  });
});
