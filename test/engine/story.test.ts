import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineHost, findEngine } from "../../sandbox/demo/engine-host";
import { playStory, type Story } from "../../sandbox/demo/story";
import { driftReport } from "../../operations/watch/drift/model";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { makePlan } from "../../operations/preview/plan/plan";
import { type Emulator } from "../../sandbox/emulator";
import { type Host } from "../../engine/host";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { writePluginLauncher } from "../../sandbox/provider/install-plugin";
import { seedAccountBefore } from "../../sandbox/seed";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { project, root } from "../support/graph";
import { scratch } from "../support/scratch";

const settings = {
  "aws:region": "us-east-1",
  "aws-prevention-baseline:alertChannel": { emails: ["security@example.com"] },
  // Two regions show as much as seventeen, in a quarter of the time.
  "aws-prevention-baseline:excludeRegions": defaultRegions.filter((each) => !["eu-west-1", "us-east-1"].includes(each)),
};

describe(titled("the story, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let folder: string;
  let emulator: Emulator;
  let aws: Clients;
  let host: Host;
  let story: Story;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine");
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    const hand = { emulator, project, settings, folder, signal: new AbortController().signal, onStep: () => undefined };
    host = await engineHost(hand, await findEngine(false));
    story = await playStory({
      host,
      aws,
      seed: seedAccountBefore,
      emulator: "moto",
      accountId: emulator.accountId,
      homeRegion: "us-east-1",
      namePrefix: "baseline",
      onStep: () => undefined,
    });
  });
  after(async () => {
    aws?.destroy();
    await host?.close();
    await emulator?.stop();
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("holds in every step, and says which engine and provider did the work", () => {
    assert.deepEqual(
      story.steps.filter(({ held }) => !held),
      [],
    );
    assert.match(story.engine, /^Pulumi v\d/);
    assert.match(story.provider, /served as plugin/);
  });

  it("declares the same resources as a plan of the same settings, plus one for each user found at run time", async () => {
    const plan = await makePlan({
      program: join(root, "index.ts"),
      project: project.name,
      config: withDefaults(project, settings),
      regions: ["eu-west-1", "us-east-1"],
    });
    assert.equal(story.preview.resources.length, plan.resources.length + story.before.users.length);
  });

  it("refuses both parts of the change", () => {
    const policies = story.refused.findings.map(({ policy }) => policy).sort();
    assert.deepEqual(policies, ["iam-no-admin-wildcard", "network-no-open-admin-ports"]);
  });

  it("finds exactly the three deeds, with what is expected and found", () => {
    const { items } = story.drift.report;
    assert.deepEqual(
      items.map(({ control, change }) => [control, change]),
      [
        ["AuditTrail", "changed"],
        ["ThreatDetection", "deleted"],
        ["PasswordPolicy", "changed"],
      ],
    );
    assert.deepEqual(items[0]?.differences, [{ path: "enableLogging", expected: true, found: false }]);
  });

  it("writes nothing while it looks: a second refresh says the same", async () => {
    const again = driftReport(await host.refresh());
    assert.deepEqual(
      again.items.map(({ urn }) => urn),
      story.drift.report.items.map(({ urn }) => urn),
    );
  });

  it("shows wrong settings as one message, without a stack, and creates nothing", async () => {
    const wrong = {
      ...settings,
      "aws-prevention-baseline:passwordPolicy": { minimumLenght: 3 },
      "aws-prevention-baseline:namePrefix": "BAD",
    };
    const elsewhere = join(folder, "wrong");
    mkdirSync(elsewhere);
    const hand = {
      emulator,
      project,
      settings: wrong,
      folder: elsewhere,
      signal: new AbortController().signal,
      onStep: () => undefined,
    };
    await assert.rejects((await engineHost(hand, await findEngine(false))).preview("index"), (error: Error) => {
      assert.match(
        error.message,
        /passwordPolicy\.minimumLenght = 3[^]*namePrefix = "BAD"|namePrefix = "BAD"[^]*passwordPolicy\.minimumLenght = 3/,
      );
      assert.ok(!error.message.includes("    at "), error.message);
      return true;
    });
  });
});

describe(titled("--real-provider", whyNotEngine), function () {
  this.timeout(60_000);
  const kept = process.env["PULUMI_HOME"];
  let folder: string;

  before(function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "baseline-home-"));
    process.env["PULUMI_HOME"] = folder;
  });
  after(() => {
    if (kept === undefined) {
      delete process.env["PULUMI_HOME"];
    } else {
      process.env["PULUMI_HOME"] = kept;
    }
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("says what to install when the AWS plugin is not there", async () => {
    await assert.rejects(findEngine(true), { code: "no-aws-plugin", message: /pulumi plugin install resource aws/ });
  });

  it("takes an installed plugin from Pulumi's own folder and points it at the emulator", async () => {
    // A stand-in under the real plugin's name: it answers only if it is found there and told the endpoint.
    const plugin = join(folder, "plugins", "resource-aws-v7.48.0");
    await writePluginLauncher(plugin);
    const emulator = await startEmulator();
    const run = scratch("engine");
    try {
      const hand = {
        emulator,
        project,
        settings,
        folder: run,
        signal: new AbortController().signal,
        onStep: () => undefined,
      };
      const host = await engineHost(hand, await findEngine(true));
      assert.match(host.provider, /AWS plugin of Pulumi 7\.48\.0 \(pointed at the emulator\)/);
      assert.equal((await host.preview("index")).outcome, "done");
    } finally {
      await emulator.stop();
      rmSync(run, { recursive: true, force: true });
    }
  });
});
