import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { ownerOf } from "../../../../operations/account/identity/owner";

const id = "AKIAIOSFODNN7EXAMPLE";
const denied = () => Promise.reject(Object.assign(new Error("no"), { name: "AccessDenied" }));

/** An account with two users, where only the keys of some may be listed. */
function account(mayList: string[]): AwsClients {
  const iam = {
    getAccessKeyLastUsed: denied,
    listUsers: () => Promise.resolve({ Users: [{ UserName: "mina" }, { UserName: "dave" }] }),
    listAccessKeys: ({ UserName }: { UserName: string }) =>
      mayList.includes(UserName) ? Promise.resolve({ AccessKeyMetadata: [] }) : denied(),
  };
  const sts = { getAccessKeyInfo: () => Promise.resolve({ Account: "111122223333" }) };
  return { defaultRegion: "us-east-1", iam: () => iam, sts: () => sts } as unknown as AwsClients;
}

describe("whose a long-lived key is, where the key itself may not be asked for", () => {
  it("is nobody's only when the keys of every user were looked through", async () => {
    const found = await ownerOf(account(["mina", "dave"]), id);
    assert.match((found as { reason: string }).reason, /^No user of this account has this key/);
  });

  it("is not told to be deleted or another account's when some could not be", async () => {
    const found = await ownerOf(account(["mina"]), id);
    const { reason } = found as { reason: string };
    assert.equal(found.kind, "unknown");
    assert.match(reason, /keys of 1 of 2 user\(s\) could not be listed: .*iam:ListAccessKeys/);
    assert.doesNotMatch(reason, /No user of this account/);
  });
});
