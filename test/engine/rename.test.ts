import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { engineHost, findEngine } from "../../sandbox/demo/engine-host";
import { practiceStack } from "../../sandbox/demo/stage-hand";
import { type StackHost } from "../../engine/stack-host";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { verify } from "../../operations/account/verify";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { project } from "../support/graph";
import { scratch } from "../support/scratch";

const home = "us-east-1";

describe(titled("another prefix, on the real engine", whyNotEngine), function () {
  this.timeout(400_000);
  let folder: string;
  let emulator: Emulator;
  let aws: Clients;
  let host: StackHost;

  const open = async (namePrefix: string) => {
    const settings = {
      "aws:region": home,
      "aws-prevention-baseline:excludeRegions": defaultRegions.filter((each) => each !== home),
      "aws-prevention-baseline:namePrefix": namePrefix,
      "aws-prevention-baseline:alertChannel": { emails: ["security@example.com"] },
      // As `adopt` writes it, and as it stays in the file.
      "aws-prevention-baseline:adopt": { import: { "baseline-audit-trail-role": "baseline-trail-to-log-group" } },
    };
    const hand = { emulator, project, settings, folder, signal: new AbortController().signal, onStep: () => undefined };
    host = (await engineHost(hand, await findEngine(false))) as StackHost;
  };

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-rename");
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, home);
    await aws.iam().createUser({ UserName: "mina" });
    await aws.iam().createRole({ RoleName: "baseline-trail-to-log-group", AssumeRolePolicyDocument: "{}" });
    await open("baseline");
    await host.up("index");
  });
  after(async () => {
    aws?.destroy();
    await host?.close();
    await emulator?.stop();
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is worked through to the end by one update, and every control holds under the new names", async () => {
    await unprotect();
    await open("acme");
    await host.up("index");
    const evidence = await verify({
      aws,
      accountId: emulator.accountId,
      homeRegion: home,
      regions: [home],
      namePrefix: "acme",
    });
    assert.deepEqual(
      evidence.filter(({ holds }) => !holds),
      [],
    );
    const { Policies = [] } = await aws.iam().listPolicies({ Scope: "Local" });
    assert.deepEqual(
      Policies.map(({ PolicyName }) => PolicyName).filter((name) => name?.startsWith("baseline-")),
      [],
    );
  });

  it("leaves nothing to do, though the settings still name what was imported under the former prefix", async () => {
    const { steps } = await host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
  });

  function unprotect(): Promise<void> {
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: join(folder, "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "practice",
      PULUMI_SKIP_UPDATE_CHECK: "1",
    };
    const args = ["state", "unprotect", "--all", "--yes", "--stack", practiceStack];
    return new Promise((resolve, reject) => {
      execFile("pulumi", args, { cwd: join(folder, "index"), env }, (error) =>
        error ? reject(new Error("pulumi state unprotect", { cause: error })) : resolve(),
      );
    });
  }
});
