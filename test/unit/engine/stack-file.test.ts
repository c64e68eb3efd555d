import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { State } from "../../../engine/in-process/state";
import { titled } from "../../support/conditions";
import { readProject, readStackConfig } from "../../../engine/stack-files/stack-file";

const whyNotFull = existsSync("/dev/full") ? undefined : "skipped: this system has no /dev/full to play a full disk";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "baseline-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "file.yaml");
  writeFileSync(path, text);
  return path;
}

describe("stack file", () => {
  const project = { name: "p", defaults: { "p:a": "1", "p:b": "[]" } };

  it("goes over the project's defaults, with and without the project's name", () => {
    const path = file("config:\n  aws:region: eu-west-1\n  p:a: 2\n  c: {x: [1]}\n");
    assert.deepEqual(readStackConfig(project, path), {
      "p:a": "2",
      "p:b": "[]",
      "aws:region": "eu-west-1",
      "p:c": '{"x":[1]}',
    });
  });

  it("may be without any settings", () => {
    assert.deepEqual(readStackConfig(project, file("")), project.defaults);
  });

  const bad: [what: string, text: string | undefined, code: string, said: RegExp][] = [
    ["is missing", undefined, "unreadable-file", /there is no such file/],
    ["is not YAML", "config: [", "unreadable-file", /Cannot read .*file\.yaml/],
    ["has a list for its settings", "config: [1]", "unreadable-file", /not a map/],
    [
      "has a setting only pulumi can decrypt",
      "config:\n  p:a: {secure: AAABBB}\n",
      "encrypted-setting",
      /p:a .* encrypted/,
    ],
  ];
  for (const [what, text, code, said] of bad) {
    it(`is refused with one sentence when it ${what}`, () => {
      const path = text === undefined ? join(folder, "none.yaml") : file(text);
      assert.throws(() => readStackConfig(project, path), { code, message: said, exitCode: 2 });
    });
  }

  it("may have a key in Pulumi's older form", () => {
    const path = file("config:\n  aws:config:region: eu-west-1\n  p:config:a: 2\n");
    assert.deepEqual(readStackConfig(project, path), { "p:a": "2", "p:b": "[]", "aws:region": "eu-west-1" });
  });

  it("takes what Pulumi.yaml says of providers, as a value or alone", () => {
    const path = file("name: q\nconfig:\n  aws:region: {value: eu-west-1}\n  aws:profile: work\n  aws:token:\n");
    assert.deepEqual(readProject(path).defaults, { "aws:region": "eu-west-1", "aws:profile": "work" });
  });

  it("takes defaults from Pulumi.yaml", () => {
    const path = file("name: q\nconfig:\n  list: {type: array, default: [a]}\n  none: {type: string}\n");
    assert.deepEqual(readProject(path), { name: "q", defaults: { "q:list": '["a"]' } });
  });
});

describe("state journal", () => {
  const resource = (name: string) => ({
    urn: `urn:${name}`,
    type: "t",
    name,
    id: name,
    inputs: {},
    outputs: {},
    protect: false,
    dependencies: [],
  });

  it("is what was written, also after a crash in the middle of a line", () => {
    const path = join(folder, "sub", "state.jsonl");
    const state = new State(path);
    ["a", "b", "c"].forEach((name) => state.put(resource(name)));
    state.remove("urn:b");
    writeFileSync(path, '{"put":{"urn":"urn:half', { flag: "a" });
    assert.deepEqual(
      new State(path).list().map(({ name }) => name),
      ["a", "c"],
    );
  });

  it(titled("says so in one sentence when the disk takes no more, and keeps what it has", whyNotFull), function () {
    if (whyNotFull) {
      this.skip();
    }
    const path = join(folder, "state.jsonl");
    const state = new State(path);
    // A device that answers every write with ENOSPC.
    symlinkSync("/dev/full", path);
    assert.throws(() => state.put(resource("a")), { code: "state-not-written", message: /disk is full/ });
    assert.deepEqual(state.list(), []);
  });
});
