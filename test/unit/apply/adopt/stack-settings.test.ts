import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rewritten } from "../../../../operations/apply/adopt/stack-settings";
import { root } from "../../../support/graph";

const project = "aws-prevention-baseline";
const key = `${project}:adopt`;
const changes = {
  imports: { "baseline-account-guards-buckets": "123456789012" },
  skips: ["ConfigRecording"],
  stale: [],
};
const nothing = { imports: {}, skips: [], stale: [] };

describe("the stack file that adopt writes", () => {
  const files: [what: string, text: string][] = [
    ["is empty", ""],
    ["has no setting of ours", "config:\n  aws:region: us-east-1\n"],
    ["has a config and nothing in it", "config:\n"],
    ["is encrypted by a service", "secretsprovider: awskms://x\nconfig:\n  aws:region: us-east-1\n"],
    ["has an empty adopt", `config:\n  ${key}:\n`],
    ["has empty lists in one line", `config:\n  ${key}: { import: {}, skip: [] }\n`],
  ];
  for (const [what, text] of files) {
    it(`says what is to be done where it ${what}`, () => {
      const { config, ...rest } = parse(rewritten(text, project, changes)) as { config: Record<string, unknown> };
      const { config: before, ...restBefore } = (parse(text) ?? {}) as { config?: object };
      const adopt = { import: changes.imports, skip: changes.skips };
      assert.deepEqual([config, rest], [{ ...before, [key]: adopt }, restBefore]);
    });
  }

  it("keeps every line of the example but those of adopt: comments, order, quotes", () => {
    const text = readFileSync(join(root, "Pulumi.example.yaml"), "utf8");
    const after = rewritten(text, project, changes);
    const gone = text.split("\n").filter((line) => !after.split("\n").includes(line));
    assert.deepEqual(gone, ["    import: {}", "    skip: []"]);
  });

  it("takes out what is stale, and keeps the comments of what stays", () => {
    const text = `config:\n  ${key}:\n    import:\n      # the old one\n      a: x@us-east-1\n      b: y # why\n    skip: [Backup] # not yet\n`;
    const after = rewritten(text, project, { ...nothing, skips: ["SupportRole"], stale: ["a"] });
    assert.equal(
      (parse(after) as { config: Record<string, { import: object }> }).config[key]?.import !== undefined,
      true,
    );
    assert.match(after, /b: y # why/);
    assert.doesNotMatch(after, /x@us-east-1/);
    assert.match(after, /- Backup[\s\S]*- SupportRole/);
  });

  it("adds whose account it is, and changes nothing else", () => {
    const text = `# ours\nconfig:\n  aws:region: us-east-1 # home\n`;
    const after = rewritten(text, project, { ...nothing, allowedAccountIds: ["012345678901"] });
    assert.equal(after, `${text}  aws:allowedAccountIds:\n    - "012345678901"\n`);
  });

  it("writes an account's id as a text, as Pulumi needs it", () => {
    assert.match(rewritten("", project, changes), /"123456789012"/);
  });
});
