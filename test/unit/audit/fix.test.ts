import assert from "node:assert/strict";
import { planAsText } from "../../../operations/audit/fix/words";
import { asCommand, planFix, undoing } from "../../../operations/audit/fix/plan";
import { finding } from "./facts";

const caller = { accessKeyId: "AKIACALLERCALLERCALL", user: "ops" };

describe("audit: what a fix would do", () => {
  const cases: [string, Parameters<typeof finding>[0], string | undefined, RegExp | undefined][] = [
    ["a key unused for long", {}, "deactivate-key", undefined],
    ["a key never used, and old", { rule: "key-never-used" }, "deactivate-key", undefined],
    ["a key never used, and young", { rule: "key-never-used", ageDays: 90 }, undefined, undefined],
    ["an old key that is used", { rule: "key-old", ageDays: 900 }, undefined, undefined],
    ["the key that signs", { resource: `user/mina/${caller.accessKeyId}` }, undefined, /signs this very fix/],
    ["a key without an id", { resource: "user/mina/access-key-1" }, undefined, /id could not be read/],
    [
      "a password unused for long",
      { rule: "console-unused-90", resource: "user/mina" },
      "delete-login-profile",
      undefined,
    ],
    ["a password unused for 30 days", { rule: "console-unused-30", resource: "user/mina" }, undefined, undefined],
    [
      "the caller's password",
      { rule: "console-unused-90", who: "ops", resource: "user/ops" },
      undefined,
      /whoever runs/,
    ],
    ["an open port", { rule: "open-admin-ports", resource: "sg-1" }, undefined, undefined],
  ];
  for (const [name, of, kind, reason] of cases) {
    it(`${name}: ${kind ?? "nothing"}`, () => {
      const { deeds, leftAlone } = planFix([finding(of)], caller);
      assert.deepEqual(
        deeds.map((each) => each.kind),
        kind === undefined ? [] : [kind],
      );
      assert.match(leftAlone.map((each) => each.reason).join(), reason ?? /^$/);
    });
  }

  it("never deletes a key, and says how to take it back", () => {
    const plan = planFix([finding()], caller);
    const [deed] = plan.deeds;
    assert.match(asCommand(deed!), /update-access-key .*--status Inactive$/);
    assert.match(undoing(deed!), /--status Active$/);
    assert.ok(
      planAsText(plan)
        .split("\n")
        .every((each) => each.length <= 80),
    );
  });
});
