import assert from "node:assert/strict";
import { join } from "node:path";
import { bootstrapProject } from "../support/bootstrap";
import { practice, type Practice } from "../support/practice";
import { root } from "../support/graph";

describe("the bootstrap program in the practice account", function () {
  this.timeout(120_000);
  let stage: Practice;
  before(async () => {
    stage = await practice(join(root, "dist"), { github: { repository: "acme/security" } }, bootstrapProject);
  });
  after(() => stage?.end());

  it("is applied, finds nothing to do the second time, and no drift", async () => {
    const first = await stage.host.up("bootstrap/index");
    assert.equal(first.outcome, "done", JSON.stringify(first.findings));
    const again = await stage.host.up("bootstrap/index");
    assert.deepEqual(
      again.steps.filter(({ op }) => op !== "same").map(({ name, op }) => [name, op]),
      [],
    );
    const drifted = (await stage.host.refresh()).filter(({ state }) => state !== "same");
    assert.deepEqual(drifted, []);
  });

  it("leaves two roles, each with what it needs and the walls around it", async () => {
    const iam = stage.aws.iam();
    const { Role: apply } = await iam.getRole({ RoleName: "ci-baseline-apply" });
    assert.match(apply?.PermissionsBoundary?.PermissionsBoundaryArn ?? "", /policy\/ci-baseline-apply-boundary$/);
    const attached = async (RoleName: string) =>
      ((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies ?? [])
        .map(({ PolicyName }) => PolicyName)
        .sort();
    assert.deepEqual(await attached("ci-baseline-preview"), ["ci-baseline-reads"]);
    assert.deepEqual(await attached("ci-baseline-apply"), [
      "ci-baseline-iam-writes",
      "ci-baseline-limited-writes",
      "ci-baseline-reads",
      "ci-baseline-writes",
    ]);
    const { OpenIDConnectProviderList: providers = [] } = await iam.listOpenIDConnectProviders({});
    assert.deepEqual(
      providers.map(({ Arn }) => Arn?.split("/").at(-1)),
      ["token.actions.githubusercontent.com"],
    );
  });

  it("names the key of the state, once it is there, in what the roles may decrypt", async () => {
    const { PolicyDocument = "" } = await stage.aws
      .iam()
      .getRolePolicy({ RoleName: "ci-baseline-preview", PolicyName: "state" });
    assert.match(
      decodeURIComponent(PolicyDocument),
      /"Sid":"OpenState"[^}]*"Resource":"arn:aws:kms:us-east-1:\d{12}:key\//,
    );
  });
});
