import assert from "node:assert/strict";
import { decide } from "../../../../operations/apply/adopt/decide";
import { leftovers } from "../../../../operations/apply/adopt/leftovers";
import { type Found, type Leftovers } from "../../../../operations/apply/adopt/found";
import { changesTo } from "../../../../operations/apply/adopt/merge";
import { type Action, type Manages } from "../../../../operations/apply/adopt/model";
import { factsOf, home } from "./facts";

const ourTags = { "baseline:project": "aws-prevention-baseline" };
const bucket: Found = {
  resource: "baseline-audit-trail-logs-bucket",
  type: "aws:s3/bucket:Bucket",
  thing: "S3 bucket",
  name: "b",
  control: "AuditTrail",
  region: home,
  id: "b",
  tags: ourTags,
};
const group: Found = {
  resource: "g",
  type: "aws:iam/group:Group",
  thing: "IAM group",
  name: "g",
  control: "",
  id: "g",
};

const none: Manages = () => false;
const decided = (found: Found, manages?: Manages) =>
  leftovers({
    ...factsOf({}, {}, manages && { manages }),
    leftovers: { found: [found], absent: [], problems: [] },
  })[0]!;

describe("what adopt decides about names that are taken", () => {
  const cases: [what: string, found: Found, manages: Manages | undefined, action: Action, id?: string][] = [
    ["ours, and no stack has it", bucket, none, "import", `b@${home}`],
    [
      "ours, and the stack has it",
      bucket,
      (type, id, region) => type === bucket.type && id === "b" && region === home,
      "ours",
    ],
    ["ours, and no state was read", bucket, undefined, "ours"],
    ["somebody else's", { ...bucket, tags: { team: "web" } }, none, "conflict"],
    ["somebody else's, and no state was read", { ...bucket, tags: {} }, undefined, "conflict"],
    ["of a kind without tags", group, none, "import", "g"],
    ["imported by another id", { ...bucket, importId: "other" }, none, "import", `other@${home}`],
  ];
  for (const [what, found, manages, action, id] of cases) {
    it(what, () => {
      const { as, ...row } = decided(found, manages);
      assert.equal(row.action, action);
      if (id !== undefined) {
        assert.deepEqual(as, { resource: found.resource, id });
      }
    });
  }

  it("leaves a key where the stack has its own, and imports nothing over what the stack has", () => {
    const facts = { ...factsOf({}, {}, { manages: none }), made: new Set([bucket.resource, "key"]) };
    const key: Found = { ...bucket, resource: "key", type: "aws:kms/key:Key", thing: "KMS key" };
    const rows = decide({ ...facts, leftovers: { found: [bucket, key], absent: [], problems: [] } });
    assert.deepEqual(
      rows.map(({ thing, action }) => [thing, action]),
      [
        ["S3 bucket", "conflict"],
        ["KMS key", "keep"],
      ],
    );
    assert.deepEqual(changesTo({ import: {}, skip: [] }, rows, facts).imports, {});
  });

  it("calls what could not be looked for unknown, unless the service is not there", () => {
    const problem = { kind: bucket.type, region: home, action: "s3:GetBucketTagging", reason: "No." } as const;
    const rows = (cause: Leftovers["problems"][number]["cause"]) =>
      leftovers({ ...factsOf({}), leftovers: { found: [], absent: [], problems: [{ ...problem, cause }] } });
    assert.deepEqual(
      rows("denied").map(({ thing, action }) => [thing, action]),
      [["S3 bucket", "unknown"]],
    );
    assert.deepEqual(rows("unsupported"), []);
  });

  it("takes the entry of a thing that has gone out of the settings, and keeps what it did not look for", () => {
    const adopt = { import: { "baseline-a": "a", "baseline-b": "b" }, skip: [] };
    const facts = { ...factsOf({}), leftovers: { found: [], absent: ["baseline-a"], problems: [] } };
    assert.deepEqual(changesTo(adopt, [], facts).stale, ["baseline-a"]);
  });
});
