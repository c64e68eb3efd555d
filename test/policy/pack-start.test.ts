import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BaselineError } from "../../common/errors";
import { PolicyProcess } from "../../engine/policies/policy-process";
import { gone, isAlive } from "../support/processes";
import { register } from "../support/register";

const root = resolve(__dirname, "../..");
const options = { project: "shop", stack: "dev", dryRun: false };

const goodPack = `
  const { PolicyPack } = require("@pulumi/policy");
  console.error("pid " + process.pid);
  require("fs").writeFileSync(__dirname + "/pid", String(process.pid));
  new PolicyPack("small", { policies: [{ name: "p", description: "d", enforcementLevel: "mandatory",
    configSchema: { properties: { given: { type: "integer", default: 1 }, left: { type: "integer", default: 2 } } },
    validateResource: (args, report) => { if (args.name === "throw") throw new Error("boom"); report(JSON.stringify(args.getConfig())); } }] });`;

describe("starting a policy pack", () => {
  let folder: string;
  const write = (source: string): void => writeFileSync(join(folder, "index.js"), source);
  const fails = async (expected: RegExp, policyConfig = {}): Promise<void> => {
    await assert.rejects(PolicyProcess.start({ packDir: folder, ...options, policyConfig }), (error) => {
      assert.ok(error instanceof BaselineError);
      assert.equal(error.code, "policy-pack-failed");
      assert.match(error.message, expected);
      assert.ok(error.next.length > 10);
      return true;
    });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pack-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(root, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
    writeFileSync(join(folder, "package.json"), '{ "name": "small", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("fails when the pack throws, with its last words", () => {
    write('console.error("about to fail"); throw new Error("no such thing");');
    return fails(/did not start: it ended with exit code 32 before[^]*about to fail[^]*no such thing/);
  });

  it("fails when the pack ends without a word", () => {
    write("process.exit(0);");
    return fails(/exit code 0 before it was ready\. It wrote nothing to stderr/);
  });

  it("fails when the pack serves nothing", () => {
    write("module.exports = {};");
    return fails(/before it was ready/);
  });

  it("fails when anything but the port comes first on stdout", () => {
    write('console.log("loading policies"); ' + goodPack);
    return fails(/something other than its port to stdout/);
  });

  it("fails when there is no pack, or it is not installed", async () => {
    await fails(/Cannot find module/);
    await assert.rejects(PolicyProcess.start({ packDir: join(tmpdir(), "nowhere"), ...options }), (error) => {
      assert.ok(error instanceof BaselineError);
      assert.match(error.message, /Cannot find module '@pulumi\/pulumi/);
      return true;
    });
  });

  it("fails on a level that does not exist", () => {
    write(goodPack);
    return fails(/"fatal" is no enforcement level/, { p: "fatal" });
  });

  it("fills in the defaults of the schema, as the engine does", async () => {
    write(goodPack);
    const pack = await PolicyProcess.start({
      packDir: folder,
      ...options,
      policyConfig: { p: { given: 7 }, all: "advisory" },
    });
    const [found] = await pack.analyze({ type: "a:b:C", name: "n", urn: "urn", properties: {} });
    assert.equal(found?.level, "advisory");
    assert.match(found?.message ?? "", /\{"(given":7,"left":2|left":2,"given":7)\}/);
    await pack.close();
  });

  it("turns a policy that throws into an error, never into no findings", async () => {
    write(goodPack);
    const pack = await PolicyProcess.start({ packDir: folder, ...options });
    const resource = { type: "a:b:C", name: "throw", urn: "urn", properties: {} };
    await assert.rejects(
      pack.analyze(resource),
      (error) => error instanceof BaselineError && /boom/.test(error.message),
    );
    assert.equal((await pack.analyze({ ...resource, name: "other" })).length, 1);
    await pack.close();
    await assert.rejects(pack.analyze(resource), BaselineError);
  });

  it("is gone after close, after an abort, and not started once aborted", async () => {
    write(goodPack);
    const pid = (): number => Number(readFileSync(join(folder, "pid"), "utf8"));
    const pack = await PolicyProcess.start({ packDir: folder, ...options });
    await Promise.all([pack.close(), pack.close()]);
    assert.ok(!isAlive(pid()));

    const controller = new AbortController();
    await PolicyProcess.start({ packDir: folder, ...options, signal: controller.signal });
    const second = pid();
    controller.abort();
    assert.ok(await gone(second));
    await assert.rejects(PolicyProcess.start({ packDir: folder, ...options, signal: controller.signal }), {
      name: "AbortError",
    });
  });

  it("is gone when the process that started it is killed", async () => {
    write(goodPack);
    const script = `
      require(${JSON.stringify(register)});
      const { PolicyProcess } = require("./engine/policies/policy-process");
      PolicyProcess.start({ packDir: ${JSON.stringify(folder)}, project: "p", stack: "s", dryRun: true })
        .then(() => console.log("ready"));
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", script], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((done) => parent.stdout.once("data", done));
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    assert.ok(isAlive(pid));
    parent.kill("SIGKILL");
    assert.ok(await gone(pid));
  });
});
