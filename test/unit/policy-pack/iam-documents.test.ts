import assert from "node:assert/strict";
import { type Outcome, outcome, results } from "./decide";

interface Terse {
  A?: unknown;
  NotA?: unknown;
  R?: unknown;
  NotR?: unknown;
  C?: unknown;
}

const allow = (statement: Terse) => full("Allow", statement);
const deny = (statement: Terse) => full("Deny", statement);

function full(Effect: string, { A, NotA, R, NotR, C }: Terse) {
  return { Effect, Action: A, NotAction: NotA, Resource: R, NotResource: NotR, Condition: C };
}

const user = (name: string): string => `arn:aws:iam::123456789012:user/${name}`;
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const everything = { A: "*", R: "*" };
const letters = [..."abcdefghijklmnopqrstuvwxyz"];

const cases: [name: string, expected: Outcome, statements: unknown][] = [
  // reference/policy-pack.md 6a
  ["i02 lists", "block", [allow({ A: ["*"], R: ["*"] })]],
  ["i04 *:*", "block", [allow({ A: "*:*", R: "*" })]],
  ["i06 IAM:* in upper case", "block", [allow({ A: "IAM:*", R: "*" })]],
  ["i08 wildcard on both sides, no colon", "block", [allow({ A: "*Policy*", R: "*" })]],
  ["i10 iam:?*", "block", [allow({ A: "iam:?*", R: "*" })]],
  ["i12 resource arn:*", "block", [allow({ A: "*", R: "arn:*" })]],
  ["i14 resource arn with five stars", "block", [allow({ A: "*", R: "arn:*:*:*:*:*" })]],
  ["i16 all of IAM", "block", [allow({ A: "*", R: "arn:aws:iam::*:*" })]],
  ["i18 two halves", "block", [allow({ A: "*", R: "arn:aws:iam::*" }), allow({ A: "*", R: "arn:aws:s3:::*" })]],
  ["i20 NotAction s3:*", "block", [allow({ NotA: "s3:*", R: "*" })]],
  ["i22 NotAction of nothing real", "block", [allow({ NotA: "nosuch:Thing", R: "*" })]],
  ["i24 NotAction, NotResource", "block", [allow({ NotA: "s3:*", NotR: "arn:aws:s3:::keep" })]],
  ["i26 all but IAM", "warn", [allow(everything), deny({ A: ["iam:*", "sts:*", "organizations:*"], R: "*" })]],
  [
    "i28 Deny under an odd condition",
    "block",
    [allow(everything), deny({ ...everything, C: { StringEquals: { "aws:RequestedRegion": "mars-1" } } })],
  ],
  ["i30 PrincipalArn like *", "block", [allow({ ...everything, C: { StringLike: { "aws:PrincipalArn": "*" } } })]],
  [
    "i32 halves of the address space",
    "block",
    [allow({ ...everything, C: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } })],
  ],
  [
    "i34 ForAllValues on an absent key",
    "block",
    [allow({ ...everything, C: { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } } })],
  ],
  ["i36 admin with MFA", "block", [allow({ ...everything, C: mfa })]],
  ["i38 empty condition", "block", [allow({ ...everything, C: {} })]],
  [
    "i40 PassRole, scoped",
    "pass",
    [
      allow({
        A: "iam:PassRole",
        R: "arn:aws:iam::123456789012:role/app-*",
        C: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      }),
    ],
  ],
  ["i42 one service, scoped", "pass", [allow({ A: "s3:*", R: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"] })]],
  [
    "i44 own keys",
    "pass",
    [allow({ A: ["iam:CreateAccessKey", "iam:DeleteAccessKey"], R: "arn:aws:iam::*:user/${aws:username}" })],
  ],
  ["i46 lower-case elements", "block", [{ effect: "Allow", action: "*", resource: "*" }]],
  ["i48 CreatePolicyVersion on all", "block", [allow({ A: "iam:CreatePolicyVersion", R: "*" })]],
  ["i50 blanks around the star", "block", [allow({ A: " * ", R: "*" })]],
  ["i52 Sid in between", "block", [{ Action: "*", Sid: "x", Effect: "Allow", Resource: "*" }]],

  // Actions
  ["each letter of iam replaced", "block", [allow({ A: "i?m:*", R: "*" })]],
  ["iam:* within a long list", "block", [allow({ A: ["s3:GetObject", "ec2:*", "iam:*"], R: "*" })]],
  ["iam:Put*Policy", "block", [allow({ A: "iam:Put*Policy", R: "*" })]],
  ["reading IAM", "pass", [allow({ A: ["iam:Get*", "iam:List*", "iam:GenerateCredentialReport"], R: "*" })]],
  ["PassRole alone on everything", "pass", [allow({ A: "iam:PassRole", R: "*" })]],
  ["PowerUserAccess", "warn", [allow({ NotA: ["iam:*", "organizations:*", "account:*"], R: "*" })]],
  ["NotAction that AWS would refuse (no colon)", "block", [allow({ NotA: "i*", R: "*" })]],
  ["NotAction with a padded iam:*", "block", [allow({ NotA: " iam:* ", R: "*" })]],
  ["NotAction without one escalation", "block", [allow({ NotA: "iam:CreateAccessKey", R: "*" })]],
  ["a service on everything", "pass", [allow({ A: "s3:*", R: "*" })]],
  ["everything on one service's resources", "pass", [allow({ A: "*", R: "arn:aws:s3:::bucket/*" })]],
  ["Action and NotAction at once", "block", [allow({ A: "s3:*", NotA: "s3:*", R: "*" })]],
  ["Action twice in different case", "block", [{ Effect: "Allow", Action: "s3:*", action: "iam:*", Resource: "*" }]],
  ["no Resource at all", "block", [allow({ A: "*" })]],
  ["no Action at all", "block", [allow({ R: "*" })]],
  ["effect in lower case", "block", [{ Effect: "allow", Action: "*", Resource: "*" }]],
  ["nested lists", "block", [[allow({ A: [["*"]], R: "*" })]]],

  // Resources
  ["every user of one account", "block", [allow({ A: "iam:AttachUserPolicy", R: user("*") })]],
  ["one user", "pass", [allow({ A: "iam:*", R: user("alice") })]],
  ["users below a path", "pass", [allow({ A: "iam:*", R: user("developers/*") })]],
  ["users with a prefix", "pass", [allow({ A: "iam:PutUserPolicy", R: user("dev-*") })]],
  ["users by every first letter", "block", [allow({ A: "iam:PutUserPolicy", R: letters.map((x) => user(`${x}*`)) })]],
  [
    "users by half the letters",
    "pass",
    [allow({ A: "iam:PutUserPolicy", R: letters.slice(0, 13).map((x) => user(`${x}*`)) })],
  ],
  ["user/?*", "block", [allow({ A: "iam:PutUserPolicy", R: "arn:aws:iam::*:user/?*" })]],
  ["another partition", "block", [allow({ A: "iam:*", R: "arn:aws-cn:iam::*:*" })]],
  ["any partition", "block", [allow({ A: "iam:*", R: "arn:aws*:iam::*:role/*" })]],
  ["the caller's own account", "block", [allow({ A: "iam:*", R: "arn:aws:iam::${aws:PrincipalAccount}:user/*" })]],
  ["a star spelt as a variable", "pass", [allow({ A: "iam:*", R: "arn:aws:iam::123456789012:user/${*}" })]],
  ["policies only, user action", "pass", [allow({ A: "iam:AttachUserPolicy", R: "arn:aws:iam::*:policy/*" })]],
  ["upper-case ARN prefix", "block", [allow({ A: "iam:*", R: "ARN:AWS:IAM::*:user/*" })]],
  ["all but one user", "block", [allow({ A: "iam:*", NotR: user("break-glass") })]],
  ["all but IAM resources", "warn", [allow({ A: "*", NotR: "arn:aws:iam::*" })]],
  ["Deny of IAM in this partition", "warn", [allow(everything), deny({ A: "*", R: "arn:aws:iam::*" })]],
  ["NotResource of nothing", "block", [allow({ A: "iam:*", NotR: [] })]],
  [
    "self, by NotResource in a Deny",
    "block",
    [allow({ A: "iam:*", R: "*" }), deny({ A: "*", NotR: "arn:aws:iam::*:user/${aws:username}" })],
  ],
  ["doubled stars", "block", [allow({ A: "**", R: "**" })]],
  ["*:* as a resource", "block", [allow({ A: "*", R: "*:*" })]],

  // Deny
  ["Deny of all", "pass", [allow(everything), deny(everything)]],
  ["Deny of IAM", "warn", [allow(everything), deny({ A: "iam:*", R: "*" })]],
  ["Deny of IAM on one user", "block", [allow(everything), deny({ A: "iam:*", R: user("root-like") })]],
  ["Deny of IAM on names with admin", "block", [allow({ A: "iam:*", R: "*" }), deny({ A: "*", R: user("*admin*") })]],
  ["Deny of one escalation", "block", [allow({ A: "iam:*", R: "*" }), deny({ A: "iam:CreateAccessKey", R: "*" })]],
  [
    "Deny of the only escalation",
    "pass",
    [allow({ A: "iam:CreateAccessKey", R: "*" }), deny({ A: "iam:Create*", R: "*" })],
  ],
  ["Deny by NotAction", "pass", [allow(everything), deny({ NotA: "s3:*", R: "*" })]],
  ["Deny in lower case does not count", "block", [allow(everything), { Effect: "deny", Action: "*", Resource: "*" }]],
  ["Deny with blanks does not count", "block", [allow(everything), deny({ A: " * ", R: "*" })]],
  ["Deny in another partition only", "block", [allow({ A: "iam:*", R: "*" }), deny({ A: "*", R: "arn:aws-cn:*" })]],
  [
    "two Denies that cover together",
    "pass",
    [
      allow({ A: "iam:PutUserPolicy", R: "*" }),
      deny({ A: "*", R: "arn:*:iam::*:user/a*" }),
      deny({ A: "*", NotR: "arn:*:iam::*:user/a*" }),
    ],
  ],
  [
    "Deny unless MFA (IfExists)",
    "block",
    [allow(everything), deny({ ...everything, C: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } })],
  ],
  [
    "Deny under a condition that never restricts",
    "pass",
    [allow(everything), deny({ ...everything, C: { StringLike: { "aws:PrincipalArn": "*" } } })],
  ],
  [
    "Deny from IPv4 only",
    "block",
    [allow(everything), deny({ ...everything, C: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })],
  ],
  [
    "Deny from everywhere",
    "pass",
    [allow(everything), deny({ ...everything, C: { IpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } } })],
  ],
  [
    "Deny ForAllValues on a key the request may have",
    "block",
    [
      allow(everything),
      deny({ ...everything, C: { "ForAllValues:StringEquals": { "aws:PrincipalTag/team": "shop" } } }),
    ],
  ],
  [
    "Deny ForAllValues on a key no such request has",
    "warn",
    [allow(everything), deny({ ...everything, C: { "ForAllValues:StringEquals": { "aws:TagKeys": "team" } } })],
  ],

  // Conditions
  [
    "MFA IfExists: a leaked key has no such key",
    "block",
    [allow({ ...everything, C: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } } })],
  ],
  ["Null on an absent key", "block", [allow({ A: "iam:*", R: "*", C: { Null: { "aws:TagKeys": "true" } } })]],
  ["Null on a key every request has", "pass", [allow({ ...everything, C: { Null: { "aws:PrincipalArn": "true" } } })]],
  ["from one office", "block", [allow({ ...everything, C: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })]],
  ["over TLS", "block", [allow({ A: "iam:*", R: "*", C: { Bool: { "aws:SecureTransport": "true" } } })]],
  [
    "within the organisation",
    "block",
    [allow({ A: "iam:*", R: "*", C: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })],
  ],
  [
    "IAM with a permissions boundary",
    "pass",
    [
      allow({
        A: "iam:PutUserPolicy",
        R: "*",
        C: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
      }),
    ],
  ],
  [
    "attaching one's own policies",
    "warn",
    [
      allow({
        A: "iam:AttachUserPolicy",
        R: "*",
        C: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/team/*" } },
      }),
    ],
  ],
  [
    "attaching any AWS policy",
    "block",
    [allow({ A: "iam:AttachUserPolicy", R: "*", C: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } } })],
  ],
  [
    "attaching anything but AdministratorAccess",
    "block",
    [
      allow({
        A: "iam:AttachUserPolicy",
        R: "*",
        C: { ArnNotEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" } },
      }),
    ],
  ],
  [
    "IAM under a key of another service",
    "pass",
    [allow({ A: "iam:PutUserPolicy", R: "*", C: { StringEquals: { "s3:x-amz-acl": "private" } } })],
  ],
  [
    "IAM in a Region where it is not",
    "pass",
    [allow({ A: "iam:*", R: "*", C: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } } })],
  ],
  [
    "IAM in the Region where it is",
    "block",
    [allow({ A: "iam:*", R: "*", C: { StringEquals: { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] } } })],
  ],
  [
    "tags of the target",
    "warn",
    [allow({ A: "iam:*", R: "*", C: { StringEquals: { "aws:ResourceTag/team": "shop" } } })],
  ],
  [
    "targets without a tag",
    "block",
    [allow({ A: "iam:*", R: "*", C: { StringNotEquals: { "aws:ResourceTag/protected": "yes" } } })],
  ],
  [
    "everything on tagged targets",
    "block",
    [allow({ ...everything, C: { StringEquals: { "aws:ResourceTag/team": "shop" } } })],
  ],
  ["no value at all", "pass", [allow({ ...everything, C: { StringEquals: { "aws:PrincipalArn": [] } } })]],
  ["MCP service actions", "warn", [allow({ ...everything, C: { Bool: { "aws:IsMcpServiceAction": "true" } } })]],
];

describe("iam-no-admin-wildcard: what a document grants", () => {
  for (const [name, expected, Statement] of cases) {
    it(`${expected}: ${name}`, () => {
      const text = JSON.stringify({ Version: "2012-10-17", Statement });
      assert.equal(outcome("aws:iam/policy:Policy", { policy: text }), expected);
    });
  }

  it("reads one statement like a list, and an object like its JSON", () => {
    const document = { Version: "2012-10-17", Statement: allow(everything) };
    for (const policy of [
      document,
      JSON.stringify(document),
      JSON.stringify(JSON.stringify(document)),
      `\uFEFF${JSON.stringify(document)}`,
    ]) {
      assert.equal(outcome("aws:iam/policy:Policy", { policy }), "block");
    }
  });

  it("accepts MFA where the configuration does, in the sound form only", () => {
    const config = { "iam-no-admin-wildcard": { allowAdminWithMfa: true } };
    const decide = (Statement: unknown): Outcome => outcome("aws:iam/policy:Policy", { policy: { Statement } }, config);
    const without = (operator: string) =>
      deny({ ...everything, C: { [operator]: { "aws:MultiFactorAuthPresent": "false" } } });
    assert.equal(decide([allow({ ...everything, C: mfa })]), "warn");
    assert.equal(decide([allow(everything), without("BoolIfExists")]), "warn");
    assert.equal(decide([allow(everything), without("Bool")]), "block");
    assert.equal(decide([allow(everything)]), "block");
  });

  it("accepts the condition keys named in the configuration, and no others beside them", () => {
    const config = { "iam-no-admin-wildcard": { acceptedConditionKeys: ["aws:SourceIp"] } };
    const office = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    const decide = (C: unknown): Outcome =>
      outcome("aws:iam/policy:Policy", { policy: { Statement: allow({ ...everything, C }) } }, config);
    assert.equal(decide(office), "warn");
    assert.equal(decide({ ...office, ...mfa }), "block");
    assert.equal(decide({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }), "block");
  });

  it("finds an administrator behind a thousand statements that say nothing about it", () => {
    const noise = Array.from({ length: 1000 }, (_, index) => deny({ A: "iam:*", R: `*${index}*a*b?c*` }));
    const narrow = Array.from({ length: 1000 }, (_, index) => allow({ A: "iam:*", R: user(`team-${index}/*`) }));
    const decide = (Statement: unknown): Outcome => outcome("aws:iam/policy:Policy", { policy: { Statement } });
    assert.equal(decide([...noise, allow(everything), ...noise]), "block");
    assert.equal(decide([...narrow, allow(everything)]), "block");
    assert.equal(decide(narrow), "pass");
  });

  it("says so when a document is beyond deciding", () => {
    const R = Array.from({ length: 1000 }, (_, index) => `*${index}*a*b?c*`);
    const [found] = results("aws:iam/policy:Policy", { policy: { Statement: allow({ A: "iam:*", R }) } });
    assert.match(found?.message ?? "", /^Could not be evaluated: the document has too many overlapping wildcards/);
  });
});
