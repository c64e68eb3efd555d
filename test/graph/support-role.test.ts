import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { SupportRole } from "../../components/support-role/support-role";
import { declared, inputsText, place } from "../support/declared";
import { only } from "../support/graph";

const iam = "arn:aws:iam::123456789012";
const mina = `${iam}:user/mina`;
const oncall = `${iam}:role/team/on-call`;

const support = (principals: string[], partition = "aws") =>
  declared(() => new SupportRole("support", { ...place, partition, principals }));

describe("SupportRole", () => {
  it("may talk to AWS Support, and has no other right", async () => {
    const all = await support([]);
    assert.equal(only(all, "aws:iam/role:Role").inputs["name"], "baseline-support");
    const { inputs } = only(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    assert.deepEqual(inputs, { role: "baseline-support", policyArn: "arn:aws:iam::aws:policy/AWSSupportAccess" });
  });

  const mfa = { "aws:MultiFactorAuthPresent": "true" };
  const session = `arn:aws:sts::123456789012:assumed-role/on-call/mina`;
  const cases: [what: string, principals: string[], who: string, context: Record<string, string>, allowed: boolean][] =
    [
      ["a named user with MFA", [mina], mina, mfa, true],
      ["a named user whose session has no MFA", [mina], mina, { "aws:MultiFactorAuthPresent": "false" }, false],
      ["a named user with an access key alone, which has no MFA to tell of", [mina], mina, {}, false],
      ["another user", [mina], `${iam}:user/omar`, mfa, false],
      ["anybody in the account with MFA, when nobody is named", [], mina, mfa, true],
      ["anybody in the account without MFA, when nobody is named", [], mina, {}, false],
      ["a named role, whose sessions never carry MFA", [oncall], session, {}, true],
      ["a user beside a named role, without MFA", [mina, oncall], mina, {}, false],
      ["another account's user", [], "arn:aws:iam::999999999999:user/mina", mfa, false],
    ];
  for (const [what, principals, principal, contextVariables, allowed] of cases) {
    it(`${allowed ? "lets in" : "keeps out"} ${what}`, async () => {
      const role = only(await support(principals), "aws:iam/role:Role");
      const resource = `${iam}:role/baseline-support`;
      const result = await runSimulation(
        {
          request: {
            action: "sts:AssumeRole",
            principal,
            resource: { resource, accountId: "123456789012" },
            contextVariables,
          },
          // Trusted through the account's root, a user needs a right of their own as well.
          identityPolicies: [
            {
              name: "own",
              policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }] },
            },
          ],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          resourcePolicy: JSON.parse(role.inputs["assumeRolePolicy"] as string) as object,
        },
        {},
      );
      assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 300));
      assert.equal((result as { overallResult: string }).overallResult === "Allowed", allowed);
    });
  }

  for (const partition of ["aws-cn", "aws-us-gov"]) {
    it(`names nothing of another partition in ${partition}`, async () => {
      assert.doesNotMatch(inputsText(await support([], partition)), /arn:aws:/);
    });
  }
});
