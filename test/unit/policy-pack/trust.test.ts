import assert from "node:assert/strict";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

const role = "aws:iam/role:Role";
const allow = (Principal: unknown, Condition?: unknown, Action: unknown = "sts:AssumeRole") => ({
  Effect: "Allow",
  Principal,
  Action,
  Condition,
});
const deny = (Principal: unknown, Condition?: unknown, Action: unknown = "sts:*") => ({
  ...allow(Principal, Condition, Action),
  Effect: "Deny",
});
const everyone = { AWS: "*" };
const account = { AWS: "arn:aws:iam::123456789012:root" };
const organization = { "aws:PrincipalOrgID": "o-abcdefghij" };

const web = "sts:AssumeRoleWithWebIdentity";
const provider = (issuer: string) => ({ Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` });
const oidc = (issuer: string, operator = "", claims: Record<string, unknown> = {}) =>
  allow(
    provider(issuer),
    operator && {
      [operator]: Object.fromEntries(Object.entries(claims).map(([key, value]) => [`${issuer}:${key}`, value])),
    },
    web,
  );
const hub = "token.actions.githubusercontent.com";
const github = (operator?: string, claims?: Record<string, unknown>) => oidc(hub, operator, claims);

type Cases = [name: string, expected: Outcome, statements: unknown][];

const principals: Cases = [
  ["r21 a bare star", "block", allow("*")],
  ["r22 AWS star", "block", allow({ AWS: "*" })],
  ["a star in a list", "block", allow({ AWS: ["arn:aws:iam::123456789012:root", "*"] })],
  ["a star with blanks", "block", allow({ AWS: " * " })],
  ["elements in lower case", "block", { effect: "Allow", principal: { aws: "*" }, action: "sts:assumerole" }],
  ["r23 every account's root", "block", allow({ AWS: "arn:aws:iam::*:root" })],
  ["some accounts", "block", allow({ AWS: "arn:aws:iam::12345678901?:root" })],
  ["r27 NotPrincipal", "block", { Effect: "Allow", NotPrincipal: account, Action: "sts:AssumeRole" }],
  ["every action", "block", allow(everyone, undefined, "*")],
  ["NotAction", "block", { Effect: "Allow", Principal: everyone, NotAction: "s3:*" }],
  ["no action that assumes", "pass", allow(everyone, undefined, ["sts:TagSession", "sts:SetSourceIdentity"])],
  ["one account", "pass", allow(account)],
  ["a foreign account's id", "pass", allow({ AWS: "999999999999" })],
  ["any role of one account", "pass", allow({ AWS: "arn:aws:iam::123456789012:role/*" })],
  ["a service", "pass", allow({ Service: "lambda.amazonaws.com" })],
  ["services, cross-account", "pass", allow({ Service: ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] })],
  ["every service", "block", allow({ Service: "*" })],
  [
    "SAML",
    "pass",
    allow({ Federated: "arn:aws:iam::123456789012:saml-provider/Okta" }, undefined, "sts:AssumeRoleWithSAML"),
  ],
  ["SAML of any provider", "block", allow({ Federated: "*" }, undefined, "sts:AssumeRoleWithSAML")],
  ["second statement", "block", [allow(account), allow(everyone)]],
];

const conditions: Cases = [
  ["r24 the organization", "pass", allow("*", { StringEquals: organization })],
  ["any organization", "block", allow("*", { StringLike: { "aws:PrincipalOrgID": "o-*" } })],
  ["the organization, if there is one", "block", allow("*", { StringEqualsIfExists: organization })],
  ["the organization, for all values", "block", allow("*", { "ForAllValues:StringEquals": organization })],
  ["any organization but ours", "block", allow("*", { StringNotEquals: organization })],
  ["some organization", "block", allow("*", { Null: { "aws:PrincipalOrgID": "false" } })],
  [
    "a unit of the organization",
    "pass",
    allow("*", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-abcdefghij/r-1/ou-1/*" } }),
  ],
  ["r25 a role name", "block", allow("*", { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } })],
  [
    "a role of an account",
    "pass",
    allow("*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/x*" } }),
  ],
  ["StringLike *", "block", allow("*", { StringLike: { "aws:PrincipalArn": "*" } })],
  ["an account", "pass", allow("*", { StringEquals: { "aws:PrincipalAccount": "123456789012" } })],
  ["an account or any", "block", allow("*", { StringLike: { "aws:PrincipalAccount": ["123456789012", "*"] } })],
  ["r26 an external id", "warn", allow("*", { StringEquals: { "sts:ExternalId": "x" } })],
  ["an external id, if there is one", "block", allow("*", { StringEqualsIfExists: { "sts:ExternalId": "x" } })],
  ["any external id", "block", allow("*", { StringLike: { "sts:ExternalId": "*" } })],
  ["one's own external id in one's own account", "pass", allow(account, { StringEquals: { "sts:ExternalId": "x" } })],
  ["an address", "warn", allow("*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
  ["all addresses", "block", allow("*", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } })],
  ["all addresses but one", "block", allow("*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
  ["a VPC", "warn", allow("*", { StringEquals: { "aws:SourceVpc": "vpc-1" } })],
  ["MFA", "block", allow("*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })],
  ["their own account", "block", allow("*", { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } })],
  ["their own tag", "block", allow("*", { StringEquals: { "aws:PrincipalOrgID": "${aws:PrincipalTag/org}" } })],
  ["the role's account", "pass", allow("*", { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } })],
  ["the caller's org is ours", "pass", allow("*", { StringEquals: { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } })],
  ["the role's own org", "block", allow("*", { StringEquals: { "aws:ResourceOrgID": "o-abcdefghij" } })],
  ["TLS", "block", allow("*", { Bool: { "aws:SecureTransport": "true" } })],
  ["a tag of the caller", "block", allow("*", { StringEquals: { "aws:PrincipalTag/team": "shop" } })],
  ["a session name", "block", allow("*", { StringEquals: { "sts:RoleSessionName": "deploy" } })],
  ["a Region", "block", allow("*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } })],
  ["over", "pass", allow("*", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })],
  ["services only", "pass", allow("*", { Bool: { "aws:PrincipalIsAWSService": "true" } })],
  ["no condition at all", "block", allow("*", {})],
  [
    "two, of which one keeps out",
    "pass",
    allow("*", { Bool: { "aws:SecureTransport": "true" }, StringEquals: organization }),
  ],
  [
    "everyone of NotPrincipal, in the organization",
    "pass",
    { ...allow(undefined, { StringEquals: organization }), NotPrincipal: account },
  ],
];

const denials: Cases = [
  ["of everyone", "pass", [allow("*"), deny("*")]],
  ["of another action", "block", [allow("*"), deny("*", undefined, "sts:TagSession")]],
  ["of one account", "block", [allow("*"), deny(account)]],
  ["of all but one account", "pass", [allow("*"), { Effect: "Deny", NotPrincipal: account, Action: "sts:*" }]],
  ["of everyone outside the organization", "pass", [allow("*"), deny("*", { StringNotEquals: organization })]],
  [
    "of everyone outside, services aside",
    "pass",
    [
      allow("*"),
      deny("*", { StringNotEqualsIfExists: organization, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }),
    ],
  ],
  ["of names", "block", [allow("*"), deny("*", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } })]],
  ["without MFA", "block", [allow("*"), deny("*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } })]],
  ["without TLS", "block", [allow("*"), deny("*", { Bool: { "aws:SecureTransport": "false" } })]],
  [
    "elsewhere than the office",
    "warn",
    [allow("*"), deny("*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
  ],
  ["in lower case, which does not count", "block", [allow("*"), { ...deny("*"), Effect: "deny" }]],
  ["of other repositories", "pass", [github(), deny("*", { StringNotLike: { [`${hub}:sub`]: "repo:org/repo:*" } })]],
];

const aud = { aud: "sts.amazonaws.com" };
const federated: Cases = [
  ["r28 GitHub without a sub", "block", github("StringEquals", aud)],
  ["GitHub without any condition", "block", github()],
  ["r29 repo:*", "block", github("StringLike", { sub: "repo:*" })],
  ["*", "block", github("StringLike", { sub: "*" })],
  ["any owner", "block", github("StringLike", { ...aud, sub: "repo:*/shop:*" })],
  ["owners that begin alike", "block", github("StringLike", { sub: "repo:shop*" })],
  ["any branch main", "block", github("StringLike", { sub: "*:ref:refs/heads/main" })],
  ["one of two is open", "block", github("StringLike", { sub: ["repo:org/repo:*", "repo:*"] })],
  ["every sub but one", "block", github("StringNotLike", { sub: "repo:evil/*" })],
  ["an environment of any repository", "block", github("StringEquals", { environment: "production" })],
  ["r30 one branch", "pass", github("StringEquals", { ...aud, sub: "repo:org/repo:ref:refs/heads/main" })],
  ["one repository", "pass", github("StringLike", { sub: "repo:org/repo:*" })],
  ["one organization", "pass", github("StringLike", { sub: "repo:org/*" })],
  ["one repository, for all values", "pass", github("ForAllValues:StringLike", { sub: "repo:org/repo:*" })],
  ["one repository by its id", "pass", github("StringEquals", { repository_id: "1" })],
  ["a sub known only at up", "pass", github("StringEquals", { sub: unknown })],
  ["a pattern known only at up", "unknown", github("StringLike", { sub: `repo:${unknown}` })],
  ["the action that does not fit", "pass", { ...github(), Action: "sts:AssumeRoleWithSAML" }],
  ["GitLab.com without a sub", "block", oidc("gitlab.com", "StringEquals", { aud: "https://gitlab.com" })],
  [
    "GitLab.com, any group",
    "block",
    oidc("gitlab.com", "StringLike", { sub: "project_path:*:ref_type:branch:ref:main" }),
  ],
  ["GitLab.com, one group", "pass", oidc("gitlab.com", "StringLike", { sub: "project_path:group/*" })],
  ["one's own GitLab", "pass", oidc("gitlab.example.com", "StringEquals", { aud: "x" })],
  ["HCP Terraform without a sub", "block", oidc("app.terraform.io", "StringEquals", { aud: "aws.workload.identity" })],
  ["HCP Terraform, one organization", "pass", oidc("app.terraform.io", "StringLike", { sub: "organization:shop:*" })],
  [
    "HCP Terraform, organizations alike",
    "block",
    oidc("app.terraform.io", "StringLike", { sub: "organization:shop*" }),
  ],
  [
    "Bitbucket, any repository of the workspace",
    "warn",
    oidc("api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc"),
  ],
  [
    "Bitbucket, one repository",
    "pass",
    oidc("api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", "StringLike", { sub: "{0d1b}:*" }),
  ],
  ["an EKS cluster", "pass", oidc("oidc.eks.eu-west-1.amazonaws.com/id/ABC", "StringEquals", { sub: "system:x" })],
  ["Cognito without a pool", "block", allow({ Federated: "cognito-identity.amazonaws.com" }, undefined, web)],
  [
    "Cognito with its pool",
    "pass",
    allow(
      { Federated: "cognito-identity.amazonaws.com" },
      { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" } },
      web,
    ),
  ],
  ["Google without an application", "block", allow({ Federated: "accounts.google.com" }, undefined, web)],
  ["whatever provider", "block", allow({ Federated: "*" }, undefined, web)],
  ["anyone's web identity", "block", allow("*", undefined, web)],
  [
    "anyone's web identity, one repository",
    "pass",
    allow("*", { StringLike: { [`${hub}:sub`]: "repo:org/repo:*" } }, web),
  ],
];

const sentinel = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";
const sessionOf = (name: string) => ({
  ...oidc(sentinel),
  Condition: { StringEquals: { "sts:RoleSessionName": name, [`${sentinel}:aud`]: "api://1" } },
});
const auditLog = "oidc-configuration.audit-log.githubusercontent.com";
const turbonomic = "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7";

/** AWS's list of shared issuers has these too. */
const otherIssuers: Cases = [
  ["GitHub's older issuer without a sub", "block", oidc("vstoken.actions.githubusercontent.com", "StringEquals", aud)],
  ["GitHub audit logs of anyone", "block", oidc(auditLog, "StringEquals", aud)],
  ["GitHub audit logs of one", "pass", oidc(auditLog, "StringEquals", { sub: "https://github.com/shop" })],
  ["GitHub audit logs alike", "block", oidc(auditLog, "StringLike", { sub: "https://github.com/shop*" })],
  ["Sentinel of anyone", "block", oidc(sentinel, "StringEquals", { aud: "api://1" })],
  ["Sentinel of one workspace", "pass", sessionOf("MicrosoftSentinel_1234")],
  ["another session name", "block", sessionOf("deploy")],
  ["DVC Studio without a sub", "block", oidc("studio.datachain.ai/api")],
  ["DVC Studio, one team", "pass", oidc("studio.datachain.ai/api", "StringLike", { sub: "credentials:team/*" })],
  ["Shisho without a sub", "block", oidc("tokens.cloud.shisho.dev")],
  ["Upbound, one account", "pass", oidc("proidc.upbound.io", "StringLike", { sub: "mcp:shop/cp:provider:*" })],
  ["Turbonomic without a sub", "block", oidc(turbonomic)],
  ["sandboxes.cloud with its aud", "pass", oidc("sandboxes.cloud", "StringEquals", { aud: "shop" })],
];

const unknowns: Cases = [
  ["what follows the owner", "pass", github("StringLike", { sub: `repo:org/${unknown}:*` })],
  ["the end of the owner", "unknown", github("StringLike", { sub: `repo:org${unknown}` })],
  ["the whole document", "unknown", unknown],
  ["a principal", "unknown", allow({ AWS: unknown })],
  ["a principal's account", "unknown", allow({ AWS: `arn:aws:iam::${unknown}:root` })],
  ["a principal's name", "pass", allow({ AWS: `arn:aws:iam::123456789012:role/${unknown}` })],
  ["a principal beside a star", "block", allow({ AWS: [unknown, "*"] })],
  ["a part of a service", "pass", allow({ Service: `ec2.${unknown}` })],
  ["the organization", "pass", allow("*", { StringEquals: { "aws:PrincipalOrgID": unknown } })],
  ["a condition", "unknown", allow("*", unknown)],
  ["a Deny", "unknown", [allow("*"), deny(unknown)]],
  ["a Deny elsewhere", "block", [allow("*"), deny(unknown, undefined, "sts:TagSession")]],
  ["an effect", "unknown", { ...allow("*"), Effect: unknown }],
  ["an action", "unknown", allow("*", undefined, unknown)],
];

const groups = { principals, conditions, denials, federated, otherIssuers, unknowns };

describe("iam-no-public-trust", () => {
  for (const [group, cases] of Object.entries(groups)) {
    describe(group, () => {
      for (const [name, expected, Statement] of cases) {
        it(`${expected}: ${name}`, () => {
          const document = Statement === unknown ? unknown : { Version: "2012-10-17", Statement };
          const native = outcome("aws-native:iam:Role", { assumeRolePolicyDocument: document });
          const text = Statement === unknown ? unknown : JSON.stringify(document);
          assert.deepEqual([outcome(role, { assumeRolePolicy: text }), native], [expected, expected]);
        });
      }
    });
  }

  it("names the statement, the principal, and what does not restrict, but no value", () => {
    const Statement = [
      allow(account),
      { ...allow("*", { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/secret-name" } }), Sid: "Open" },
    ];
    const [found] = results(role, { assumeRolePolicy: JSON.stringify({ Statement }) });
    assert.match(found!.message, /^Anyone with an AWS account can assume this role\.\n/);
    assert.match(found!.message, /Where: assumeRolePolicy: Statement\[1\]\.Principal\n/);
    assert.match(
      found!.message,
      /statement 2 \(Sid Open\) allows sts:AssumeRole to every AWS principal; StringLike aws:pr/,
    );
    assert.ok(!found!.message.includes("secret-name"));
    assert.ok(found!.message.split("\n").length <= 5);
  });

  it("says what a stranger needs, and how to bind a claim", () => {
    const [found] = results(role, { assumeRolePolicy: JSON.stringify({ Statement: github() }) });
    assert.match(found!.message, /^Anyone with a GitHub repository can assume/);
    assert.match(found!.message, /Fix: .*repo:my-org\/my-repo/);
  });

  it("warns of what is no trust policy, and never throws", () => {
    for (const assumeRolePolicy of ["{", "[]", { Statement: allow(undefined) }]) {
      assert.equal(outcome(role, { assumeRolePolicy }), "warn");
    }
    for (const assumeRolePolicy of [7, true, { Statement: allow(7) }, { Statement: allow([{}, [null]]) }]) {
      assert.doesNotMatch(results(role, { assumeRolePolicy })[0]?.message ?? "", /internal error/);
    }
    assert.equal(outcome(role, { assumeRolePolicy: "" }), "pass");
  });
});
