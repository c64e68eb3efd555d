import assert from "node:assert/strict";
import { type HeldDocument } from "../../../operations/account/identity/model";
import { SecretReach } from "../../../operations/respond/contain/reachable";
import { readDocument } from "../../../policy-pack/iam/document";

const held = (...statements: object[]): HeldDocument => ({
  source: "x",
  via: "inline",
  document: readDocument({ value: { Version: "2012-10-17", Statement: statements }, path: "x" }),
});
const allow = (Action: string | string[], Resource = "*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource = "*", more: object = {}) => ({ Effect: "Deny", Action, Resource, ...more });
const condition = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf";
const parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db";

describe("the secrets an identity could read", () => {
  const cases: [
    what: string,
    policies: HeldDocument[],
    boundary: HeldDocument | undefined,
    secret: boolean,
    parameter: boolean,
  ][] = [
    ["an administrator", [held(allow("*"))], undefined, true, true],
    ["nobody", [held(allow("s3:*"))], undefined, false, false],
    ["one kind", [held(allow("secretsmanager:Get*"))], undefined, true, false],
    ["by path", [held(allow("ssm:GetParametersByPath", "arn:aws:ssm:*:*:parameter/shop/*"))], undefined, false, true],
    ["another path", [held(allow("ssm:GetParameter", "arn:aws:ssm:*:*:parameter/web/*"))], undefined, false, false],
    ["with MFA, which counts as met", [held(allow("secretsmanager:*", "*", condition))], undefined, true, false],
    ["denied", [held(allow("*"), deny("secretsmanager:*"))], undefined, false, true],
    [
      "denied under a condition, which may not have held",
      [held(allow("*"), deny("*", "*", condition))],
      undefined,
      true,
      true,
    ],
    ["denied elsewhere", [held(allow("*"), deny("ssm:*", "arn:aws:ssm:*:*:parameter/web/*"))], undefined, true, true],
    ["within a boundary", [held(allow("*"))], held(allow(["ssm:*"])), false, true],
  ];
  for (const [what, policies, boundary, readsSecret, readsParameter] of cases) {
    it(what, () => {
      const reach = new SecretReach({ policies, ...(boundary && { boundary }) });
      assert.deepEqual(
        [reach.reads("Secrets Manager", secret), reach.reads("Parameter Store", parameter)],
        [readsSecret, readsParameter],
      );
    });
  }
});
