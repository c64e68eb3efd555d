import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setStackConfig } from "../../../engine/stack-files/stack-config-file";
import { scratch } from "../../support/scratch";

describe("settings of a stack's file", () => {
  let folder: string;
  beforeEach(() => {
    folder = scratch("stack-config");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: baseline-test\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are set beside what is there, comments and encryption included, and only the changed ones are told", () => {
    const path = join(folder, "Pulumi.prod.yaml");
    writeFileSync(path, "encryptionsalt: v1:abc\n# why\nconfig:\n  aws:region: us-east-1\n  baseline-test:days: 90\n");
    const config = { "aws:region": "us-east-1", days: "90", backup: '{"enabled":true}' };
    assert.deepEqual(setStackConfig(folder, "acme/baseline-test/prod", config), ["baseline-test:backup"]);
    assert.equal(
      readFileSync(path, "utf8"),
      "encryptionsalt: v1:abc\n# why\nconfig:\n  aws:region: us-east-1\n  baseline-test:days: 90\n  baseline-test:backup:\n    enabled: true\n",
    );
    const before = statSync(path).mtimeMs;
    assert.deepEqual(setStackConfig(folder, "prod", config), []);
    assert.equal(statSync(path).mtimeMs, before, "a file that says the same is not written");
  });

  it("take the place of a key in Pulumi's older form, which would count as much", () => {
    const path = join(folder, "Pulumi.prod.yaml");
    writeFileSync(path, "config:\n  aws:config:region: us-east-1\n  aws:config:profile: work\n");
    setStackConfig(folder, "prod", { "aws:region": "us-east-1" });
    assert.equal(readFileSync(path, "utf8"), "config:\n  aws:config:profile: work\n  aws:region: us-east-1\n");
  });

  it("leave long lines as somebody wrote them", () => {
    const path = join(folder, "Pulumi.prod.yaml");
    const long = `config:\n  baseline-test:note: ${"some words ".repeat(20).trim()}\n`;
    writeFileSync(path, long);
    setStackConfig(folder, "prod", { "aws:region": "us-east-1" });
    assert.equal(readFileSync(path, "utf8"), `${long}  aws:region: us-east-1\n`);
  });

  it("make a file where there is none, and refuse one that is no YAML", () => {
    setStackConfig(folder, "new", { "aws:region": "eu-west-1" });
    assert.equal(readFileSync(join(folder, "Pulumi.new.yaml"), "utf8"), "config:\n  aws:region: eu-west-1\n");
    writeFileSync(join(folder, "Pulumi.bad.yaml"), "config: [a");
    assert.throws(() => setStackConfig(folder, "bad", { a: "b" }), { code: "unreadable-file", exitCode: 2 });
    writeFileSync(join(folder, "Pulumi.bad.yaml"), "config:\n  a: *nobody\n");
    assert.throws(() => setStackConfig(folder, "bad", { a: "b" }), { code: "unreadable-file", exitCode: 2 });
  });
});
