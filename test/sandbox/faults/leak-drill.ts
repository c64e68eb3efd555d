import assert from "node:assert/strict";
import { type LeakDrillReport, type Removal } from "../../../operations/watch/drill/leak/report";
import { leakDrillIn } from "../../../operations/watch/drill/leak/run";
import { type Prefixed, responding, usersOf } from "./leak-stage";
import { type Scenario } from "./scenario";

export const leakDrill: Scenario<Prefixed> = {
  name: "drill leak",
  // The response answers nothing here, and the drill says so.
  clean: 3,
  writes: /^iam:(Create|Attach|Delete|Detach)/,
  bounded:
    "The state machine of the response answers nothing here. `done` means that the drill itself was carried out, and that its user, with key and policy, is gone; `failed` that it was not carried out, or that the user may be left. Then the report has the commands that remove it.",
  regions: ["us-east-1"],
  prepare: responding,
  run: (session, { prefix }, terminal) =>
    leakDrillIn(
      session,
      { homeRegion: "us-east-1", homeIsGuessed: false, namePrefix: prefix, timeout: 1, interval: 400 },
      { prefix, timeout: "1", yes: true, json: true },
      terminal,
    ),
  states: (json) => [(json as unknown as LeakDrillReport).failed ? "failed" : "done"],
  async agree(account, stage, { json, code, error, printed }) {
    const users = await usersOf(account, stage);
    // Credentials that are no longer ours end the command with an error, after its report.
    if (printed === "") {
      assert.deepEqual(users, [], `${error?.message} and no report`);
      assert.notEqual(code, 0);
      return;
    }
    const { removal, ok, failed } = JSON.parse(printed) as LeakDrillReport;
    assert.equal(ok, false);
    if (removal.gone) assert.deepEqual(users, [], "the report says that it is gone");
    else {
      assert.equal(failed, true);
      if (json) assert.equal(code, 1);
      assert.ok(removal.problems.length > 0, "it does not say why");
    }
    for (const user of users) await removedBy(account.aws.iam(), removal, user);
    assert.deepEqual(await usersOf(account, stage), [], "after the commands of the report");
  },
};

/** Does what the commands of the report do. */
async function removedBy(
  iam: ReturnType<Parameters<Scenario["agree"]>[0]["aws"]["iam"]>,
  { commands }: Removal,
  UserName: string,
): Promise<void> {
  const option = (command: string, name: string) => new RegExp(`--${name} (\\S+)`).exec(command)?.[1] ?? "";
  for (const command of commands) {
    assert.equal(option(command, "user-name"), UserName);
    const call = /^aws iam (\S+) /.exec(command)?.[1];
    if (call === "delete-access-key") {
      await iam.deleteAccessKey({ UserName, AccessKeyId: option(command, "access-key-id") });
    } else if (call === "detach-user-policy")
      await iam.detachUserPolicy({ UserName, PolicyArn: option(command, "policy-arn") });
    else if (call === "delete-user") {
      // AWS deletes no user that has a key; the emulator does.
      const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName });
      assert.deepEqual(AccessKeyMetadata, [], "its key is left");
      await iam.deleteUser({ UserName });
    } else if (call === "list-access-keys") {
      const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName });
      for (const { AccessKeyId = "" } of AccessKeyMetadata) {
        if (!commands.some((each) => each.includes(AccessKeyId))) await iam.deleteAccessKey({ UserName, AccessKeyId });
      }
    } else if (!/^list-/.test(call ?? "")) assert.fail(`a command that nobody expects: ${command}`);
  }
}
