import assert from "node:assert/strict";
import { removeUser } from "../../../../operations/watch/drill/leak/remove-user";
import { awsError, fakeClients } from "./fake-clients";

const user = "baseline-drill-20261122-0a1b2c";
const late = "arn:aws:iam::aws:policy/AWSDenyAll";

/** A user on whom something is attached while it is being removed. @param refusals how often IAM refuses to delete it */
function account(refusals: number, refusal = "DeleteConflict") {
  let left = refusals;
  let gone = false;
  const attached = new Set<string>();
  const fake = fakeClients({
    listAccessKeys: () => ({ AccessKeyMetadata: [] }),
    listAttachedUserPolicies: () => ({ AttachedPolicies: [...attached].map((PolicyArn) => ({ PolicyArn })) }),
    listUserPolicies: () => ({ PolicyNames: [] }),
    detachUserPolicy: ({ PolicyArn }) => void attached.delete(PolicyArn as string),
    deleteUser: () => {
      if (left > 0) {
        left -= 1;
        attached.add(late);
        throw awsError(refusal, "Cannot delete entity, must detach all policies first.");
      }
      gone = true;
    },
    getUser: () => {
      if (gone) throw awsError("NoSuchEntity");
      return { User: { UserName: user } };
    },
  });
  const asked = (operation: string) => fake.calls.filter(([each]) => each === operation).length;
  return { ...fake, asked };
}

describe("removing the throw-away user", () => {
  it("tries again where something was attached meanwhile, and takes that off too", async () => {
    const { clients, asked } = account(2);
    assert.deepEqual(await removeUser(clients, "us-east-1", user, 1), { user, gone: true, problems: [], commands: [] });
    assert.deepEqual([asked("deleteUser"), asked("detachUserPolicy")], [3, 2]);
  });

  it("gives up after six times, and says how to remove what is left", async () => {
    const { clients, asked } = account(Infinity);
    const { gone, problems, commands } = await removeUser(clients, "us-east-1", user, 1);
    assert.deepEqual([gone, asked("deleteUser"), problems.length], [false, 6, 1]);
    assert.match(commands.at(-1) ?? "", new RegExp(`delete-user .*--user-name ${user}$`, "s"));
  });

  it("does not try again where it may not", async () => {
    const { clients, asked } = account(Infinity, "AccessDenied");
    const { gone, problems } = await removeUser(clients, "us-east-1", user, 1);
    assert.deepEqual([gone, asked("deleteUser")], [false, 1]);
    assert.match(problems.join(" "), /iam:DeleteUser/);
  });

  it("names what may hang on the user where the lists cannot be read, and the commands that list it", async () => {
    const known = { keyIds: ["AKIAIOSFODNN7EXAMPLE"], policyArns: ["arn:aws:iam::aws:policy/Q"] };
    const denied = () => {
      throw awsError("AccessDenied");
    };
    const { clients } = fakeClients({
      ...{ listAccessKeys: denied, listAttachedUserPolicies: denied, listUserPolicies: () => ({ PolicyNames: [] }) },
      ...{ deleteAccessKey: denied, detachUserPolicy: denied, deleteUser: denied, getUser: () => ({}) },
    });
    const removal = await removeUser(clients, "us-east-1", user, 1, known);
    const calls = removal.commands.map((each) => /^aws iam (\S+)/.exec(each)?.[1]);
    const lists = ["list-access-keys", "list-attached-user-policies"];
    assert.deepEqual(calls, [...lists, "delete-access-key", "detach-user-policy", "delete-user"]);
  });
});
