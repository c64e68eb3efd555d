import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { channelNames, topicKeyPolicy } from "../../../components/alert-channel/channel-policies";
import { configBucketStatements } from "../../../components/config-recording/config-bucket-policy";
import { ciRolePrefixOf, type GuardianOptions } from "../../../components/foundation/evidence/guardians";
import { requireTrustedCaller } from "../../../components/foundation/evidence/trusted-caller";
import { policyDocument } from "../../../components/foundation/policy-document";
import { trailNames } from "../../../components/audit-trail/trail-names";
import {
  accessLogBucketPolicy,
  trailBucketPolicy,
  trailKeyPolicy,
} from "../../../components/audit-trail/trail-policies";
import { BaselineError } from "../../../common/errors";
import { ciRoleMay } from "../../support/ci-role";

const accountId = "123456789012";
const place = { partition: "aws", accountId };
const names = trailNames("baseline", "aws", accountId, "us-east-1");
const breakGlass = `arn:aws:iam::${accountId}:role/admins/break-glass`;
const administrator = `arn:aws:iam::${accountId}:role/administrator`;
const apply = `arn:aws:iam::${accountId}:role/ci-baseline-apply`;
const root = `arn:aws:iam::${accountId}:root`;
const configBucket = `baseline-config-${accountId}-us-east-1`;

const buckets: Record<string, (guardians: GuardianOptions) => string> = {
  [names.bucket]: (guardians) => trailBucketPolicy(names, guardians),
  [names.accessLogBucket]: (guardians) => accessLogBucketPolicy(names, guardians),
  [configBucket]: (guardians) => policyDocument(configBucketStatements({ ...place, ...guardians }, configBucket)),
};
const keys: Record<string, (guardians: GuardianOptions) => string> = {
  "the trail's key": (guardians) => trailKeyPolicy(names, guardians),
  "the topic's key": (guardians) => topicKeyPolicy(channelNames("baseline", "aws", accountId, "us-east-1"), guardians),
};

const everything = {
  name: "administrator",
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** Whether somebody with AdministratorAccess may do something with a resource of this policy. */
async function may(principal: string, action: string, resource: string, resourcePolicy: string): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        action,
        resource: { resource, accountId },
        principal,
        contextVariables: { "aws:PrincipalArn": principal },
      },
      identityPolicies: [everything],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: JSON.parse(resourcePolicy) as object,
    },
    {},
  );
  assert.notEqual(result.resultType, "error", `${action}: ${JSON.stringify(result).slice(0, 400)}`);
  return (result as { overallResult: string }).overallResult === "Allowed";
}

const byCi = { "aws:PrincipalArn": apply };
const deletions = ["s3:DeleteObject", "s3:DeleteObjectVersion"];
const keeping = [
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
];
const governing = [
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketLogging",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
];
const rules = [...keeping, ...governing];

describe("what log buckets and keys refuse", () => {
  for (const [bucket, policy] of Object.entries(buckets)) {
    const arn = `arn:aws:s3:::${bucket}`;

    it(`${bucket}: everybody the deletion of an object, trusted administrators included`, async () => {
      for (const principal of [administrator, breakGlass, apply]) {
        for (const action of deletions) {
          const guarded = policy({ trustedAdministrators: [breakGlass] });
          assert.ok(!(await may(principal, action, `${arn}/AWSLogs/x`, policy({}))), `${principal} ${action}`);
          assert.ok(!(await may(principal, action, `${arn}/AWSLogs/x`, guarded)), `${principal} ${action}`);
        }
      }
    });

    it(`${bucket}: CI every change of its rules, even with AdministratorAccess`, async () => {
      for (const action of rules) {
        assert.ok(!(await ciRoleMay("apply", action, arn, byCi, "nothing", policy({}))), action);
        assert.ok(!(await ciRoleMay("apply", action, arn, byCi, "administrator", policy({}))), action);
        // To be trusted elsewhere does not exempt it.
        const trusting = policy({ trustedAdministrators: [apply] });
        assert.ok(!(await ciRoleMay("apply", action, arn, byCi, "nothing", trusting)), action);
      }
    });

    it(`${bucket}: everybody a change of how long logs stay, and all changes but those of trusted administrators once there are some`, async () => {
      const guarded = policy({ trustedAdministrators: [breakGlass] });
      for (const action of rules) {
        assert.equal(await may(administrator, action, arn, policy({})), governing.includes(action), action);
        assert.ok(!(await may(administrator, action, arn, guarded)), action);
        assert.ok(await may(breakGlass, action, arn, guarded), action);
      }
    });

    it(`${bucket}: the apply role nothing while it is being made`, async () => {
      for (const action of rules.filter((each) => !each.includes("Delete"))) {
        assert.ok(await ciRoleMay("apply", action, arn), action);
      }
    });
  }

  it("CI's roles under whatever prefix bootstrap gave them", async () => {
    const arn = `arn:aws:s3:::${names.bucket}`;
    const policy = trailBucketPolicy(names, { ciRolePrefix: ciRolePrefixOf("ops-roles-boundary") });
    assert.ok(!(await may(`arn:aws:iam::${accountId}:role/ops-apply`, "s3:PutBucketPolicy", arn, policy)));
    assert.equal(ciRolePrefixOf(""), "ci-baseline");
  });

  const key = `arn:aws:kms:us-east-1:${accountId}:key/11111111-2222-4333-8444-555555555555`;
  for (const [name, policy] of Object.entries(keys)) {
    it(`${name}: everybody its end, and the rewriting of its policy everybody but those trusted, and root`, async () => {
      const guarded = policy({ trustedAdministrators: [breakGlass] });
      for (const principal of [administrator, breakGlass, root]) {
        for (const action of ["kms:DisableKey", "kms:ScheduleKeyDeletion"]) {
          assert.ok(!(await may(principal, action, key, policy({}))), `${principal} ${action}`);
          assert.ok(!(await may(principal, action, key, guarded)), `${principal} ${action}`);
        }
      }
      assert.ok(await may(administrator, "kms:PutKeyPolicy", key, policy({})));
      assert.ok(!(await may(administrator, "kms:PutKeyPolicy", key, guarded)));
      assert.ok(await may(breakGlass, "kms:PutKeyPolicy", key, guarded));
      assert.ok(await may(root, "kms:PutKeyPolicy", key, guarded));
      // What it is for goes on.
      assert.ok(await may(administrator, "kms:Decrypt", key, guarded));
    });
  }
});

describe("an update that would lock out its caller", () => {
  const session = (role: string, account = accountId) => `arn:aws:sts::${account}:assumed-role/${role}/mina`;
  const sso = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_*`;
  const callers: [who: string, caller: string, trustedAdministrators: string[], allowed: boolean][] = [
    ["nobody is trusted", session("anybody"), [], true],
    ["a session of a trusted role, whose path STS leaves out", session("break-glass"), [breakGlass], true],
    ["a trusted user", `arn:aws:iam::${accountId}:user/mina`, [`arn:aws:iam::${accountId}:user/mina`], true],
    ["a role of IAM Identity Center", session("AWSReservedSSO_Admin_0123456789abcdef"), [sso], true],
    ["CI, which is refused such changes on purpose", session("ci-baseline-apply"), [breakGlass], true],
    ["root", root, [breakGlass], true],
    ["another role", session("administrator"), [breakGlass], false],
    ["a role whose name begins alike", session("break-glass-2"), [breakGlass], false],
    ["a role of that name in another account", session("break-glass", "210987654321"), [breakGlass], false],
    ["another user", `arn:aws:iam::${accountId}:user/mallory`, [breakGlass], false],
  ];
  for (const [who, caller, trustedAdministrators, allowed] of callers) {
    it(`is ${allowed ? "made" : "refused"}: ${who}`, () => {
      const run = () => requireTrustedCaller(caller, { ...place, trustedAdministrators });
      if (allowed) {
        assert.doesNotThrow(run);
      } else {
        assert.throws(run, (error) => error instanceof BaselineError && error.code === "locks-out-caller");
      }
    });
  }
});
