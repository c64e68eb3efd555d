import assert from "node:assert/strict";
import { everything, graph, ofType } from "../support/graph";

const role = "aws:iam/role:Role";

describe("the permissions boundary of the baseline's roles", () => {
  it("is on every role the baseline makes, once the settings name it", async () => {
    const settings = { ...everything, permissionsBoundary: "ci-baseline-roles-boundary" };
    const roles = ofType(await graph({ settings }), role);
    assert.ok(roles.length >= 9);
    for (const { name, inputs } of roles) {
      assert.equal(inputs["permissionsBoundary"], "arn:aws:iam::123456789012:policy/ci-baseline-roles-boundary", name);
    }
  });

  it("is on none otherwise", async () => {
    const roles = ofType(await graph({ settings: everything }), role);
    assert.deepEqual([...new Set(roles.map(({ inputs }) => inputs["permissionsBoundary"]))], [undefined]);
  });
});
