import assert from "node:assert/strict";
import { unknownString } from "../../../policy-pack/values";
import { allow, deny, messages, outcome, policyType, results } from "./decide";

describe("iam-no-admin-wildcard: too complex to decide", () => {
  const alphabet = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
  const everyLetter = allow(
    "iam:PutUserPolicy",
    alphabet.map((each) => `arn:aws:iam::*:user/${each}*`),
  );
  const noise = Array.from({ length: 400 }, (_, index) => `*${index}*a*b?c*`);
  const refused: [name: string, statements: unknown][] = [
    ["one Deny", [everyLetter, deny("iam:*", "*a*?b*?c*?0z*?y*")]],
    ["many Denies", [everyLetter, deny("iam:*", noise)]],
    ["many Denies and Allows", [everyLetter, deny("iam:*", noise), allow("iam:PutUserPolicy", noise)]],
    [
      "a Deny of all but noise",
      [everyLetter, { Effect: "Deny", Action: "iam:*", NotResource: [...noise, "*:user/*"] }],
    ],
  ];
  for (const [name, Statement] of refused) {
    it(`is refused when the Allow statements are enough: ${name}`, () => {
      // An endless search would be ended by the runner's time limit.
      const found = results(policyType, { policy: { Statement } });
      assert.equal(found[0]?.level, "mandatory");
      assert.match(found[0]?.message ?? "", /iam:PutUserPolicy on every user/);
    });
  }

  it("is refused without reserve when no Deny was left out", () => {
    for (const more of [deny("s3:*", noise), deny("iam:*", "arn:aws:iam::*:user/admin*")]) {
      assert.match(
        messages([everyLetter, more, allow("iam:PutUserPolicy", noise)]),
        /^Lets its holder become an administrator\./,
      );
    }
  });

  it("says that it is too complex", () => {
    const text = messages([everyLetter, deny("iam:*", "*a*?b*?c*?0z*?y*")]);
    assert.match(text, /too complex to prove that its Deny statements cancel/i);
    assert.match(text, /Fix: simplify/);
  });

  it("is not refused when a plain Deny cancels it, whatever else there is", () => {
    const Statement = [everyLetter, deny("iam:*", noise), deny("iam:*", "arn:aws:iam::*:user/*")];
    assert.notEqual(outcome(policyType, { policy: { Statement } }), "block");
  });
});

describe("iam-no-admin-wildcard: condition keys that are not known yet", () => {
  const conditions = [
    { StringEquals: { [unknownString]: "x" } },
    { StringEquals: { [`aws:ResourceTag/${unknownString}`]: "x" } },
    { [unknownString]: { "aws:PrincipalArn": "*" } },
  ];
  for (const Condition of conditions) {
    it(`are unknown, and not shown: ${Object.keys(Condition)[0]}`, () => {
      for (const Statement of [[allow("*", "*", Condition)], [allow("*", "*"), deny("*", "*", Condition)]]) {
        assert.equal(outcome(policyType, { policy: { Statement } }), "unknown");
        assert.ok(!messages(Statement).includes(unknownString));
      }
    });
  }
});
