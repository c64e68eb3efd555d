import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { accountClients } from "../../aws/account-clients";
import { openUserStack } from "../../engine/pulumi/user-stack";
import { practiceEnvironment } from "../../sandbox/practice/practice-environment";
import { practicePlace } from "../../sandbox/practice/fleet";
import { type FleetReport } from "../../operations/apply/fleet/result";
import { runFleetCommand } from "../../operations/apply/fleet/run";
import { type Emulator } from "../../sandbox/emulator";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { scratch } from "../support/scratch";

/** A project whose update can be told to take its time, and that can be told to fail. */
const program = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
if (config.get("absent")) config.require("needed");
const wait = pulumi.runtime.isDryRun() ? 0 : (config.getNumber("wait") ?? 0);
exports.done = new Promise((resolve) => setTimeout(() => resolve(true), wait));
`;

describe(titled("a user's own stack, on the real engine", whyNotEngine), function () {
  this.timeout(180_000);
  let folder: string;
  let environment: Record<string, string>;

  before(function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("user-stack");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: tiny\nruntime: nodejs\n");
    writeFileSync(join(folder, "package.json"), '{ "name": "tiny", "main": "index.js" }');
    writeFileSync(join(folder, "index.js"), program);
    environment = practiceEnvironment({ endpoint: "http://localhost:1", folder, bin: folder });
  });
  after(() => {
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const open = (stack: string, more: Partial<Parameters<typeof openUserStack>[0]> = {}) =>
    openUserStack({ stack, workDir: folder, environment, ...more });

  it("is made when it is missing and that is asked for, without being selected, and keeps what it is told to set", async () => {
    await assert.rejects(open("own"), { code: "unknown-stack", exitCode: 2 });
    const host = await open("own", { create: true, config: { wait: "0" } });
    assert.match(host.engine, /^Pulumi v3\./);
    assert.equal((await host.up("index")).outcome, "done");
    assert.ok((await host.resources()).some(({ type }) => type === "pulumi:pulumi:Stack"));
    const selected = await new Promise<string>((resolve) =>
      execFile(
        "pulumi",
        ["stack", "--show-name"],
        { cwd: folder, env: { ...process.env, ...environment } },
        (_, out, error) => resolve(out + error),
      ),
    );
    assert.match(selected, /no stack selected/);
  });

  const wrong: [string, Record<string, string>, string, number][] = [
    ["a wrong passphrase", { PULUMI_CONFIG_PASSPHRASE: "other" }, "wrong-passphrase", 2],
    ["no passphrase", { PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "" }, "wrong-passphrase", 2],
    ["no sign-in", { PULUMI_BACKEND_URL: "https://localhost:1", PULUMI_ACCESS_TOKEN: "" }, "not-signed-in", 2],
  ];
  for (const [what, changed, code, exitCode] of wrong) {
    it(`says so of ${what}`, async () => {
      const work = async () => (await open("own", { environment: { ...environment, ...changed } })).preview("index");
      await assert.rejects(work, { code, exitCode });
    });
  }

  it("says which setting is missing", async () => {
    const host = await open("wanting", { create: true, config: { absent: "yes" } });
    await assert.rejects(host.preview("index"), { code: "invalid-settings", message: /tiny:needed/ });
  });

  it("is locked for a second run, and ends cleanly when it is interrupted", async () => {
    const interrupt = new AbortController();
    let previewed = false;
    let begun = () => undefined as void;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const first = await open("own", {
      signal: interrupt.signal,
      // The first summary ends the preview; the next event is of the update, which holds the lock.
      onEvent: ({ summaryEvent }) => (previewed ? begun() : (previewed = summaryEvent !== undefined)),
      config: { wait: "120000" },
    });
    const ended = assert.rejects(first.up("index"), { code: "interrupted", exitCode: 130 });
    await running;
    await assert.rejects(async () => (await open("own")).up("index"), { code: "stack-locked", exitCode: 1 });
    interrupt.abort();
    await ended;
  });
});

describe(titled("fleet, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let emulator: Emulator;
  let folder: string;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    emulator = await startEmulator();
    folder = scratch("fleet-engine");
    writeFileSync(join(folder, "accounts.yaml"), accounts);
  });
  after(async () => {
    await emulator?.stop();
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("makes a new stack for each account and previews it there, all under way at a time; one that is wrong fails alone", async () => {
    const practice = await practicePlace(emulator.endpoint, folder);
    let printed = "";
    const code = await runFleetCommand(
      "preview",
      { accounts: join(folder, "accounts.yaml"), json: true, concurrency: "3", continueOnError: true },
      {
        ...practice,
        clientsFor: (credentials) =>
          accountClients({ endpoint: emulator.endpoint, ...(credentials && { credentials }) }),
        openStack: (options, session) =>
          openUserStack({ ...options, environment: { ...options.environment, ...practice.ofSession(session) } }),
        sleep: () => Promise.resolve(),
        terminal: { input: new PassThrough(), output: new PassThrough() },
        print: (text) => (printed = text),
      },
    );
    const report = JSON.parse(printed) as FleetReport;
    assert.equal(code, 1);
    assert.deepEqual(
      report.accounts.map(({ name, state, error }) => [name, state, error?.code]),
      [
        ["one", "done", undefined],
        ["two", "done", undefined],
        ["wrong", "failed", "wrong-account"],
      ],
    );
    assert.ok((report.accounts[0]?.changes?.create ?? 0) > 50, "the whole baseline, in one region");
    assert.doesNotMatch(
      readFileSync(join(folder, "project", ".baseline", "fleet-preview.json"), "utf8"),
      /ASIA|secret/i,
    );
  });
});

const accounts = `
defaults:
  regions: { only: [us-east-1] }
  config: { aws:region: us-east-1 }
accounts:
  - { name: one, accountId: "111111111111", role: Deploy }
  - { name: two, accountId: "222222222222", role: Deploy }
  - { name: wrong, accountId: "333333333333" }
`;
