import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openUserStack } from "../../engine/pulumi/user-stack";
import { Journal } from "../../operations/apply/fleet/journal";
import { root } from "../support/graph";
import { scratch } from "../support/scratch";

/** Every command says what is wrong with its command line before it does anything, in a sentence, with exit code 2. */
describe("a wrong command line", () => {
  let folder: string;
  before(() => {
    folder = scratch("command-line");
    writeFileSync(join(folder, "accepted.yaml"), "- resource: *nobody\n");
    writeFileSync(join(folder, "accounts.yaml"), "accounts: [{ name: a, accountId: 111122223333 }]\n");
    // Enough of a `pulumi` for what is looked at before the engine is.
    writeFileSync(join(folder, "pulumi"), "#!/bin/sh\necho v3.260.0\n", { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const ended = (args: string[]) =>
    new Promise<[unknown, string, string]>((resolve) => {
      const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
      const cli = join(root, "dist", "cli.js");
      execFile(process.execPath, [cli, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
        resolve([error?.code ?? 0, stdout, stderr]),
      );
    });

  const wrong: [what: string, args: string[], says: RegExp][] = [
    ["no stack at all", ["drift", "--stack", ""], /Which stack is meant was not said/],
    ["an alias without an anchor", ["drift", "--stack", "a", "--accepted", "accepted.yaml"], /Unresolved alias/],
    ["an answer without a question", ["drift", "--stack", "a", "--yes"], /--yes answers a question/],
    ["a folder for settings", ["plan", "--config", "."], /Cannot read \.: it is a folder\./],
    ["two engines at once", ["demo", "--real-provider", "--in-process"], /cannot be used with option/],
    ["a folder for a report", ["fleet", "preview", "--junit", "."], /cannot be written to \.: it is a folder/],
    ["a folder that is not there", ["review", "--stack", "a", "--sarif", "no/x.sarif"], /cannot be written to no/],
    ["an evidence folder and no fix", ["audit", "--evidence", "x"], /--evidence belongs to --fix --apply/],
    ["anchors and no fix", ["audit", "--anchor", "my-bucket"], /--anchor belongs to --fix --apply/],
    ["anchors in no bucket", ["audit", "--fix", "--apply", "--anchor", "No Bucket"], /--anchor "No Bucket": no bucket/],
    ["--apply for a step that only reads", ["respond", "mina", "--apply"], /--apply means nothing to the step triage/],
    [
      "a step before its subject",
      ["respond", "contain", "AKIAIOSFODNN7EXAMPLE"],
      /comes before the step: npm run respond -- AKIAIOSFODNN7EXAMPLE contain\n/,
    ],
    ["no step", ["respond", "AKIAIOSFODNN7EXAMPLE", "contian"], /There is no such step; there are triage/],
    ["a step and no subject", ["respond", "contain"], /contain is a step; what it is about/],
    ["two ways at once", ["respond", "mina", "contain", "--undo", "--all-keys"], /cannot be used with option/],
    ["an address that is no emulator", ["fleet", "preview", "--endpoint", "https://example.com"], /not an emulator/],
  ];
  for (const [what, args, says] of wrong) {
    it(`with ${what}`, async () => {
      const [code, stdout, stderr] = await ended(args);
      assert.match(stderr, says);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.doesNotMatch(stderr, /^ +at /m);
    });
  }

  it("is none: the version, by both options", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.deepEqual(await ended(["--version"]), [0, `${version}\n`, ""]);
    assert.deepEqual(await ended(["-V"]), [0, `${version}\n`, ""]);
    for (const verb of ["respond", "drift", "audit", "fleet", "review", "emulator"]) {
      assert.deepEqual(await ended([verb, "--version"]), [0, `${version}\n`, ""]);
    }
  });

  it("never stands for the stack that is selected", async () => {
    await assert.rejects(openUserStack({ stack: " " }), { code: "unknown-stack", exitCode: 2 });
  });

  it("is told of a policy configuration before the engine is asked", async () => {
    const open = openUserStack({ stack: "a", policyConfig: "nowhere.json" });
    await assert.rejects(open, { code: "unreadable-file", exitCode: 2 });
  });

  it("is no reason for a stack trace where the journal of a fleet cannot be written", () => {
    const file = join(folder, "accounts.yaml");
    assert.throws(() => Journal.begin(file, "preview", [], new Date()), { code: "journal-not-written" });
  });
});
