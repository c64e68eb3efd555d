import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { stateStays } from "../../../bootstrap/state-stays";
import { denyInsecureTransport, policyDocument } from "../../../components/foundation/policy-document";
import { bootstrapPlan } from "../../support/bootstrap";

const accountId = "123456789012";
const bucket = `arn:aws:s3:::ci-baseline-state-${accountId}-us-east-1`;
const state = `${bucket}/.pulumi/stacks/p/prod.json`;
const lock = `${bucket}/.pulumi/locks/organization/p/prod/1.json`;
const apply = `arn:aws:iam::${accountId}:role/ci-baseline-apply`;
const breakGlass = `arn:aws:iam::${accountId}:role/admins/break-glass`;
const powerUser = `arn:aws:iam::${accountId}:role/developer`;
const root = `arn:aws:iam::${accountId}:root`;

/** Whether somebody whom IAM lets do everything may do this with the state bucket. */
async function may(principal: string, action: string, resource: string, trustedAdministrators: string[]) {
  const guardians = { partition: "aws", accountId, trustedAdministrators };
  const statements = [denyInsecureTransport("s3:*", [bucket, `${bucket}/*`]), ...stateStays(bucket, guardians, apply)];
  const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const contextVariables = { "aws:PrincipalArn": principal, "aws:SecureTransport": "true" };
  const result = await runSimulation(
    {
      request: { action, resource: { resource, accountId }, principal, contextVariables },
      identityPolicies: [{ name: "everything", policy: everything }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: JSON.parse(policyDocument(statements)) as object,
    },
    {},
  );
  assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 400));
  return (result as { overallResult: string }).overallResult === "Allowed";
}

const writes: [action: string, resource: string][] = [
  ["s3:PutObject", state],
  ["s3:DeleteObject", state],
  ["s3:PutObject", lock],
  ["s3:DeleteObject", lock],
];
const governing: [action: string, resource: string][] = [
  ["s3:DeleteObjectVersion", state],
  ["s3:PutBucketPolicy", bucket],
  ["s3:DeleteBucketPolicy", bucket],
  ["s3:PutBucketVersioning", bucket],
  ["s3:PutLifecycleConfiguration", bucket],
  ["s3:PutEncryptionConfiguration", bucket],
  ["s3:PutReplicationConfiguration", bucket],
  ["s3:PutBucketPublicAccessBlock", bucket],
];
const reads: [action: string, resource: string][] = [
  ["s3:GetObject", state],
  ["s3:ListBucket", bucket],
];

describe("the state bucket, with trustedAdministrators", () => {
  const cases: [who: string, principal: string, refused: [string, string][], allowed: [string, string][]][] = [
    ["an administrator who is not named", powerUser, [...writes, ...governing], reads],
    ["CI's apply role", apply, governing, [...writes, ...reads]],
    ["a break-glass role that is named", breakGlass, [], [...writes, ...governing, ...reads]],
    ["root", root, [], [...writes, ...governing, ...reads]],
  ];
  for (const [who, principal, refused, allowed] of cases) {
    for (const [action, resource] of refused) {
      it(`refuses ${action} on ${resource.split("/")[2] ?? "the bucket"} to ${who}`, async () =>
        assert.equal(await may(principal, action, resource, [breakGlass]), false));
    }
    for (const [action, resource] of allowed) {
      it(`allows ${action} on ${resource.split("/")[2] ?? "the bucket"} to ${who}`, async () =>
        assert.equal(await may(principal, action, resource, [breakGlass]), true));
    }
  }

  it("is as IAM has it without them", async () => {
    for (const [action, resource] of [...writes, ...governing, ...reads]) {
      assert.equal(await may(powerUser, action, resource, []), true, action);
    }
  });

  it("knows a role by its path, and by the part of a name that AWS chose", async () => {
    const session = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123`;
    const pattern = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*`;
    assert.equal(await may(session, "s3:PutObject", state, [pattern]), true);
    assert.equal(
      await may(session, "s3:PutObject", state, [`arn:aws:iam::${accountId}:role/AWSReservedSSO_Admin_0123`]),
      false,
    );
  });

  it("has them from the settings, and keeps its key", async () => {
    const settings = { github: { repository: "acme/security" }, trustedAdministrators: [breakGlass] };
    const { resources } = await bootstrapPlan(settings);
    const policy = (name: string) => String(resources.find((each) => each.name === name)?.inputs["policy"]);
    assert.match(policy("state-store-policy"), /OnlyTrustedWriteState/);
    assert.ok(policy("state-store-policy").includes(breakGlass) && policy("state-store-policy").includes(apply));
    assert.match(policy("state-key"), /OnlyTrustedAdministratorsChange/);
  });
});
