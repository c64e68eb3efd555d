import assert from "node:assert/strict";
import { type Outcome, allow, deny, messages, outcome, policyType } from "./decide";

const iam = (rest: string): string => `arn:aws:iam::123456789012:${rest}`;
const everything = allow("*", "*");
const under = (Condition: unknown) => allow("*", "*", Condition);
const iamUnder = (Condition: unknown) => allow("iam:*", "*", Condition);
const not = (Effect: string, NotAction: unknown, Resource: unknown = "*") => ({ Effect, NotAction, Resource });

const cases: [name: string, expected: Outcome, statements: unknown][] = [
  // Wildcards
  ["i01 * on *", "block", everything],
  ["i03 arn:aws:*", "block", allow("*", "arn:aws:*")],
  ["i05 iam:*", "block", allow("iam:*", "*")],
  ["i07 i?m:*", "block", allow("i?m:*", "*")],
  ["the service by its first letter", "block", allow("i*:*", "*")],
  ["no service at all", "block", allow("i*", "*")],
  ["any service", "block", allow("*:Attach*Policy", "*")],
  ["what begins with Create", "block", allow("*:Create*", "*")],
  ["reading everything", "pass", allow(["*:Get*", "*:List*", "*:Describe*"], "*")],
  ["roles without a slash", "block", allow("iam:PutRolePolicy", iam("role*"))],
  ["service-linked roles", "pass", allow("iam:*", iam("role/aws-service-role/*"))],
  ["role/app-*, policy/app-*", "pass", allow("iam:*", [iam("role/app-*"), iam("policy/app-*")])],
  ["nothing visible before the star", "block", allow("\u200b*", "*")],
  ["a star that is none", "pass", allow("\uff0a", "*")],

  // ARNs of fewer than six fields, which match in one way or another
  ["arn:*:*", "block", allow("*", "arn:*:*")],
  ["arn:aws:iam, which stands for all of IAM", "block", allow("*", "arn:aws:iam")],
  ["arn:aws:iam::123456789012", "block", allow("*", "arn:aws:iam::123456789012")],
  ["arn:*:user/*", "block", allow("iam:PutUserPolicy", "arn:*:user/*")],
  ["denied on arn:*:user/*, which may match no user", "block", [everything, deny("iam:*", "arn:*:user/*")]],
  ["denied on arn:aws:iam, which may match nothing", "block", [everything, deny("iam:*", "arn:aws:iam")]],
  ["denied on arn:aws:iam::*", "warn", [everything, deny("iam:*", "arn:aws:iam::*")]],
  [
    "denied but for arn:aws:iam, which may be all of IAM",
    "block",
    [allow("iam:?ttach*", "*"), { Effect: "Deny", Action: "iam:*Policy", NotResource: "arn:aws:iam" }],
  ],

  // NotAction, NotResource
  ["all but reading IAM", "block", not("Allow", ["iam:Get*", "iam:List*"])],
  ["all but nothing", "block", not("Allow", [])],
  ["no action", "pass", allow([], "*")],
  ["all but iam:* in upper case", "warn", not("Allow", "IAM:*")],
  ["all but users", "block", { Effect: "Allow", Action: "*", NotResource: iam("user/*") }],
  ["denied but for reading", "pass", [everything, not("Deny", "s3:Get*")]],
  ["denied but for IAM", "block", [everything, not("Deny", "iam:*")]],
  ["a Deny that is narrower", "block", [everything, deny("iam:Delete*", "*")]],
  [
    "halves of the alphabet",
    "block",
    ["abcdefghijklm", "nopqrstuvwxyz"].map((half) =>
      allow(
        "iam:PutUserPolicy",
        [...half].map((letter) => iam(`user/${letter}*`)),
      ),
    ),
  ],
  ["Resource and NotResource", "block", { ...allow("iam:*", "arn:aws:s3:::b"), NotResource: "arn:aws:s3:::b" }],

  // Conditions
  ["PrincipalOrgID IfExists", "block", under({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a" } })],
  ["tag of the target IfExists", "block", iamUnder({ StringEqualsIfExists: { "iam:ResourceTag/x": "y" } })],
  ["no session token: a long-term key", "block", under({ Null: { "aws:TokenIssueTime": "true" } })],
  [
    "ForAnyValue on a key IAM's escalations lack",
    "pass",
    iamUnder({ "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } }),
  ],
  ["through CloudFormation", "warn", iamUnder({ "ForAnyValue:StringEquals": { "aws:CalledVia": "x.amazonaws.com" } })],
  ["StringNotEquals of a Region", "block", under({ StringNotEquals: { "aws:RequestedRegion": "us-east-2" } })],
  ["all principals but some", "block", under({ StringNotLike: { "aws:PrincipalArn": "*:role/admin*" } })],
  ["ArnLike *", "block", under({ ArnLike: { "aws:PrincipalArn": "*" } })],
  ["ArnLike of all fields", "block", under({ ArnLike: { "aws:PrincipalArn": "arn:*:*:*:*:*" } })],
  ["since 2020", "block", under({ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })],
  ["age of the MFA", "block", under({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })],
  ["through a service", "warn", iamUnder({ Bool: { "aws:ViaAWSService": "true" } })],
  ["not through a service", "block", under({ Bool: { "aws:ViaAWSService": "false" } })],
  ["IPv6 from everywhere", "block", under({ IpAddress: { "aws:SourceIp": "::/0" } })],
  ["from outside the network", "block", under({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
  ["names in another case", "block", under({ stringlike: { "AWS:PrincipalArn": "*" } })],
  ["no object", "block", under("x")],
  ["no object within", "block", under({ StringEquals: "x" })],
  ["a Deny under what is no condition", "block", [everything, deny("*", "*", "x")]],
  ["a Deny under an operator without keys", "block", [everything, deny("*", "*", { StringEquals: "x" })]],

  // Shapes
  ["nested lists", "block", allow([[["*"]]], [[["*"]]])],
  ["Effect in a list", "block", { ...everything, Effect: ["Allow"] }],
  ["Effect twice", "block", { ...everything, Effect: "Deny", effect: "Allow" }],
  ["Effect as a number", "warn", { ...everything, Effect: 1 }],
  ["an object in the place of an action", "block", allow({ a: "*" }, "*")],

  // Variables
  ["a tag of the caller", "pass", allow("iam:PutRolePolicy", iam("role/${aws:PrincipalTag/team}-*"))],
  ["a tag that is * by default", "block", allow("iam:PutRolePolicy", iam("role/${aws:PrincipalTag/team, '*'}"))],
  ["a tag that is a name by default", "pass", allow("iam:PutRolePolicy", iam("role/${aws:PrincipalTag/team, 'a'}"))],
];

const allowAll = `"Effect":"Allow","Action":"*","Resource":"*"`;
const ownAccount = `{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::\${aws:PrincipalAccount}:*"}`;
const texts: [name: string, expected: Outcome, text: string][] = [
  [
    "letters as escapes",
    "block",
    String.raw`{"Statement":[{"\u0045ffect":"Allow","Action":"\u0069am:*","Resource":"*"}]}`,
  ],
  ["an action twice, the wider first", "block", `{"Statement":[{${allowAll},"Action":"s3:Get*"}]}`],
  ["an action twice, the wider last", "block", `{"Statement":[{"Action":"s3:Get*", ${allowAll}}]}`],
  ["an effect twice", "block", `{"Statement":[{${allowAll}, "Effect" : "Deny"}]}`],
  ["statements twice", "block", `{"Statement":[{${allowAll}}],"Statement":[]}`],
  [
    "a name twice in two objects",
    "pass",
    '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Sid":"a\\":"}]}',
  ],
  ["comments", "warn", `{ /* x */ "Statement":[{${allowAll}}]}`],
  ["percent-encoded", "warn", encodeURIComponent(`{"Statement":[{${allowAll}}]}`)],
  ["a list", "warn", `[{${allowAll}}]`],
  ["__proto__", "block", `{"__proto__":{},"Statement":[{"__proto__":{"Effect":"Deny"},${allowAll}}]}`],
  ["variables", "warn", `{"Version":"2012-10-17","Statement":[{${allowAll}},${ownAccount}]}`],
  [
    "variables, which the old version has not",
    "block",
    `{"Version":"2008-10-17","Statement":[{${allowAll}},${ownAccount}]}`,
  ],
  ["variables, which no version has not", "block", `{"Statement":[{${allowAll}},${ownAccount}]}`],
];

describe("iam-no-admin-wildcard: odd spellings", () => {
  for (const [name, expected, Statement] of cases) {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    it(`${expected}: ${name}`, () => assert.equal(outcome(policyType, { policy }), expected));
  }
  for (const [name, expected, policy] of texts) {
    it(`${expected}: as text, ${name}`, () => assert.equal(outcome(policyType, { policy }), expected));
  }

  it("names what AWS will not accept", () => {
    assert.match(messages(allow({ a: "*" }, "*")), /statement 1 has no Action/);
  });
});
