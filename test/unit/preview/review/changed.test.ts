import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stacksConcerned } from "../../../../operations/preview/review/changed";
import { changedJudges, judgesAsMarkdown } from "../../../../operations/preview/review/judges";
import { readMatrix } from "../../../../operations/preview/review/changed-command";
import { startCli } from "../../../support/cli";
import { root } from "../../../support/graph";
import { scratch } from "../../../support/scratch";

const entries = [{ stack: "prod" }, { stack: "org/project/staging" }];
const all = ["prod", "org/project/staging"];

describe("the stacks that changes concern", () => {
  const cases: [files: string[], concerned: string[]][] = [
    [["Pulumi.prod.yaml"], ["prod"]],
    [["Pulumi.staging.yaml", "README.md"], ["org/project/staging"]],
    [["Pulumi.gone.yaml"], []],
    [["Pulumi.prod.yaml", "components/audit-trail/audit-trail.ts"], all],
    [["components/audit-trail/audit-trail.ts"], all],
    [["policy-pack/index.ts"], all],
    [["package-lock.json"], all],
    [["Pulumi.yaml"], all],
    [["accounts.yaml"], all],
    [["something-new"], all],
    [
      ["docs/ci.md", "test/unit/a.test.ts", "bootstrap/index.ts", ".github/workflows/ci.yml", "Pulumi.example.yaml"],
      [],
    ],
    [[], []],
  ];
  for (const [files, concerned] of cases) {
    it(`${files.join(", ") || "nothing"}: ${concerned.join(", ") || "none"}`, () => {
      assert.deepEqual(
        stacksConcerned(files, entries).map(({ stack }) => stack),
        concerned,
      );
    });
  }
});

describe("what of its judges a pull request changes", () => {
  const cases: [files: string[], judges: RegExp[]][] = [
    [["policy-pack/policies/iam.ts"], [/the policy pack: `policy-pack\/policies\/iam\.ts`/]],
    [["ci/policies.json"], [/configuration of the policy pack.*`ci\/policies\.json`/]],
    [["accounts.yaml"], [/configuration of the policy pack/]],
    [[".github/workflows/apply.yml"], [/the workflows/]],
    [[".github/CODEOWNERS"], [/the workflows/]],
    [[".gitlab-ci.yml"], [/the workflows/]],
    [["bootstrap/boundary.ts"], [/the roles of CI/]],
    [["operations/preview/review/as-markdown.ts"], [/write its review/]],
    [
      ["scripts/build.mjs", "package-lock.json"],
      [/write its review/, /the dependencies/],
    ],
    [["components/audit-trail/audit-trail.ts", "Pulumi.prod.yaml", "docs/ci.md", "other.json"], []],
  ];
  for (const [files, expected] of cases) {
    it(`${files.join(", ")}: ${expected.length}`, () => {
      const judges = changedJudges(files, ["ci/policies.json"]);
      const text = judgesAsMarkdown(judges);
      assert.equal(judges.length, expected.length, text);
      assert.equal(text.includes("changes what judges it"), expected.length > 0);
      expected.forEach((each) => assert.match(text, each));
    });
  }

  it("stays short, and cannot be made longer or other by what files are called", () => {
    const files = Array.from({ length: 3000 }, (_, index) => `policy-pack/${"x".repeat(3000)}\n# fine\n\`${index}`);
    const text = judgesAsMarkdown(changedJudges(files, []));
    assert.ok(text.length < 4000, String(text.length));
    assert.ok(!/^# fine/m.test(text));
    assert.match(text, /and 2995 more/);
  });
});

describe("changed command", () => {
  /** The command as the workflow calls it, in a repository whose last commit changes these files. */
  const inRepository = (files: string[], since: string) => {
    const folder = scratch("changed-judges");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-C", folder, ...args]);
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message", "base");
    for (const file of files) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), "");
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "proposed");
    return spawnSync(process.execPath, [join(root, "dist", "cli.js"), "changed", "--since", since, "--judges"], {
      cwd: folder,
      input: '{"include":[{"stack":"prod","policyConfig":"ci/policies.json"}]}',
      encoding: "utf8",
    });
  };

  it("says what judges changed, from git's own comparison", () => {
    const { status, stdout } = inRepository(["ci/policies.json", "components/a.ts"], "HEAD^1");
    assert.equal(status, 0);
    assert.match(stdout, /changes what judges it/);
    assert.match(stdout, /ci\/policies\.json/);
    assert.doesNotMatch(stdout, /components/);
  });

  it("says nothing where none did", () => {
    const { status, stdout } = inRepository(["components/a.ts"], "HEAD^1");
    assert.deepEqual([status, stdout], [0, ""]);
  });

  it("does not call the judges unchanged where git cannot compare", () => {
    const { status, stderr } = inRepository([], "no-such-commit");
    assert.equal(status, 2);
    assert.match(stderr, /git cannot compare HEAD with no-such-commit/);
  });

  for (const json of ["", "[]", "null", '{"include":{}}', '{"include":[{"name":"prod"}]}']) {
    it(`refuses ${json || "nothing"} as a matrix`, () => {
      assert.throws(() => readMatrix(json), { code: "invalid-matrix", exitCode: 2 });
    });
  }

  it("ends with 2 when nothing is piped in", async () => {
    const { code, stdout, stderr } = await startCli(["changed", "--since", "HEAD"]).ended;
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /is not the JSON of a matrix/);
  });
});
