import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/graph";

const read = (file: string) => readFileSync(join(root, "sandbox", "emulator", file), "utf8");
const nameOf = (requirement: string) => requirement.split("==")[0]!.toLowerCase().replaceAll("_", "-");

describe("what the emulator installs from PyPI", () => {
  const wanted = read("requirements.in")
    .split("\n")
    .filter((line) => /^\w/.test(line));
  const locked = read("requirements.txt")
    .replace(/\\\n\s+/g, " ")
    .split("\n")
    .filter((line) => /^\w/.test(line));

  it("is what was chosen, each in its version", () => {
    const versions = (lines: string[]) =>
      Object.fromEntries(lines.map((line) => [nameOf(line), /==([\w.]+)/.exec(line)?.[1]]));
    assert.ok(wanted.length > 20);
    assert.deepEqual(versions(locked), versions(wanted));
  });

  for (const line of locked) {
    it(`is checked by hash: ${nameOf(line)}`, () => assert.match(line, / --hash=sha256:[0-9a-f]{64}/));
  }
});
