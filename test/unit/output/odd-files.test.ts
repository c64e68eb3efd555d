import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { writePrivate, writeReport, writeWhole } from "../../../common/files";
import { openEvidence } from "../../../operations/evidence/evidence";
import { verifyEvidence } from "../../../operations/evidence/read";
import { chronologicalRecords } from "../../../operations/respond/events/chronological";
import { root } from "../../support/graph";
import { register } from "../../support/register";
import { scratch } from "../../support/scratch";

/** Ten seconds, then it is killed: a named pipe that is opened blocks Node for ever, timers and signals included. */
function runs(program: string) {
  const args = ["--require", register, "--eval", program];
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", timeout: 30_000, killSignal: "SIGKILL" });
}

describe("what is in the place of a file and is none", () => {
  let folder: string;
  beforeEach(() => {
    folder = scratch("odd-files");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const pipe = (...name: string[]) => {
    const path = join(folder, ...name);
    execFileSync("mkfifo", [path]);
    return path;
  };

  it("a named pipe is opened by nobody who reads, adds or reports", () => {
    const quoted = (...name: string[]) => JSON.stringify(pipe(...name));
    const events = join(folder, "events");
    mkdirSync(events);
    quoted("events", "us-east-1.jsonl");
    const program = `
      const tried = (what, work) => Promise.resolve().then(work).then(
        () => console.log(what, "done"),
        (error) => console.log(what, error.message.split("\\n")[0]),
      );
      const { readNamedFile, writeReport } = require("./common/files.ts");
      const { openEvidence } = require("./operations/evidence/evidence.ts");
      const { hashOfFile } = require("./operations/evidence/file-hash.ts");
      const { verifyEvidence } = require("./operations/evidence/read.ts");
      const { chronologicalRecords } = require("./operations/respond/events/chronological.ts");
      const { lockFile } = require("./common/file-lock.ts");
      const folder = ${JSON.stringify(folder)};
      (async () => {
        await tried("named", () => readNamedFile(${quoted("named")}, ""));
        await tried("report", () => writeReport(${quoted("report")}, "text"));
        await tried("hash", () => hashOfFile(${quoted("hashed")}));
        await tried("events", () => chronologicalRecords(folder + "/events").next());
        ${quoted("evidence.jsonl")};
        await tried("verify", () => verifyEvidence(folder));
        await tried("evidence", () => openEvidence(folder));
        ${quoted("lock")};
        await tried("lock", () => lockFile(folder + "/lock", "test")());
      })();`;
    const { stdout, signal, stderr } = runs(program);
    assert.equal(signal, null, "it hangs");
    const said = new Map(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(/ (.*)/) as [string, string]),
    );
    for (const what of ["named", "hash", "events", "verify", "evidence"]) {
      assert.match(said.get(what) ?? "", /it is a named pipe, a device or a socket/, `${what}: ${stdout}${stderr}`);
    }
    assert.match(said.get("report") ?? "", /a pipe that nobody reads/);
    assert.ok(said.has("lock"), stdout);
  });

  it("a pipe of the shell is read, also twice", () => {
    const program = `
      const { readNamedFile } = require("./common/files.ts");
      console.log(readNamedFile("/dev/stdin", ""), readNamedFile("/dev/stdin", ""));`;
    const args = ["--require", register, "--eval", program];
    const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", input: "text" });
    assert.equal(stdout, "text text\n");
  });

  it("a device and a folder are not taken for evidence", async () => {
    symlinkSync("/dev/zero", join(folder, "evidence.jsonl"));
    await assert.rejects(verifyEvidence(folder), /a device or a socket/);
    rmSync(join(folder, "evidence.jsonl"));
    mkdirSync(join(folder, "evidence.jsonl"));
    await assert.rejects(verifyEvidence(folder), /it is a folder/);
    const records = chronologicalRecords(folder);
    await assert.rejects(records.next(), /it is a folder/);
  });

  it("evidence is not added through a link, and is its owner's alone, also where it was there before", async () => {
    const path = join(folder, "evidence.jsonl");
    const other = join(folder, "other.txt");
    writeFileSync(other, "");
    symlinkSync(other, path);
    await assert.rejects(openEvidence(folder), { code: "evidence-not-written", exitCode: 2, message: /is a link/ });
    assert.equal(readFileSync(other, "utf8"), "");
    rmSync(path);
    writeFileSync(path, "");
    chmodSync(path, 0o644);
    (await openEvidence(folder)).close();
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it("a file is never replaced through a link that somebody put there", () => {
    const victim = join(folder, "victim.txt");
    writeFileSync(victim, "kept");
    for (const [name, write] of [
      ["private", writePrivate],
      ["whole", writeWhole],
    ] as const) {
      const path = join(folder, name);
      const planted = [`${path}.${process.pid}.new`, `${path}.new`, `${path}.adopting`, `${path}.${process.ppid}.new`];
      planted.forEach((each) => symlinkSync("victim.txt", each));
      write(path, "new");
      assert.deepEqual([readFileSync(path, "utf8"), readFileSync(victim, "utf8")], ["new", "kept"]);
      assert.ok(lstatSync(path).isFile());
      planted.filter(existsSync).forEach((each) => rmSync(each));
    }
    assert.deepEqual(readdirSync(folder).sort(), ["private", "victim.txt", "whole"]);
  });

  const full = existsSync("/dev/full") ? "" : " (not tried: this machine has no /dev/full)";
  it(`a report that the disk does not take was tried too late for exit code 2${full}`, function () {
    if (full !== "") this.skip();
    assert.throws(() => writeReport("/dev/full", "text"), {
      code: "report-not-written",
      exitCode: 1,
      message: /^The report cannot be written to \/dev\/full: the disk is full\./,
    });
  });
});
