import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { LockHeld, lockFile, STALE_AFTER } from "../../../common/file-lock";
import { isGroupRunning, markOf, type ProcessIdentity, thisProcess } from "../../../common/process-identity";
import { root } from "../../support/graph";
import { gone } from "../../support/processes";
import { register } from "../../support/register";

describe("a lock file", () => {
  let folder: string;
  let path: string;
  const children: number[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    path = join(folder, "it.lock");
  });
  afterEach(() => {
    for (const pid of children.splice(0)) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // Gone already.
      }
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const self = thisProcess();
  /** A process in another container of this machine: its id means nobody, or somebody else, here. */
  const elsewhere: ProcessIdentity = { host: "on-call-2", place: "another kernel pid:[1]", pid: 7 };
  const deadPid = 2 ** 22 + 1;
  const isHeld = (by: ProcessIdentity) => {
    try {
      lockFile(path, "it", by)();
      return false;
    } catch (error) {
      if (error instanceof LockHeld) return true;
      throw error;
    }
  };
  const silentFor = (milliseconds: number) => {
    const then = (Date.now() - milliseconds) / 1000;
    utimesSync(path, then, then);
  };
  /** Takes the lock in a process of its own, which then waits, or is stopped by what it runs. */
  async function holder(identity: Partial<ProcessIdentity>, then = ""): Promise<number> {
    const program = `
      const { lockFile } = require("./common/file-lock.ts");
      const { thisProcess } = require("./common/process-identity.ts");
      const lock = lockFile(${JSON.stringify(path)}, "it", { ...thisProcess(), ...${JSON.stringify(identity)} });
      ${then}
      console.log("held");
      setInterval(() => undefined, 1000);`;
    const args = ["--require", register, "--eval", program];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], detached: true });
    children.push(child.pid!);
    await once(child.stdout, "data");
    return child.pid!;
  }

  it("keeps two processes of one machine apart, and two of different containers both ways", async () => {
    await holder({});
    assert.equal(isHeld(self), true);
    assert.equal(isHeld(elsewhere), true);
  });

  it("is taken over at once from a process of this machine that was killed, but not from one of another container", async () => {
    const here = await holder({});
    process.kill(here, "SIGKILL");
    await gone(here);
    assert.equal(isHeld(self), false);

    const there = await holder({ place: elsewhere.place, host: "on-call-2" });
    process.kill(there, "SIGKILL");
    await gone(there);
    assert.throws(
      () => lockFile(path, "it"),
      (error: unknown) => error instanceof LockHeld && error.elsewhere === true && error.holder?.host === "on-call-2",
    );
  });

  const elsewhereCases: [what: string, silence: number, held: boolean][] = [
    ["is held while its holder on another machine was heard of lately", STALE_AFTER - 60_000, true],
    ["is free when its holder on another machine was silent for longer than documented", STALE_AFTER + 60_000, false],
  ];
  for (const [what, silence, held] of elsewhereCases) {
    it(what, () => {
      lockFile(path, "it", elsewhere);
      silentFor(silence);
      assert.equal(isHeld(self), held);
    });
  }

  it("says by itself that its holder lives", () => {
    mock.timers.enable({ apis: ["setInterval"] });
    try {
      const free = lockFile(path, "it", elsewhere);
      silentFor(STALE_AFTER + 60_000);
      mock.timers.tick(60_000);
      assert.equal(isHeld(self), true);
      free();
    } finally {
      mock.timers.reset();
    }
  });

  it("knows that a process id was given to somebody else", () => {
    writeFileSync(path, JSON.stringify({ ...self, started: "1", verb: "it", since: "2026-01-01T00:00:00Z" }));
    assert.equal(isHeld(self), false);
  });

  it("tells its holder that it was taken over, and then leaves the other's lock alone", () => {
    const first = lockFile(path, "it", elsewhere);
    silentFor(STALE_AFTER + 60_000);
    const second = lockFile(path, "it");
    assert.deepEqual([first.isOurs(), second.isOurs()], [false, true]);
    first();
    assert.equal(second.isOurs(), true);
    second();
    assert.equal(existsSync(path), false);
  });

  it("is held after its holder was killed for as long as a process it included runs", async () => {
    const file = join(folder, "pid");
    const pid = await holder(
      {},
      `const { pid } = require("node:child_process").spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
      lock.includes(pid);
      require("node:fs").writeFileSync(${JSON.stringify(file)}, String(pid));`,
    );
    const included = Number(readFileSync(file, "utf8"));
    children.push(included);
    process.kill(pid, "SIGKILL");
    await gone(pid);
    assert.equal(isHeld(self), true);
    process.kill(included, "SIGKILL");
    await gone(included);
    assert.equal(isHeld(self), false);
  });

  it("is never taken over from another machine by time alone while it includes a process", () => {
    const lock = lockFile(path, "it", elsewhere);
    const end = lock.includes(deadPid);
    silentFor(STALE_AFTER + 60_000);
    assert.equal(isHeld(self), true);
    end();
    silentFor(STALE_AFTER + 60_000);
    assert.equal(isHeld(self), false);
  });

  it("works where the file system has no links", () => {
    const link = mock.method(fs, "linkSync", () => {
      throw Object.assign(new Error("no links"), { code: "EPERM" });
    });
    try {
      const lock = lockFile(path, "it", elsewhere);
      assert.deepEqual([isHeld(self), lock.isOurs()], [true, true]);
      lock();
      // Another run has made the file this moment, and not written it yet.
      writeFileSync(path, "");
      assert.equal(isHeld(self), true);
      silentFor(60_000);
      assert.equal(isHeld(self), false);
    } finally {
      link.mock.restore();
    }
  });

  it("leaves nothing behind but the lock", () => {
    const free = lockFile(path, "it");
    assert.equal(isHeld(self), true);
    assert.deepEqual(readdirSync(folder), ["it.lock"]);
    free();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("sees that a group lives whose leader is gone", async () => {
    const { stdout } = spawnSync("setsid", ["sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $$"], { encoding: "utf8" });
    const leader = Number(stdout);
    children.push(leader);
    assert.equal(isGroupRunning({ pid: leader }), true);
    process.kill(-leader, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(isGroupRunning({ pid: leader }), false);
    assert.equal(isGroupRunning(markOf(process.pid)), true);
  });
});
