import assert from "node:assert/strict";
import { escalations } from "../../../policy-pack/iam/escalation";
import { passRolePaths, takeoverPaths } from "../../../policy-pack/iam/escalation-paths";
import { unknownString as unknown } from "../../../policy-pack/values";
import { allow, deny, policyType, results } from "./decide";

const id = "iam-no-privilege-escalation";
const own = (Statement: unknown, config = {}) =>
  results(policyType, { policy: { Statement } }, { [id]: config }).filter(({ policyId }) => policyId === id);

type Expected = "found" | "unknown" | "none";
function decide(Statement: unknown, config = {}): Expected {
  const [found] = own(Statement, config);
  return found === undefined ? "none" : found.certainty === "violation" ? "found" : "unknown";
}

const pass = (to: unknown, resource = "*", operator = "StringEquals") =>
  allow("iam:PassRole", resource, { [operator]: { "iam:PassedToService": to } });
const lambda = ["lambda:CreateFunction", "lambda:InvokeFunction"];
const update = "lambda:UpdateFunctionCode";
const fn = (name: string, region = "*"): string => `arn:aws:lambda:${region}:*:function:${name}`;
const letters = [..."abcdefghijklmnopqrstuvwxyz"];

const cases: [name: string, expected: Expected, statements: unknown][] = [
  // Passing a role
  ["PassRole and a function", "found", allow(["iam:PassRole", ...lambda], "*")],
  ["in three statements", "found", [allow("iam:PassRole", "*"), ...lambda.map((each) => allow(each, "*"))]],
  ["by wildcards", "found", [allow("iam:Pass*", "*"), allow("lambda:*", "*")]],
  ["by NotAction", "found", [allow("iam:PassRole", "*"), { Effect: "Allow", NotAction: "s3:*", Resource: fn("*") }]],
  ["PassRole alone", "none", allow("iam:PassRole", "*")],
  ["a function alone", "none", allow(lambda, "*")],
  ["without invoking", "none", allow(["iam:PassRole", "lambda:CreateFunction"], "*")],
  ["one role", "none", [allow("iam:PassRole", "arn:aws:iam::123456789012:role/app"), allow("lambda:*", fn("app-*"))]],
  ["roles with a prefix", "none", [allow("iam:PassRole", "arn:aws:iam::*:role/app-*"), allow(lambda, "*")]],
  [
    "roles by every first letter",
    "found",
    [
      allow(
        "iam:PassRole",
        letters.map((each) => `arn:aws:iam::*:role/${each}*`),
      ),
      allow(lambda, "*"),
    ],
  ],
  ["functions with a prefix, which are one's own", "found", [allow("iam:PassRole", "*"), allow(lambda, fn("dev-*"))]],
  ["functions of another service", "none", [allow("iam:PassRole", "*"), allow("lambda:*", "arn:aws:s3:::b/*")]],
  [
    "i40 passed to lambda, roles scoped",
    "none",
    [pass("lambda.amazonaws.com", "arn:aws:iam::1:role/app-*"), allow(lambda, "*")],
  ],
  ["passed to lambda", "found", [pass("lambda.amazonaws.com"), allow(lambda, "*")]],
  ["passed to lambda in China", "found", [pass("lambda.amazonaws.com.cn"), allow(lambda, "*")]],
  ["passed to any service", "found", [pass("*", "*", "StringLike"), allow(lambda, "*")]],
  ["passed to another service", "none", [pass("ec2.amazonaws.com"), allow(lambda, "*")]],
  ["passed to all but this one", "none", [pass("lambda.amazonaws.com", "*", "StringNotEquals"), allow(lambda, "*")]],
  [
    "passed to all but another",
    "found",
    [pass("ec2.amazonaws.com", "*", "StringNotEqualsIfExists"), allow(lambda, "*")],
  ],
  ["passed to two, ec2 among them", "found", [pass(["glue.amazonaws.com", "ec2.amazonaws.com"]), allow("ec2:*", "*")]],
  ["with MFA", "found", allow(["iam:PassRole", ...lambda], "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })],
  [
    "roles with a tag",
    "none",
    [allow("iam:PassRole", "*", { StringEquals: { "aws:ResourceTag/t": "x" } }), allow(lambda, "*")],
  ],
  [
    "in one Region",
    "found",
    [allow("iam:PassRole", "*"), allow(lambda, "*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } })],
  ],

  // Deny
  ["PassRole denied", "none", [allow(["iam:PassRole", ...lambda], "*"), deny("iam:PassRole", "*")]],
  [
    "PassRole denied for one role",
    "found",
    [allow(["iam:PassRole", ...lambda], "*"), deny("iam:PassRole", "arn:aws:iam::*:role/admin")],
  ],
  ["functions denied", "none", [allow(["iam:PassRole", ...lambda], "*"), deny("lambda:*", "*")]],
  [
    "all functions denied by their ARNs",
    "none",
    [allow(["iam:PassRole", ...lambda], fn("*")), deny("lambda:*", "arn:aws:lambda:*")],
  ],
  ["one function denied", "found", [allow(["iam:PassRole", ...lambda], "*"), deny("lambda:*", fn("prod"))]],
  [
    "just the functions granted are denied",
    "none",
    [allow("iam:PassRole", "*"), allow(lambda, fn("dev-*")), deny("lambda:*", fn("dev-*"))],
  ],
  [
    "invoking denied under a condition",
    "found",
    [
      allow(["iam:PassRole", ...lambda], "*"),
      deny("lambda:InvokeFunction", "*", { StringEquals: { "aws:PrincipalTag/t": "x" } }),
    ],
  ],
  [
    "passing to lambda denied",
    "none",
    [
      allow(["iam:PassRole", ...lambda], "*"),
      deny("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }),
    ],
  ],
  [
    "everything but IAM's own escalations",
    "found",
    [
      allow("*", "*"),
      deny(
        escalations.map(({ action }) => action),
        "*",
      ),
    ],
  ],

  // What exists already
  ["code of any function", "found", allow(update, "*")],
  ["code of any function of a Region", "found", allow(update, fn("*", "eu-west-1"))],
  ["code of functions with a prefix", "none", allow(update, fn("dev-*"))],
  ["code of any function but one", "found", [allow(update, "*"), deny(update, fn("prod"))]],
  ["code of no function", "none", [allow(update, "*"), deny(update, fn("*"))]],
  [
    "commands on any instance",
    "found",
    allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/*"]),
  ],
  [
    "commands on one instance",
    "none",
    allow("ssm:SendCommand", "arn:aws:ec2:eu-west-1:1:instance/i-0123456789abcdef0"),
  ],
  ["assuming any role", "found", allow("sts:AssumeRole", "*")],
  ["assuming any role of an account", "found", allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/*")],
  ["assuming one role", "none", allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/deploy")],
  ["reading", "none", allow(["lambda:Get*", "lambda:List*", "ec2:Describe*"], "*")],

  // One action
  ["rewriting policies", "found", allow("iam:CreatePolicyVersion", "*")],
  ["older versions", "found", allow("iam:SetDefaultPolicyVersion", "arn:aws:iam::*:policy/*")],
  ["oneself", "found", allow("iam:AttachUserPolicy", "arn:aws:iam::*:user/${aws:username}")],
  ["users below a path", "none", allow("iam:*", "arn:aws:iam::1:user/dev/*")],
  ["everything, which is no path", "none", allow("*", "*")],
  [
    "a power user, who is reported already",
    "none",
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" },
  ],

  // Unknown
  ["an unknown role", "unknown", [allow("iam:PassRole", unknown), allow(lambda, "*")]],
  [
    "an unknown role's name",
    "unknown",
    [allow("iam:PassRole", `arn:aws:iam::123456789012:role/${unknown}`), allow(lambda, "*")],
  ],
  ["an unknown service", "unknown", [pass(unknown), allow(lambda, "*")]],
  ["an unknown bucket", "none", [allow("s3:*", unknown), allow(lambda, "*")]],
  ["an unknown role beside all", "found", [allow("iam:PassRole", [unknown, "*"]), allow(lambda, "*")]],
  ["an unknown Deny", "unknown", [allow(["iam:PassRole", ...lambda], "*"), deny("iam:PassRole", unknown)]],
  ["a document that is unknown, reported once", "none", unknown],
];

describe("iam-no-privilege-escalation", () => {
  for (const [name, expected, Statement] of cases) {
    it(`${expected}: ${name}`, () => assert.equal(decide(Statement), expected));
  }

  for (const path of [...passRolePaths, ...takeoverPaths]) {
    it(`finds ${path.actions.join(" + ")}, and needs each`, () => {
      const statements = path.actions.map((action) => allow(action, "*"));
      const [found] = own(statements);
      assert.ok(found?.message.includes(path.actions.join(" + ").slice(0, 100)), found?.message);
      const shorter = [...passRolePaths, ...takeoverPaths].filter(
        ({ actions }) => actions.length < path.actions.length,
      );
      for (const left of path.actions) {
        const rest = path.actions.filter((action) => action !== left);
        const stillOne = shorter.some(({ actions }) => actions.every((action) => rest.includes(action)));
        const without = decide([allow(rest, "*")]);
        assert.equal(without, stillOne ? "found" : "none", `without ${left}`);
      }
    });
  }

  for (const { action } of escalations) {
    it(`finds ${action}`, () => assert.equal(decide(allow(action, "*")), "found"));
  }

  it("spells the path out, with its statements", () => {
    const [found] = own([allow("s3:*", "*"), { ...allow("iam:PassRole", "*"), Sid: "Pass" }, allow(lambda, "*")]);
    assert.equal(found?.level, "advisory");
    assert.match(
      found.message,
      /^Lets its holder run a new function as any role: iam:PassRole \+ lambda:CreateFunction \+ lambda:/,
    );
    assert.match(found.message, /Where: policy: Statement\[1\], policy: Statement\[2\]\n/);
    assert.match(found.message, /Why: statement 2 \(Sid Pass\), statement 3 together allow it\n/);
    assert.ok(found.message.split("\n").length <= 5);
  });

  it("names a condition that leaves the path open", () => {
    const [found] = own(allow(["iam:PassRole", ...lambda], "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }));
    assert.match(found?.message ?? "", /under condition Bool aws:multifactorauthpresent/);
  });

  it("blocks where it is raised, and leaves out what exists where it is told to", () => {
    assert.equal(own(allow("ec2:*", "*"), { enforcementLevel: "mandatory" })[0]?.level, "mandatory");
    assert.equal(decide(allow(update, "*"), { existingWorkloads: false }), "none");
    assert.equal(decide(allow(["iam:PassRole", ...lambda], "*"), { existingWorkloads: false }), "found");
  });

  it("finds a path behind noise, and says so when there is only noise", () => {
    const noise = Array.from({ length: 400 }, (_, index) => `*${index}*a*b?c*`);
    const granted = [
      allow(
        "iam:PassRole",
        letters.map((each) => `arn:aws:iam::*:role/${each}*`),
      ),
      allow(lambda, "*"),
    ];
    assert.equal(decide([...granted, allow("iam:PassRole", noise)]), "found");
    const [found] = own([allow("iam:PassRole", noise), allow(lambda, "*")]);
    assert.match(found?.message ?? "", /^Escalation could not be evaluated/);
  });

  it("takes the inline policies of one principal together", () => {
    const inlinePolicies = [allow("iam:PassRole", "*"), allow(lambda, "*")].map((Statement) => ({
      policy: { Statement },
    }));
    const [found] = results("aws:iam/role:Role", { inlinePolicies });
    assert.match(
      found?.message ?? "",
      /Where: inlinePolicies\[0\]\.policy: Statement, inlinePolicies\[1\]\.policy: Statement\nWhy: 2 statements together/,
    );
  });
});
