import assert from "node:assert/strict";
import { parse, parseDocument } from "yaml";
import { treeOf, yamlValue } from "../../../common/yaml-value";
import { parseAccounts } from "../../../operations/apply/fleet/accounts-file";

describe("an alias within what it names", () => {
  for (const text of ["a: &x [*x]", "a: &x\n  b:\n    c: [{ d: *x }]"]) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(yamlValue(parseDocument(text)), { problem: "an alias stands within what it names" });
      assert.throws(() => treeOf(parse(text)), /an alias stands within/);
      assert.throws(() => parseAccounts(text, "accounts.yaml"), {
        code: "unreadable-file",
        exitCode: 2,
        message: /^Cannot read accounts\.yaml: an alias stands within what it names\.\n.*$/,
      });
    });
  }

  it("is not what stands twice", () => {
    const text = "a: &x [1]\nb: *x\nc: [*x, *x]";
    assert.deepEqual(yamlValue(parseDocument(text)), { value: { a: [1], b: [1], c: [[1], [1]] } });
  });
});
