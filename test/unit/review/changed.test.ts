import assert from "node:assert/strict";
import { stacksConcerned } from "../../../operations/review/changed";
import { readMatrix } from "../../../operations/review/changed-command";
import { startCli } from "../../support/cli";

const entries = [{ stack: "prod" }, { stack: "org/project/staging" }];
const all = ["prod", "org/project/staging"];

describe("the stacks that changes concern", () => {
  const cases: [files: string[], concerned: string[]][] = [
    [["Pulumi.prod.yaml"], ["prod"]],
    [["Pulumi.staging.yaml", "README.md"], ["org/project/staging"]],
    [["Pulumi.gone.yaml"], []],
    [["Pulumi.prod.yaml", "components/trail/audit-trail.ts"], all],
    [["components/trail/audit-trail.ts"], all],
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

describe("changed command", () => {
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
