import assert from "node:assert/strict";
import { decodedDocument } from "../../../../operations/account/identity/documents";
import { type HeldDocument } from "../../../../operations/account/identity/model";
import { type Power, verdictOn } from "../../../../operations/account/identity/verdict";

type Statement = Record<string, unknown>;

const allow = (Action: string | string[], Resource = "*", more: Statement = {}): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const everything = allow("*");
const mfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

function held(source: string, statements: Statement[] | undefined, arn?: string): HeldDocument {
  const text = encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  return {
    source,
    via: "attached",
    ...(arn !== undefined && { arn }),
    ...(statements && { document: decodedDocument(text, source) }),
  };
}

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;

interface Case {
  name: string;
  policies: HeldDocument[];
  boundary?: HeldDocument;
  isRole?: boolean;
  kind: Power;
  by?: string;
  sources?: string[];
  limited?: true;
}

const cases: Case[] = [
  { name: "nobody", policies: [], kind: "none" },
  { name: "a reader", policies: [held("inline policy r", [allow("s3:GetObject")])], kind: "none" },
  {
    name: "a wildcard, wherever it stands",
    policies: [held("policy Reader", [allow("s3:Get*")]), held("inline policy all", [everything])],
    kind: "administrator",
    by: "wildcard",
    sources: ["inline policy all"],
  },
  {
    name: "AdministratorAccess",
    policies: [held("policy AdministratorAccess", [everything], aws("AdministratorAccess"))],
    kind: "administrator",
    by: "aws-managed-policy",
  },
  {
    name: "AdministratorAccess whose text cannot be read",
    policies: [held("policy AdministratorAccess", undefined, aws("AdministratorAccess"))],
    kind: "administrator",
    by: "aws-managed-policy",
  },
  {
    name: "one IAM action that is enough",
    policies: [held("inline policy a", [allow("iam:AttachUserPolicy")])],
    kind: "administrator",
    by: "wildcard",
  },
  {
    name: "an administrator who is denied everything",
    policies: [
      held("policy AdministratorAccess", [everything], aws("AdministratorAccess")),
      held("inline policy q", [{ Effect: "Deny", Action: "*", Resource: "*" }]),
    ],
    kind: "none",
  },
  {
    name: "an administrator with MFA, who is one still",
    policies: [held("inline policy a", [allow("*", "*", mfa)])],
    kind: "administrator",
    by: "wildcard",
  },
  {
    name: "a role passed to a new function",
    policies: [
      held("inline policy a", [allow("iam:PassRole")]),
      held("policy b", [allow(["lambda:CreateFunction", "lambda:InvokeFunction"])]),
    ],
    kind: "escalation",
    sources: ["inline policy a", "policy b"],
  },
  {
    name: "a role that may write its caller's own user, which it has none of",
    policies: [held("inline policy a", [allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}")])],
    isRole: true,
    kind: "none",
  },
  {
    name: "a power user",
    policies: [held("policy p", [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }])],
    kind: "all-but-iam",
  },
  { name: "a policy that cannot be read", policies: [held("policy own", undefined)], kind: "unknown" },
  {
    name: "an administrator within a boundary of reading",
    policies: [held("inline policy all", [everything])],
    boundary: held("permissions boundary B", [allow("s3:Get*")]),
    kind: "none",
    by: "wildcard",
    limited: true,
  },
  {
    name: "an administrator within a boundary that bounds nothing",
    policies: [held("inline policy all", [everything])],
    boundary: held("permissions boundary B", [everything]),
    kind: "administrator",
    by: "wildcard",
  },
  {
    name: "an administrator within a boundary that cannot be read",
    policies: [held("inline policy all", [everything])],
    boundary: held("permissions boundary B", undefined),
    kind: "administrator",
    by: "wildcard",
  },
];

describe("identity: what policies amount to", () => {
  for (const { name, policies, boundary, isRole = false, kind, by, sources, limited } of cases) {
    it(`${name}: ${kind}`, () => {
      const verdict = verdictOn({ policies, isRole, ...(boundary && { boundary }) });
      assert.equal(verdict.kind, kind, JSON.stringify(verdict));
      assert.equal(verdict.by, by);
      assert.equal(verdict.limitedBy !== undefined, limited === true);
      if (sources) assert.deepEqual(verdict.sources, sources);
    });
  }

  it("tells no values of conditions", () => {
    const secret = { Condition: { StringEquals: { "aws:PrincipalTag/team": "topsecret" } } };
    const verdict = verdictOn({ policies: [held("inline policy a", [allow("*", "*", secret)])], isRole: false });
    assert.doesNotMatch(JSON.stringify(verdict), /topsecret/);
    assert.match(verdict.witness, /statement 1/);
  });
});
