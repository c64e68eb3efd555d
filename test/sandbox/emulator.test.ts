import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../sandbox/emulator";
import { gone, isAlive } from "../support/processes";
import { register } from "../support/register";

/** Emulators that are our children, by pid. */
function running(parent: number = process.pid): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return processes.split("\n").flatMap((line) => {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    return ppid === parent && line.includes("serve.py") && !line.includes("defunct") ? [pid!] : [];
  });
}

describe("emulator", function () {
  this.timeout(20_000);
  const emulators: Emulator[] = [];
  const start = async (options?: EmulatorOptions) => {
    const emulator = await startEmulator(options);
    emulators.push(emulator);
    return emulator;
  };
  afterEach(() => Promise.all(emulators.splice(0).map((each) => each.stop())));

  it("answers on a loopback port, tells what it is, and is gone after stop", async () => {
    const emulator = await start();
    assert.match(emulator.endpoint, /^http:\/\/localhost:\d+$/);
    assert.equal(emulator.versions.moto, "5.2.5");
    assert.equal((await fetch(`${emulator.endpoint}/moto-api/data.json`)).status, 200);
    assert.deepEqual(running(), [emulator.pid]);
    await emulator.stop();
    assert.deepEqual(await emulator.exited, { expected: true });
    assert.deepEqual(running(), []);
    await emulator.stop();
  });

  it("says of a service it lacks that it is not implemented, and remembers every call", async function () {
    // moto loads a service when it is first called.
    this.timeout(90_000);
    const { endpoint } = await start();
    const call = async (service: string, path: string, target?: string) => {
      const authorization = `AWS4-HMAC-SHA256 Credential=sandbox/20261128/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
      const type = target === undefined ? "application/json" : "application/x-amz-json-1.1";
      const headers = { authorization, "content-type": type, ...(target !== undefined && { "x-amz-target": target }) };
      const answer = await fetch(`${endpoint}${path}`, { method: "POST", body: "{}", headers });
      return { status: answer.status, text: await answer.text() };
    };
    // Glue's part of moto imports what is not installed; of the other moto has no part.
    assert.equal((await call("glue", "/", "AWSGlue.GetDatabases")).status, 501);
    assert.equal((await call("access-analyzer-2", "/analyzer")).status, 501);
    // Batch's calls moto names by their path.
    const listed = await call("batch", "/v1/describecomputeenvironments");
    assert.equal(listed.status, 200);
    const target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
    const { status, text } = await call("cloudtrail", "/", target);
    assert.equal(status, 200);
    const { Events } = JSON.parse(text) as { Events: { EventName: string; EventSource: string }[] };
    assert.deepEqual(
      Events.map(({ EventName, EventSource }) => [EventSource, EventName]),
      [["batch.amazonaws.com", "DescribeComputeEnvironments"]],
    );
  });

  it("leaves no process when it is aborted while starting", async () => {
    const abort = new AbortController();
    const starting = start({
      signal: abort.signal,
      onProgress: (message) => message.startsWith("starting") && setTimeout(() => abort.abort(), 50),
    });
    await assert.rejects(starting, { name: "AbortError" });
    assert.deepEqual(running(), []);
  });

  it("ends when aborted later", async () => {
    const abort = new AbortController();
    const emulator = await start({ signal: abort.signal });
    abort.abort();
    assert.deepEqual(await emulator.exited, { expected: true });
    assert.deepEqual(running(), []);
  });

  it("is reported when it is killed half way", async () => {
    const emulator = await start();
    process.kill(emulator.pid, "SIGKILL");
    const { expected, error } = await emulator.exited;
    assert.equal(expected, false);
    assert.equal(error?.code, "emulator-died");
    assert.match(error.message, /ended on its own \(SIGKILL\)/);
    await emulator.stop();
  });

  it("leaves no orphan when the process that started it exits without stopping it, or is killed outright", async () => {
    const script = `require("./sandbox/emulator").startEmulator().then((e) => {
      console.log(e.pid);
      if (process.argv[1] === "exit") setTimeout(() => process.exit(0), 100);
    })`;
    const ends = ["exit", "stay"].map(async (argument) => {
      const child = spawn(process.execPath, ["-r", register, "-e", script, argument], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
      const pid = Number(line);
      assert.ok(isAlive(pid), "it ran");
      const exited = once(child, "exit");
      if (argument === "stay") {
        child.kill("SIGKILL");
      }
      await exited;
      assert.ok(await gone(pid), `it is gone (${argument})`);
    });
    await Promise.all(ends);
  });
});
