import assert from "node:assert/strict";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type AwsClients } from "../../aws/clients";
import { accountClients } from "../../aws/account-clients";
import { engineHost, findEngine } from "../../sandbox/demo/engine-host";
import { practiceStack } from "../../sandbox/demo/stage-hand";
import { type DriftRequest, lookForDrift, type StackDrift } from "../../operations/watch/drift/look";
import { lookAndFix } from "../../operations/watch/drift/session";
import { type StackHost } from "../../engine/stack-host";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { type Emulator } from "../../sandbox/emulator";
import { driftCases } from "../sandbox/drift-cases";
import { awsHereFor } from "../support/aws-here";
import { startCli } from "../support/cli";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { project, root } from "../support/graph";
import { scratch } from "../support/scratch";

const home = "us-east-1";
const away = "eu-west-1";
const regions = [home, away];
/** The command looks for a stack's settings, and the salt of its passphrase, where its own project is. */
const stackFile = join(root, `Pulumi.${practiceStack}.yaml`);
const hadStackFile = existsSync(stackFile);
/** A changed property, a property of a protected resource, a deleted resource with what depends on it, a switch. */
const cases = driftCases.filter(({ control }) =>
  ["MfaEnforcement", "AuditTrail", "ThreatDetection", "ConfigRecording"].includes(control),
);

describe(titled("drift, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let folder: string;
  let emulator: Emulator;
  let aws: AwsClients;
  let host: StackHost;
  let request: DriftRequest & { host: StackHost };
  let found: StackDrift;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-drift");
    emulator = await startEmulator();
    aws = accountClients({ endpoint: emulator.endpoint, defaultRegion: home });
    const off = ["trailAlarms", "iamAlerts", "complianceRules", "accountGuards", "externalAccess", "billingAlarm"];
    const settings = {
      ...Object.fromEntries(off.map((each) => [`${project.name}:${each}`, { enabled: false }])),
      "aws:region": home,
      "aws-prevention-baseline:excludeRegions": defaultRegions.filter((each) => !regions.includes(each)),
      "aws-prevention-baseline:alertChannel": { emails: ["security@example.com"] },
    };
    const signal = new AbortController().signal;
    const hand = { emulator, project, settings, folder, signal, onStep: () => undefined };
    host = (await engineHost(hand, await findEngine(false))) as StackHost;
    await host.up("index");
    if (!hadStackFile) {
      copyFileSync(join(folder, "index", `Pulumi.${practiceStack}.yaml`), stackFile);
    }
    request = { host, project: project.name, stack: practiceStack, aws, who: false, regions };
    assert.equal((await lookForDrift(request)).state, "clean");
    for (const { tamper } of cases) {
      await tamper?.({ aws, accountId: emulator.accountId, home, away });
    }
    await aws.iam().createUser({ UserName: "intruder" });
    found = await lookForDrift(request);
  });
  after(async () => {
    aws?.destroy();
    await host?.close();
    await emulator?.stop();
    if (!hadStackFile) {
      rmSync(stackFile, { force: true });
    }
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("finds each, the detector's features as a consequence, and nothing else", () => {
    assert.deepEqual(
      found.items.map(({ control, change, severity }) => [control, change, severity]).sort(),
      [
        ...cases.map(({ control, change = "changed", severity }) => [control, change, severity]),
        ["MfaEnforcement", "unmanaged", "high"],
      ].sort(),
    );
    const detector = found.items.find(({ control }) => control === "ThreatDetection");
    assert.ok((detector?.consequences.length ?? 0) > 3);
  });

  it("says in which line of our sources each is declared", () => {
    const trail = found.items.find(({ control }) => control === "AuditTrail");
    assert.equal(trail?.at?.path, "components/audit-trail/audit-trail.ts");
    assert.ok((trail?.at?.line ?? 0) > 100, String(trail?.at?.line));
  });

  it("is told by the command in every format at once, with exit code 7", async () => {
    const reports = ["sarif", "junit", "html"].map((format) => `${format}=${join(folder, `drift.${format}`)}`);
    const { code, stdout, stderr } = await drift("--json", "--no-who", "--report", ...reports);
    assert.equal(code, 7, stderr + stdout);
    const report = JSON.parse(stdout) as StackDrift;
    assert.deepEqual([report.stack, report.items.length], [practiceStack, cases.length + 1]);
  });

  it("puts them back, and is clean but for what the program does not manage", async () => {
    const output = { write: () => true } as unknown as NodeJS.WritableStream;
    const { report } = await lookAndFix(request, { yes: true, terminal: { input: process.stdin, output } });
    assert.deepEqual(
      report.items.map(({ name, change }) => [name, change]),
      [["intruder", "unmanaged"]],
    );
  });

  const refusals: [what: string, args: string[], environment: Record<string, string>, code: number, says: RegExp][] = [
    ["an unknown stack", ["--stack", "nowhere"], {}, 2, /There is no stack nowhere/],
    ["a wrong passphrase", ["--stack", practiceStack], { PULUMI_CONFIG_PASSPHRASE: "no" }, 2, /passphrase .* is wrong/],
    ["no report", ["--stack", practiceStack, "--report", "sarif"], {}, 2, /not a format and a file/],
    // The user whom nobody put under MFA is missing from the group that the program wants it in.
    ["nobody to ask", ["--stack", practiceStack, "--fix"], {}, 2, /nobody can be asked here; nothing was changed/],
  ];
  for (const [what, args, environment, code, says] of refusals) {
    it(`says in a sentence of ${what}`, async () => {
      const ended = await startCli(["drift", "--no-unmanaged", ...args], { ...inFolder(), ...environment }).ended;
      assert.equal(ended.code, code, ended.stderr + ended.stdout);
      assert.match(ended.stderr, says);
      assert.doesNotMatch(ended.stderr, /\n\s+at /);
    });
  }

  function drift(...args: string[]) {
    return startCli(["drift", "--stack", practiceStack, ...args], inFolder()).ended;
  }

  /** The CLI against the state of the host, and AWS's SDK against the emulator. */
  function inFolder(): Record<string, string> {
    return {
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: join(folder, "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "practice",
      BASELINE_SANDBOX_ENDPOINT: emulator.endpoint,
      ...awsHereFor(Number(new URL(emulator.endpoint).port)),
      AWS_ACCESS_KEY_ID: "practice",
      AWS_SECRET_ACCESS_KEY: "practice",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }
});
