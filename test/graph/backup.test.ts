import assert from "node:assert/strict";
import { type ComponentResourceOptions } from "@pulumi/pulumi";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { backedUpResources, Backup, type BackupArgs, vaultLock } from "../../components/backup/backup";
import { byRegion, declared, inputsText, place } from "../support/declared";
import { ofType, only } from "../support/graph";

const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const options = { tagKey: "backup", tagValue: "daily", retentionDays: 35, complianceLockAfterDays: 0 };

const backup =
  (args: Partial<BackupArgs> = {}, opts?: ComponentResourceOptions) =>
  () =>
    new Backup("backup", { ...place, ...options, regions: ["us-east-1", "eu-west-1"], ...args }, opts);

describe("Backup", () => {
  it("has a protected vault, a lock, a plan and a selection in each region, and one role for all", async () => {
    const all = await declared(backup());
    for (const type of [
      "vault:Vault",
      "vaultLockConfiguration:VaultLockConfiguration",
      "plan:Plan",
      "selection:Selection",
    ]) {
      assert.deepEqual(Object.keys(byRegion(all, `aws:backup/${type}`)).sort(), ["eu-west-1", "us-east-1"], type);
    }
    assert.ok(ofType(all, "aws:backup/vault:Vault").every(({ protect, inputs }) => protect && !inputs["forceDestroy"]));
    assert.equal(only(all, "aws:iam/role:Role").inputs["name"], "baseline-backup");
  });

  it("lets AWS Backup alone take the role, and restore nothing", async () => {
    const all = await declared(backup({ partition: "aws-cn" }));
    const trust = JSON.parse(only(all, "aws:iam/role:Role").inputs["assumeRolePolicy"] as string) as {
      Statement: unknown;
    };
    assert.deepEqual(trust.Statement, [
      {
        Sid: "ServiceAssumesRole",
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
    const policyArn = "arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";
    const attached = ofType(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    assert.deepEqual(
      attached.map(({ inputs }) => inputs["policyArn"]),
      [policyArn],
    );
    assert.ok(!/arn:aws:/.test(inputsText(all)));
  });

  it("backs up daily what bears the tag, of the kinds named, and keeps it as long as asked", async () => {
    const all = await declared(backup({ tagKey: "keep", tagValue: "yes", retentionDays: 90, regions: ["eu-west-1"] }));
    const [rule] = only(all, "aws:backup/plan:Plan").inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(rule, {
      ruleName: "daily",
      targetVaultName: "baseline-backup",
      schedule: "cron(0 5 * * ? *)",
      startWindow: 480,
      completionWindow: 10_080,
      lifecycle: { deleteAfter: 90 },
    });
    const { inputs } = only(all, "aws:backup/selection:Selection");
    assert.deepEqual(inputs["resources"], backedUpResources("aws"));
    assert.deepEqual(inputs["conditions"], [{ stringEquals: [{ key: "aws:ResourceTag/keep", value: "yes" }] }]);
    // The two are joined by OR, which would back up every volume there is.
    assert.equal(inputs["selectionTags"], undefined);
  });

  const locks: [retention: number, after: number, lock: object][] = [
    [35, 0, { minRetentionDays: 35, maxRetentionDays: 400 }],
    [35, 3, { minRetentionDays: 35, maxRetentionDays: 400, changeableForDays: 3 }],
    [36_500, 0, { minRetentionDays: 36_500, maxRetentionDays: 36_500 }],
  ];
  for (const [retentionDays, complianceLockAfterDays, lock] of locks) {
    it(`locks the vault: ${retentionDays} days, ${complianceLockAfterDays ? "for good" : "until somebody lifts it"}`, async () => {
      assert.deepEqual(vaultLock(retentionDays, complianceLockAfterDays), lock);
      const all = await declared(backup({ retentionDays, complianceLockAfterDays, regions: ["eu-west-1"] }));
      const { region, backupVaultName, ...rest } = only(all, lockType).inputs;
      assert.deepEqual([region, backupVaultName, rest], ["eu-west-1", "baseline-backup", lock]);
    });
  }

  it("leaves the lock as it is while the retention is raised", async () => {
    const lockOf = async (args: Partial<BackupArgs>) =>
      only(await declared(backup({ complianceLockAfterDays: 3, regions: ["eu-west-1"], ...args })), lockType).inputs;
    const before = await lockOf({ retentionDays: 35 });
    assert.deepEqual(await lockOf({ retentionDays: 90, lockRetentionDays: 35 }), before);
    assert.notDeepEqual(await lockOf({ retentionDays: 90 }), before);
  });

  it("takes no lock off a vault, and protects one that becomes final", async () => {
    for (const [complianceLockAfterDays, isProtected] of [
      [0, false],
      [3, true],
    ] as const) {
      const all = await declared(backup({ complianceLockAfterDays }));
      const options = ofType(all, lockType).map(({ retainOnDelete, protect }) => [retainOnDelete, protect]);
      assert.deepEqual(options, [
        [true, isProtected],
        [true, isProtected],
      ]);
    }
  });

  it("passes the project's own policies", async () => {
    for (const { urn, type, name, inputs } of (await declared(backup())).filter(({ custom }) => custom)) {
      assert.deepEqual(evaluateResource({ urn, type, name, props: inputs }), [], name);
    }
  });
});
