import assert from "node:assert/strict";
import { mfaPolicyStatements } from "../../../components/mfa-enforcement/mfa-policy";
import { type Outcome, allow, deny, messages, outcome, policyType } from "./decide";

const boundary = (operator: string, value: unknown) => ({ [operator]: { "iam:PermissionsBoundary": value } });
const aws = (name: string, partition = "aws"): string => `arn:${partition}:iam::aws:policy/${name}`;
const delegation = ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"];
const own = "arn:aws:iam::*:user/${aws:username}";
const giveOneself = ["iam:PutUserPolicy", "iam:AttachUserPolicy"];
const guard = (operator: string, value: unknown) => ({ [operator]: { "aws:RequestedRegion": value } });
const europe = ["eu-west-1", "eu-central-1"];

const cases: [name: string, expected: Outcome, statements: unknown][] = [
  // Permissions boundaries
  [
    "boundary AdministratorAccess",
    "block",
    [allow("iam:*", "*", boundary("StringEquals", aws("AdministratorAccess")))],
  ],
  [
    "boundary IAMFullAccess in China",
    "block",
    [allow("iam:*", "*", boundary("ArnEquals", aws("IAMFullAccess", "aws-cn")))],
  ],
  [
    "boundary AdministratorAccess-Amplify",
    "block",
    [allow("iam:*", "*", boundary("StringEquals", aws("AdministratorAccess-Amplify")))],
  ],
  [
    "boundary AWSOpsWorksRegisterCLI beside one's own",
    "block",
    [allow("iam:*", "*", boundary("StringEquals", ["arn:aws:iam::1:policy/b", aws("AWSOpsWorksRegisterCLI")]))],
  ],
  ["boundary *", "block", [allow("iam:*", "*", boundary("StringLike", "*"))]],
  ["boundary any AWS policy", "block", [allow("iam:*", "*", boundary("ArnLike", aws("*")))]],
  [
    "boundary any policy of any account",
    "block",
    [allow("iam:*", "*", boundary("ArnLike", "arn:aws:iam::*:policy/*"))],
  ],
  ["some boundary or other", "block", [allow("iam:*", "*", boundary("Null", "false"))]],
  [
    "roles, boundary AdministratorAccess",
    "block",
    [allow(delegation, "*", boundary("StringEquals", aws("AdministratorAccess")))],
  ],
  ["roles, boundary any AWS policy", "block", [allow(delegation, "*", boundary("ArnLike", aws("*")))]],
  ["roles, boundary *", "block", [allow(delegation, "*", boundary("StringLike", "*"))]],
  ["a customer's boundary", "pass", [allow("iam:*", "*", boundary("StringEquals", "arn:aws:iam::1:policy/b"))]],
  [
    "a customer's boundary, by pattern",
    "pass",
    [allow("iam:*", "*", boundary("ArnLike", "arn:aws:iam::1:policy/b-*"))],
  ],
  [
    "a customer's boundary and Null",
    "pass",
    [allow("iam:*", "*", { ...boundary("Null", "false"), ...boundary("ArnLike", "arn:aws:iam::1:policy/b") })],
  ],
  ["a star that StringEquals takes literally", "pass", [allow("iam:*", "*", boundary("StringEquals", aws("*")))]],
  [
    "an AWS policy without IAM as the boundary",
    "pass",
    [allow("iam:*", "*", boundary("StringEquals", aws("PowerUserAccess")))],
  ],

  // The caller's own user
  ["attaching to oneself", "block", [allow(giveOneself, own)]],
  ["attaching to oneself, by one action", "block", [allow("iam:AttachUserPolicy", own)]],
  ["attaching to oneself, below a path", "block", [allow("iam:PutUser*", "arn:aws:iam::1:user/dev/${aws:username}")]],
  ["attaching to oneself, below any path", "block", [allow("iam:PutUser*", "arn:aws:iam::*:user/*/${AWS:UserName}")]],
  ["all of IAM on oneself", "block", [allow("iam:*", "arn:*:iam::*:user/${aws:username}")]],
  [
    "attaching to oneself with MFA",
    "block",
    [allow(giveOneself, own, { Bool: { "aws:MultiFactorAuthPresent": "true" } })],
  ],
  [
    "attaching to oneself what the team wrote",
    "warn",
    [allow("iam:AttachUserPolicy", own, { ArnLike: { "iam:PolicyARN": "arn:aws:iam::1:policy/t/*" } })],
  ],
  [
    "attaching to oneself, within a boundary",
    "pass",
    [allow(giveOneself, own, boundary("StringEquals", "arn:aws:iam::1:policy/b"))],
  ],
  ["attaching to oneself, denied", "pass", [allow(giveOneself, own), deny("iam:*", own)]],
  [
    "attaching to oneself, denied for all users",
    "pass",
    [allow(giveOneself, own), deny("iam:*", "arn:aws:iam::*:user/*")],
  ],
  [
    "attaching to oneself, others denied",
    "block",
    [allow(giveOneself, own), deny("iam:*", "arn:aws:iam::*:user/admin*")],
  ],
  [
    "one's own credentials",
    "pass",
    [
      allow(
        ["iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:ChangePassword", "iam:EnableMFADevice"].concat([
          "iam:UpdateLoginProfile",
          "iam:CreateLoginProfile",
          "iam:DeleteAccessKey",
        ]),
        own,
      ),
    ],
  ],
  ["the product's MFA policy", "pass", mfaPolicyStatements("aws")],
  ["one's own folder", "pass", [allow("s3:*", "arn:aws:s3:::home/${aws:username}/*")]],
  ["one's own folder, with every action", "pass", [allow("*", "arn:aws:s3:::home/${aws:username}/*")]],

  // Region guards
  ["a guard that names no Region of IAM", "warn", [allow("*", "*"), deny("*", "*", guard("StringNotEquals", europe))]],
  ["a guard with a pattern", "warn", [allow("*", "*"), deny("*", "*", guard("StringNotLike", "eu-*"))]],
  ["a guard IfExists", "warn", [allow("*", "*"), deny("*", "*", guard("StringNotEqualsIfExists", europe))]],
  [
    "a guard that lets us-east-1 through",
    "block",
    [allow("*", "*"), deny("*", "*", guard("StringNotEquals", ["us-east-1", ...europe]))],
  ],
  [
    "a guard that lets China's IAM through",
    "block",
    [allow("*", "*"), deny("*", "*", guard("StringNotEquals", "cn-north-1"))],
  ],
  [
    "a guard that exempts IAM",
    "block",
    [
      allow("*", "*"),
      { Effect: "Deny", NotAction: ["iam:*", "sts:*"], Resource: "*", Condition: guard("StringNotEquals", europe) },
    ],
  ],
  [
    "a guard that exempts a role",
    "block",
    [
      allow("*", "*"),
      deny("*", "*", {
        ...guard("StringNotEquals", europe),
        ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" },
      }),
    ],
  ],

  // Conditions whose time is over
  ["expired", "pass", [allow("*", "*", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })]],
  ["expired, as a number", "pass", [allow("*", "*", { NumericLessThanEquals: { "aws:EpochTime": "1577836800" } })]],
  ["not yet expired", "block", [allow("*", "*", { DateLessThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } })]],
  [
    "one of two expired",
    "block",
    [allow("*", "*", { DateLessThan: { "aws:CurrentTime": ["2020-01-01", "2999-01-01"] } })],
  ],
  ["no date", "block", [allow("*", "*", { DateLessThan: { "aws:CurrentTime": "soon" } })]],
];

describe("iam-no-admin-wildcard: what looks like a limit", () => {
  for (const [name, expected, Statement] of cases) {
    it(`${expected}: ${name}`, () => {
      assert.equal(outcome(policyType, { policy: { Version: "2012-10-17", Statement } }), expected);
    });
  }

  it("names the caller's own user", () => {
    assert.match(messages(allow(giveOneself, own)), /allows iam:AttachUserPolicy on the caller's own user/);
    assert.match(messages([allow(giveOneself, own), allow("iam:*", "*")]), /on every user/);
  });

  it("knows that a role has no user name", () => {
    const policy = JSON.stringify({ Statement: allow(giveOneself, own) });
    assert.equal(outcome("aws:iam/userPolicy:UserPolicy", { policy }), "block");
    assert.equal(outcome("aws:iam/groupPolicy:GroupPolicy", { policy }), "block");
    assert.equal(outcome("aws:iam/rolePolicy:RolePolicy", { policy }), "pass");
    assert.equal(outcome("aws:iam/role:Role", { inlinePolicies: [{ policy }] }), "pass");
  });
});
