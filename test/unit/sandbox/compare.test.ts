import assert from "node:assert/strict";
import { compareInputs } from "../../../sandbox/provider";
import { foundInputs } from "../../../sandbox/provider/shape";
import type { Props } from "../../../common/properties";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const paths = (expected: Props, found: Props) => compareInputs(expected, found).map(({ path }) => path);

describe("compareInputs", () => {
  const same: [string, Props, Props][] = [
    ["numbers and their text", { retentionInDays: 30 }, { retentionInDays: "30" }],
    ["nothing and empty", { tags: {}, description: "", rules: [], on: false }, {}],
    ["lists in any order", { groups: ["a", "b"] }, { groups: ["b", "a"] }],
    ["objects in lists in any order", { rules: [{ id: 1 }, { id: 2 }] }, { rules: [{ id: 2 }, { id: 1 }] }],
    ["a secret and its value", { endpoint: secret("a@b.example") }, { endpoint: "a@b.example" }],
    ["a secret inside a list", { rules: [{ key: secret("k") }] }, { rules: [{ key: "k" }] }],
    [
      "documents that say the same",
      { policy: policy({ Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: "*" }) },
      {
        policy: `{"Statement":{"Resource":["*"],"Action":["s3:List*","s3:Get*"],"Effect":"Allow"},"Version":"2012-10-17"}`,
      },
    ],
    [
      "conditions with a boolean and its text",
      { policy: policy({ Condition: { Bool: { "aws:SecureTransport": false } } }) },
      { policy: policy({ Condition: { Bool: { "aws:SecureTransport": ["false"] } } }) },
    ],
  ];
  for (const [what, one, other] of same) {
    it(`takes for the same: ${what}`, () => {
      assert.deepEqual(paths(one, other), []);
      assert.deepEqual(paths(other, one), []);
    });
  }

  const different: [string, Props, Props, string[]][] = [
    ["a value", { a: 1, b: true }, { a: 2, b: true }, ["a"]],
    ["what is gone", { kmsKeyId: "k" }, {}, ["kmsKeyId"]],
    ["what was switched off", { enableLogging: true }, { enableLogging: false }, ["enableLogging"]],
    ["what came", {}, { kmsKeyId: "k" }, ["kmsKeyId"]],
    ["a tag too many", { tags: { a: "1" } }, { tags: { a: "1", b: "2" } }, ["tags.b"]],
    ["a member too few", { groups: ["a", "b"] }, { groups: ["a"] }, ["groups"]],
    ["one of two alike", { groups: ["a", "a"] }, { groups: ["a", "b"] }, ["groups"]],
    [
      "inside a list, at the program's index",
      {
        rules: [
          { id: "a", days: 1 },
          { id: "b", days: 2 },
        ],
      },
      {
        rules: [
          { id: "b", days: 9 },
          { id: "a", days: 1 },
        ],
      },
      ["rules[1].days"],
    ],
    ["a rule too many", { rules: [{ id: "a" }] }, { rules: [{ id: "x" }, { id: "a" }] }, ["rules[1]"]],
    [
      "an action more",
      { policy: policy({ Effect: "Allow", Action: "s3:GetObject" }) },
      { policy: policy({ Effect: "Allow", Action: ["s3:GetObject", "s3:*"] }) },
      ["policy"],
    ],
    [
      "case inside a document",
      { policy: policy({ Action: "s3:a" }) },
      { policy: policy({ Action: "s3:A" }) },
      ["policy"],
    ],
    ["a document that is none any more", { policy: policy({}) }, { policy: "nonsense" }, ["policy"]],
    ["something not known yet", { arn: UNKNOWN }, { arn: "arn:x" }, ["arn"]],
  ];
  for (const [what, expected, found, wanted] of different) {
    it(`tells ${what}`, () => assert.deepEqual(paths(expected, found), wanted));
  }

  it("tells what was expected and what is there", () => {
    assert.deepEqual(compareInputs({ a: { b: 1 } }, { a: { b: 2 } }), [{ path: "a.b", expected: 1, found: 2 }]);
  });
});

describe("inputs found in the account", () => {
  it("leave out what the program left out", () => {
    const program = { rules: [{ id: "a" }], name: "n" };
    const found = { rules: [{ id: "a", filter: { prefix: "" }, status: "Enabled" }], name: "n", arn: "arn" };
    assert.deepEqual(foundInputs(program, found), program);
  });
  it("keep the program's spelling of what means the same", () => {
    const program = { policy: policy({ Action: ["a"] }), days: 30 };
    assert.deepEqual(foundInputs(program, { policy: policy({ Action: "a" }), days: "30" }), program);
  });
  it("hold a list's members the program did not give", () => {
    const found = foundInputs({ rules: [{ id: "a" }] }, { rules: [{ id: "a", days: 1 }, { id: "b" }] });
    assert.deepEqual(found, { rules: [{ id: "a" }, { id: "b" }] });
  });
  it("hold a tag somebody added", () => {
    assert.deepEqual(foundInputs({ tags: { a: "1" } }, { tags: { a: "1", b: "2" } }), { tags: { a: "1", b: "2" } });
  });
});
