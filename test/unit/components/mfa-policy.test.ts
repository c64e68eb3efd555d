import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { mfaPolicyStatements } from "../../../components/mfa-enforcement/mfa-policy";

const account = "123456789012";
const self = `arn:aws:iam::${account}:user/mina`;
const other = `arn:aws:iam::${account}:user/ci-deploy`;
const device = `arn:aws:iam::${account}:mfa/phone`;

/** Who asks: a long-term key carries no MFA context, the console one that is false, a session with MFA one that is true. */
const callers: Record<string, Record<string, string>> = {
  "access key": {},
  "console without MFA": { "aws:MultiFactorAuthPresent": "false" },
  "session with MFA": { "aws:MultiFactorAuthPresent": "true" },
};

/** Beside the policy, the user has every right there is: what is denied is denied by the policy. */
async function decide(
  action: string,
  resource: string,
  caller: string,
  more: Record<string, string> = {},
  admin = true,
) {
  const policies = [
    { name: "mfa-required", policy: { Version: "2012-10-17", Statement: mfaPolicyStatements("aws") } },
    ...(admin
      ? [
          {
            name: "admin",
            policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
          },
        ]
      : []),
  ];
  const context = { "aws:username": "mina", "aws:ViaAWSService": "false", ...callers[caller], ...more };
  const result = await runSimulation(
    {
      request: {
        action,
        resource: { resource, accountId: account },
        principal: self,
        contextVariables: context,
      },
      identityPolicies: policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  assert.equal(result.resultType, "single");
  return (result as { overallResult: string }).overallResult;
}

describe("the MFA policy, judged by an IAM simulator, for a user who is otherwise an administrator", () => {
  const cases: [action: string, resource: string, key: boolean, console: boolean, mfa: boolean][] = [
    // What a thief with a leaked key would do.
    ["iam:CreateVirtualMFADevice", device, false, true, true],
    ["iam:EnableMFADevice", self, false, true, true],
    ["iam:CreateAccessKey", self, false, false, true],
    ["iam:CreateUser", other, false, false, true],
    ["iam:AttachUserPolicy", self, false, false, true],
    ["ec2:RunInstances", `arn:aws:ec2:us-east-1:${account}:instance/i-0123456789abcdef0`, false, false, true],
    ["s3:GetObject", "arn:aws:s3:::backup/dump.sql", false, false, true],
    // Nobody takes a device away without having it.
    ["iam:DeactivateMFADevice", self, false, false, true],
    ["iam:DeleteVirtualMFADevice", device, false, false, true],
    // What is left: to ask for a session with MFA, and to enrol in the console.
    ["iam:GetUser", self, true, true, true],
    ["iam:ListMFADevices", self, true, true, true],
    ["iam:ResyncMFADevice", self, false, true, true],
    ["iam:ChangePassword", self, false, true, true],
    ["sts:GetSessionToken", "*", true, true, true],
  ];
  for (const [action, resource, ...allowed] of cases) {
    for (const [index, caller] of Object.keys(callers).entries()) {
      it(`${allowed[index] ? "allows" : "denies"} ${action} from ${/^[aeiou]/.test(caller) ? "an" : "a"} ${caller}`, async () => {
        const result = await decide(action, resource, caller);
        assert.equal(result, allowed[index] ? "Allowed" : "ExplicitlyDenied");
      });
    }
  }

  it("does not stand in the way of AWS services acting for a user who signed in with MFA", async () => {
    const result = await decide("s3:GetObject", "arn:aws:s3:::b/o", "access key", { "aws:ViaAWSService": "true" });
    assert.equal(result, "Allowed");
  });
});

describe("the MFA policy on its own", () => {
  const granted: [action: string, resource: string, expected: string][] = [
    ["iam:CreateAccessKey", self, "Allowed"],
    ["iam:ChangePassword", self, "Allowed"],
    ["iam:DeactivateMFADevice", self, "Allowed"],
    ["iam:CreateAccessKey", other, "ImplicitlyDenied"],
    ["iam:DeactivateMFADevice", other, "ImplicitlyDenied"],
    ["iam:AttachUserPolicy", self, "ImplicitlyDenied"],
  ];
  for (const [action, resource, expected] of granted) {
    it(`with MFA, ${action} on ${resource === self ? "oneself" : "somebody else"}: ${expected}`, async () => {
      assert.equal(await decide(action, resource, "session with MFA", {}, false), expected);
    });
  }

  it("covers users with a path", () => {
    const text = JSON.stringify(mfaPolicyStatements("aws"));
    assert.ok(text.includes("user/*/${aws:username}"));
  });

  it("fits into a managed policy (6,144 characters without white space)", () => {
    assert.ok(JSON.stringify(mfaPolicyStatements("aws-us-gov")).length < 6144);
  });

  it("is written for the partition", () => {
    assert.ok(!JSON.stringify(mfaPolicyStatements("aws-cn")).includes("arn:aws:"));
  });
});
