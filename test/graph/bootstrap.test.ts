import assert from "node:assert/strict";
import { type Plan } from "../../operations/preview/plan/plan";
import { bothForges, bootstrapPlan } from "../support/bootstrap";

const github = { github: { repository: "acme/security" } };

interface Statement {
  Sid: string;
  Principal: { Federated: string };
  Condition: Record<string, Record<string, string | string[]>>;
}

/** The statements of a role's trust policy. */
function trust({ resources }: Plan, role: "preview" | "apply"): Statement[] {
  const found = resources.find(({ name }) => name === `ci-${role}-role`);
  return (JSON.parse(found?.inputs["assumeRolePolicy"] as string) as { Statement: Statement[] }).Statement;
}

describe("the bootstrap program", () => {
  let plan: Plan;
  before(async () => (plan = await bootstrapPlan()));

  it("passes our own policies; what they remark on is known, and meant", () => {
    assert.deepEqual(
      plan.policies.map(({ level, certainty, policy, resource }) => [level, certainty, policy, resource]),
      [
        // The policy on MFA is attached to groups of the settings, whose names nobody knows; it is the only one that may be.
        ["advisory", "violation", "iam-no-admin-wildcard", "ci-iam-writes-policy"],
        // AWSDenyAll is the only policy that the response to a leaked key may attach to a role or a user.
        ["advisory", "violation", "iam-no-admin-wildcard", "ci-roles-boundary-policy"],
        ["advisory", "violation", "iam-no-admin-wildcard", "ci-wall-policy"],
        // They name the key of the state, whose ARN is AWS's.
        ["advisory", "unknown", "iam-no-admin-wildcard", "ci-apply-state"],
        ["advisory", "unknown", "iam-no-admin-wildcard", "ci-preview-state"],
      ],
    );
  });

  it("lets pull requests and the branch preview, and one environment apply: this repository, word for word", () => {
    const claim = (statement: Statement | undefined) =>
      statement?.Condition["StringEquals"]?.["token.actions.githubusercontent.com:sub"];
    assert.deepEqual(claim(trust(plan, "preview")[0]), [
      "repo:acme/security:pull_request",
      "repo:acme/security:ref:refs/heads/main",
    ]);
    assert.deepEqual(claim(trust(plan, "apply")[0]), ["repo:acme/security:environment:prod"]);
  });

  it("has no wildcard in any trust policy but for the branch of a GitLab merge request", () => {
    const values = (["preview", "apply"] as const).flatMap((role) =>
      trust(plan, role).flatMap(({ Condition }) =>
        Object.values(Condition).flatMap((each) => Object.values(each).flat()),
      ),
    );
    assert.deepEqual(
      values.filter((value) => /[*?]/.test(value)),
      ["project_path:acme/security:ref_type:branch:ref:*"],
    );
    assert.deepEqual(trust(plan, "apply")[1]?.Condition["StringEquals"]?.["gitlab.com:sub"], [
      "project_path:acme/security:ref_type:branch:ref:main",
    ]);
  });

  it("asks for the audience in every trust policy", () => {
    for (const role of ["preview", "apply"] as const) {
      for (const { Condition } of trust(plan, role)) {
        const audiences = Object.entries(Condition["StringEquals"] ?? {}).filter(([key]) => key.endsWith(":aud"));
        assert.deepEqual(
          audiences.map(([, value]) => value),
          ["sts.amazonaws.com"],
        );
      }
    }
  });

  it("ties the roles to the repository's number, so that a name taken over gets nothing", async () => {
    const numbered = await bootstrapPlan({ github: { repository: "acme/security", repositoryId: "123" } });
    for (const role of ["preview", "apply"] as const) {
      const claims = trust(numbered, role)[0]?.Condition["StringEquals"];
      assert.equal(claims?.["token.actions.githubusercontent.com:repository_id"], "123");
    }
  });

  it("knows the subjects with numbers, which every newer repository has", async () => {
    const numbers = { repositoryId: "456", ownerId: "123" };
    const numbered = await bootstrapPlan({ github: { repository: "acme/security", ...numbers } });
    const claim = (role: "preview" | "apply") =>
      trust(numbered, role)[0]?.Condition["StringEquals"]?.["token.actions.githubusercontent.com:sub"];
    assert.deepEqual(claim("preview"), [
      "repo:acme/security:pull_request",
      "repo:acme@123/security@456:pull_request",
      "repo:acme/security:ref:refs/heads/main",
      "repo:acme@123/security@456:ref:refs/heads/main",
    ]);
    assert.deepEqual(claim("apply"), [
      "repo:acme/security:environment:prod",
      "repo:acme@123/security@456:environment:prod",
    ]);
  });

  it("applies from the branch only, though GitHub makes an environment for whoever names one", () => {
    const ref = "token.actions.githubusercontent.com:ref";
    assert.equal(trust(plan, "apply")[0]?.Condition["StringEquals"]?.[ref], "refs/heads/main");
    assert.equal(trust(plan, "preview")[0]?.Condition["StringEquals"]?.[ref], undefined);
  });

  it("lets whoever proposes a change read no more than what it names", () => {
    const attached = plan.resources.filter(({ name, type }) => /preview/.test(name) && /Attachment/.test(type));
    assert.deepEqual(
      attached.map(({ inputs }) => inputs["policyArn"]),
      ["arn:aws:iam::123456789012:policy/ci-baseline-reads"],
    );
  });

  it("bounds the apply role, and tags what takes tags", () => {
    const apply = plan.resources.find(({ name }) => name === "ci-apply-role");
    assert.equal(apply?.inputs["permissionsBoundary"], "arn:aws:iam::123456789012:policy/ci-baseline-apply-boundary");
    assert.equal(apply?.inputs["maxSessionDuration"], 3600);
    for (const { type, name, inputs } of plan.resources) {
      if (/:(Role|Policy|Key|Bucket|OpenIdConnectProvider)$/.test(type)) {
        assert.equal((inputs["tags"] as Record<string, string>)["baseline:control"], "Bootstrap", name);
      }
    }
  });

  it("keeps what holds the state from being deleted by mistake", () => {
    const kept = plan.resources.filter(({ protect }) => protect).map(({ name }) => name);
    const parts = ["encryption", "lifecycle", "ownership", "policy", "public-access-block", "versioning"];
    const store = ["bucket", ...parts].map((part) => `state-store-${part}`);
    assert.deepEqual(kept.sort(), ["state-key", "state-key-alias", ...store].sort());
  });

  const made: [what: string, settings: Record<string, unknown>, types: Record<string, number>][] = [
    ["both forges", bothForges, { OpenIdConnectProvider: 2, Bucket: 1 }],
    ["GitHub alone", github, { OpenIdConnectProvider: 1, Bucket: 1 }],
    [
      "a provider the account has already",
      {
        github: {
          repository: "acme/security",
          providerArn: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        },
      },
      { OpenIdConnectProvider: 0, Bucket: 1 },
    ],
    ["state in Pulumi Cloud", { ...github, state: { create: false } }, { OpenIdConnectProvider: 1, Bucket: 0, Key: 0 }],
    ["a bucket there is", { ...github, state: { create: false, bucket: "states" } }, { Bucket: 0, Key: 0 }],
  ];
  for (const [what, settings, types] of made) {
    it(`makes what is needed for ${what}, and passes the policies`, async () => {
      const { resources, summary } = await bootstrapPlan(settings);
      const count = (type: string) => resources.filter((each) => each.type.endsWith(`:${type}`)).length;
      assert.deepEqual(Object.fromEntries(Object.keys(types).map((type) => [type, count(type)])), types);
      assert.equal(summary.mandatory, 0);
    });
  }

  it("reaches only the folder of the bucket that the state is in", async () => {
    const state = { create: false, bucket: "states", prefix: "security/prod" };
    const { resources } = await bootstrapPlan({ ...github, state });
    const policy = resources.find(({ name }) => name === "ci-preview-state")?.inputs["policy"] as string;
    assert.match(policy, /"Action":"s3:GetObject","Resource":"arn:aws:s3:::states\/security\/prod\/\.pulumi\/\*"/);
  });
});
