import assert from "node:assert/strict";
import { type FixResult } from "../../../../operations/watch/audit/fix/model";
import { fixedSince, planAsText, resultsAsText } from "../../../../operations/watch/audit/fix/words";
import { type AuditFinding } from "../../../../operations/watch/audit/model";
import { asCommand, planFix, undoing } from "../../../../operations/watch/audit/fix/plan";
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

  const key = finding();
  const password = finding({ rule: "console-unused-90", resource: "user/mina" });
  const headlines: [what: string, findings: AuditFinding[], said: RegExp][] = [
    ["nothing", [], /^There is nothing to fix\.$/],
    ["keys", [key, key], /^To fix: 2\. 2 access keys are set Inactive, which can be undone; none is deleted\.$/],
    ["a password", [password], /^To fix: 1\. 1 console password is DELETED, which cannot be undone: only a new one/],
    [
      "both",
      [key, password],
      /^To fix: 2\. 1 access key is set Inactive, .* 1 console password is DELETED, which cannot/,
    ],
  ];
  for (const [what, findings, said] of headlines) {
    it(`begins with what it will do, and what of it cannot be undone: ${what}`, () => {
      const [head = ""] = planAsText(planFix(findings, caller)).split(/\n {2}\S/);
      assert.match(head.replaceAll("\n", " "), said);
    });
  }

  it("says that the audit is of before the fix, and of a password no way to undo it", () => {
    const results = planFix([key, password], caller).deeds.map((deed): FixResult => ({
      deed,
      outcome: "done",
      reason: "",
    }));
    assert.match(fixedSince(results), /made before the fix.*2 of 2/);
    const [ofKey = "", ofPassword = ""] = resultsAsText(results).split(/\n(?= {2}done)/);
    assert.match(ofKey, /to undo: aws iam update-access-key/);
    assert.match(ofPassword, /a new password: aws iam create-login-profile/);
    assert.doesNotMatch(ofPassword, /undo/);
  });

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
