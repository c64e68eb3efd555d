import assert from "node:assert/strict";
import { join } from "node:path";
import { offlineAnswers } from "../../operations/preview/plan/offline-account";
import { runProgram, type WireValues } from "../../engine/in-process/program";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { bootstrapProject } from "../support/bootstrap";
import { root, withoutSourceMaps } from "../support/graph";

const accountId = "123456789012";
const iam = (rest: string) => `arn:aws:iam::${accountId}:${rest}`;
const session = (role: string) => `arn:aws:sts::${accountId}:assumed-role/${role}/mina`;
/** Roles of the account, by name. */
const roles: Record<string, string> = {
  administrator: iam("role/administrator"),
  "break-glass": iam("role/admins/break-glass"),
  AWSReservedSSO_Admin_0123: iam("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123"),
};

/** Runs the bootstrap program as somebody. @returns how many resources it declared */
async function run(caller: string, trustedAdministrators: string[], preview: boolean): Promise<number> {
  withoutSourceMaps();
  let declared = 0;
  const answers = offlineAnswers(["us-east-1"]);
  const answer = (token: string, args: WireValues): WireValues => {
    if (token === "aws:index/getCallerIdentity:getCallerIdentity") return { accountId, arn: caller, id: accountId };
    if (token === "aws:iam/getRole:getRole") return { arn: roles[String(args["name"])], name: args["name"] };
    return answers(token, args);
  };
  const settings = { "aws:region": "us-east-1", github: { repository: "acme/security" }, trustedAdministrators };
  await runProgram(
    {
      program: join(root, "bootstrap", "index.ts"),
      project: bootstrapProject.name,
      stack: "s",
      config: withDefaults(bootstrapProject, settings),
      preview,
    },
    {
      register: ({ name, inputs }) => (
        (declared += 1),
        Promise.resolve({ id: name, outputs: { ...inputs, arn: `arn:${name}` } })
      ),
      invoke: (token, args) => Promise.resolve(answer(token, args)),
    },
  );
  return declared;
}

describe("an update of bootstrap with trustedAdministrators", () => {
  const cases: [what: string, caller: string, listed: string, refused: boolean][] = [
    ["a role that is named", session("administrator"), iam("role/administrator"), false],
    ["a role that is named with its path", session("break-glass"), iam("role/admins/break-glass"), false],
    ["a role that is named without its path", session("break-glass"), iam("role/break-glass"), true],
    [
      "a role of IAM Identity Center, by a pattern",
      session("AWSReservedSSO_Admin_0123"),
      iam("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*"),
      false,
    ],
    ["a role that is not named", session("administrator"), iam("role/admins/break-glass"), true],
    ["a user that is named", iam("user/mina"), iam("user/mina"), false],
    ["a user that is not named", iam("user/mina"), iam("user/kim"), true],
    ["root", iam("root"), iam("role/administrator"), false],
  ];
  for (const [what, caller, listed, refused] of cases) {
    it(`${refused ? "refuses" : "lets through"} ${what}`, async () => {
      if (refused) {
        await assert.rejects(run(caller, [listed], false), { code: "locks-out-caller", exitCode: 2 });
      } else {
        assert.ok((await run(caller, [listed], false)) > 10);
      }
    });
  }

  it("is previewed by anybody, and asks nobody without a list", async () => {
    assert.ok((await run(session("administrator"), [iam("role/other")], true)) > 10);
    assert.ok((await run(session("nobody"), [], false)) > 10);
  });
});
