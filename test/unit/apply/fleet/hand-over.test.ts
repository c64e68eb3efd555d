import assert from "node:assert/strict";
import Ajv from "ajv";
import { parseAllDocuments } from "yaml";
import { type FleetAccount } from "../../../../operations/apply/fleet/account";
import { accountConfig } from "../../../../operations/apply/fleet/account-settings";
import { parseAccounts } from "../../../../operations/apply/fleet/accounts-file";
import { deploymentSettings } from "../../../../operations/apply/fleet/export-deployments";
import { operatorStacks } from "../../../../operations/apply/fleet/export-operator";
import { exportSource, requireOrganization } from "../../../../operations/apply/fleet/export-source";
import { matrixOf } from "../../../../operations/apply/fleet/matrix";
import * as schemas from "../../../support/hand-over-schemas";

const { accounts } = parseAccounts(
  `
defaults: { role: Deploy, externalId: our-id, config: { aws:region: eu-west-1, tags: { team: sec } } }
accounts:
  - { name: Prod_1, accountId: 111122223333, via: { role: "arn:aws:iam::999988887777:role/Hub" } }
  - { name: own, accountId: 012345678901, stack: acme/other/own }
`,
  "accounts.yaml",
);
const source = exportSource(
  { repo: "https://github.com/example/baseline.git", branch: "main", organization: "acme", directory: "infra" },
  "aws-prevention-baseline",
);
const config = (account: FleetAccount) => accountConfig(account, "aws-prevention-baseline");

function problems(schema: object, value: unknown): unknown {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  return validate(value) ? [] : validate.errors;
}

describe("fleet: hand over", () => {
  it("GitHub Actions: one job for each account", () => {
    assert.deepEqual(matrixOf(accounts, () => "eu-west-1", "/").include[1], {
      name: "own",
      stack: "acme/other/own",
      accountId: "012345678901",
      role: "arn:aws:iam::012345678901:role/Deploy",
      region: "eu-west-1",
      policyConfig: "",
    });
  });

  it("GitHub Actions: the configuration of the policy pack, from the program's folder", () => {
    const configured = accounts.map((each) => ({ ...each, policyConfig: "/repo/ci/policies.json" }));
    const { include } = matrixOf(configured, () => "eu-west-1", "/repo");
    assert.equal(include[0]?.policyConfig, "ci/policies.json");
  });

  it("operator: Stack resources that fit the CRD", () => {
    const stacks = parseAllDocuments(operatorStacks(accounts, source, config)).map((each) => each.toJS() as Stack);
    assert.equal(stacks.length, 2);
    stacks.forEach((each) => {
      const { metadata, ...rest } = each;
      assert.match(metadata.name, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      assert.deepEqual(problems(schemas.operatorStack, { ...rest, metadata: {} }), []);
    });
    assert.deepEqual(stacks[0]?.spec.config["aws:assumeRoles"], [
      { roleArn: "arn:aws:iam::999988887777:role/Hub", sessionName: "baseline-fleet" },
      { roleArn: "arn:aws:iam::111122223333:role/Deploy", sessionName: "baseline-fleet", externalId: "our-id" },
    ]);
    assert.deepEqual(stacks[0]?.spec.config["aws-prevention-baseline:tags"], { team: "sec" });
    assert.equal(stacks[0]?.spec.stack, "acme/aws-prevention-baseline/Prod_1");
    assert.equal(stacks[1]?.spec.stack, "acme/other/own");
  });

  it("operator: a field the CRD does not have would be found", () => {
    const wrong = { apiVersion: "pulumi.com/v1", kind: "Stack", spec: { stack: "a", resyncFrequency: 1 } };
    assert.notDeepEqual(problems(schemas.operatorStack, wrong), []);
  });

  it("Pulumi Deployments: settings that fit the API's schema, sent to the right stack", () => {
    const all = deploymentSettings(accounts, source);
    all.forEach(({ settings }) => assert.deepEqual(problems(schemas.deploymentSettings, settings), []));
    assert.deepEqual(
      all.map(({ path }) => path),
      [
        "/api/stacks/acme/aws-prevention-baseline/Prod_1/deployments/settings",
        "/api/stacks/acme/other/own/deployments/settings",
      ],
    );
    const wrong = { operationContext: { oidc: { aws: { roleARN: "x" } } } };
    assert.notDeepEqual(problems(schemas.deploymentSettings, wrong), []);
  });

  it("refuses a source nobody could fetch, and one with a password", () => {
    const refuse = (options: object) =>
      assert.throws(() => exportSource({ branch: "main", ...options }, "p"), { code: "invalid-source", exitCode: 2 });
    refuse({});
    refuse({ repo: "git@github.com:example/x.git" });
    refuse({ repo: "https://me:word@github.com/example/x.git" });
    refuse({ repo: "https://github.com/example/x.git", commit: "abc" });
    const bare = exportSource({ repo: "https://github.com/example/x.git", branch: "main" }, "p");
    assert.throws(() => requireOrganization(accounts, bare), /--organization is missing.*Prod_1/);
  });
});

interface Stack {
  metadata: { name: string };
  spec: { stack: string; config: Record<string, unknown> };
}
