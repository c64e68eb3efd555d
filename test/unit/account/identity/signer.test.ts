import assert from "node:assert/strict";
import { isTemporary, signerOf } from "../../../../operations/account/identity/owner";

const record = (userIdentity: object) => JSON.stringify({ eventVersion: "1.11", userIdentity });

describe("identity: who signed an event", () => {
  const cases: [string, string | undefined, object | undefined][] = [
    [
      "a session of a role",
      record({
        type: "AssumedRole",
        arn: "arn:aws:sts::111122223333:assumed-role/Deploy/ci",
        sessionContext: { sessionIssuer: { type: "Role", userName: "Deploy" } },
      }),
      { kind: "role", role: "Deploy", session: "ci" },
    ],
    ["a session of a user", record({ type: "IAMUser", userName: "mina" }), { kind: "user", user: "mina" }],
    [
      "a federated user",
      record({ type: "FederatedUser", sessionContext: { sessionIssuer: { type: "IAMUser", userName: "broker" } } }),
      { kind: "user", user: "broker" },
    ],
    [
      "a role of another account, which is not ours of that name",
      JSON.stringify({
        recipientAccountId: "111122223333",
        userIdentity: {
          type: "AssumedRole",
          accountId: "999999999999",
          arn: "arn:aws:sts::999999999999:assumed-role/Deploy/ci",
          sessionContext: { sessionIssuer: { type: "Role", userName: "Deploy" } },
        },
      }),
      {
        kind: "unknown",
        reason: "It signs for account 999999999999, not for this one (111122223333).",
        accountId: "999999999999",
      },
    ],
    ["root", record({ type: "Root" }), { kind: "root" }],
    ["a service", record({ type: "AWSService", invokedBy: "ec2.amazonaws.com" }), undefined],
    ["no JSON", "{", undefined],
    ["nothing", undefined, undefined],
  ];
  for (const [name, text, owner] of cases) {
    it(name, () => assert.deepEqual(signerOf(text), owner));
  }

  it("tells temporary keys from long-lived ones", () => {
    assert.ok(isTemporary("ASIAIOSFODNN7EXAMPLE"));
    assert.ok(!isTemporary("AKIAIOSFODNN7EXAMPLE"));
  });
});
