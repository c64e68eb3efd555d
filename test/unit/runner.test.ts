import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { scratch } from "../support/scratch";

const root = packageRoot();

function run(script: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, npm_lifecycle_event: "", ...environment };
  return spawnSync(process.execPath, script, { cwd: root, encoding: "utf8", env });
}

describe("mocha, as this package sets it up", () => {
  let folder: string;
  let files: string[];
  before(() => {
    folder = scratch("runner");
    files = ["one", "two"].map((name) => join(folder, `${name}.test.ts`));
    const source = [
      'import assert from "node:assert/strict";',
      "interface Box { is: string }",
      "",
      "describe('a box', () => {",
      "  it('is empty', () => { const box: Box = { is: 'full' };",
      "    assert.equal(box.is, 'empty');",
      "  });",
      "  it.skip('is open');",
      "  it('is there', () => undefined);",
      "});",
    ].join("\n");
    files.forEach((file) => writeFileSync(file, source));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [how, count] of [
    ["one file", 1],
    ["several files, in parallel", 2],
  ] as const) {
    it(`runs ${how} and nothing else, and names the line of the source that failed`, () => {
      const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
      const { status, stdout, stderr } = run([mocha, ...files.slice(0, count)]);
      assert.equal(status, count, stderr);
      assert.match(stdout, /one\.test\.ts:6:12\)/);
      assert.equal(stdout.trimEnd().split("\n").at(-1), `${count} passed, ${count} failed, ${count} skipped`);
    });
  }

  const everything = ["sandbox", "engine", "graph", "policy", "unit"];
  const asked: [what: string, args: string[], script: string, kinds: string[]][] = [
    ["everything when nothing is asked for", [], "", everything],
    ["everything that a pattern matches", ["--grep", "test", "--timeout", "9"], "test", everything],
    ["one kind in a script of that kind", [], "test:unit", ["unit"]],
    ["only what is asked for in such a script, too", ["test/unit/settings/settings.test.ts"], "test:unit", []],
  ];
  for (const [what, args, npm_lifecycle_event, kinds] of asked) {
    it(`takes ${what}`, () => {
      const script = "console.log(JSON.stringify(require('./.mocharc.cjs').spec))";
      const { stdout, stderr } = run(["-e", script, "--", "mocha", ...args], { npm_lifecycle_event });
      const spec = JSON.parse(stdout || stderr) as string[];
      const [globs, named] = [true, false].map((glob) => spec.filter((each) => each.includes("*") === glob));
      assert.deepEqual(
        globs,
        kinds.map((kind) => `test/${kind}/**/*.test.ts`),
      );
      named?.forEach((file) => assert.ok(existsSync(join(root, file)), file));
    });
  }
});
