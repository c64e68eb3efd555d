import { type Case, REGION, text } from "./case";

const withVault: NonNullable<Case["before"]> = async (make) => ({
  vault: (await make("aws:backup/vault:Vault", { region: REGION, name: "evidence" })).id,
});

export const backupCases: Case[] = [
  {
    type: "aws:backup/vault:Vault",
    before: async (make) => ({ key: (await make("aws:kms/key:Key", { region: REGION })).outs["arn"] }),
    inputs: ({ key }) => ({ region: REGION, name: "safe", kmsKeyArn: key, tags: { a: "1" } }),
    drift: {
      paths: ["tags.a"],
      change: (clients, { outs }) =>
        clients.backup(REGION).untagResource({ ResourceArn: text(outs["arn"]), TagKeyList: ["a"] }),
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
  {
    type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    before: withVault,
    inputs: ({ vault }) => ({ region: REGION, backupVaultName: vault, minRetentionDays: 7, maxRetentionDays: 90 }),
    drift: {
      paths: ["maxRetentionDays", "minRetentionDays"],
      change: (clients, { id }) => clients.backup(REGION).deleteBackupVaultLockConfiguration({ BackupVaultName: id }),
    },
    stays: true,
  },
  {
    type: "aws:backup/plan:Plan",
    before: withVault,
    inputs: ({ vault }) => ({
      region: REGION,
      name: "daily",
      rules: [
        {
          ruleName: "daily",
          targetVaultName: vault,
          schedule: "cron(0 5 ? * * *)",
          lifecycle: { deleteAfter: 35 },
          recoveryPointTags: { made: "by-plan" },
        },
        { ruleName: "hourly", targetVaultName: vault, enableContinuousBackup: true, lifecycle: { deleteAfter: 7 } },
      ],
      advancedBackupSettings: [{ resourceType: "EC2", backupOptions: { WindowsVSS: "enabled" } }],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["rules[0].lifecycle.deleteAfter", "rules[1]"],
      change: async (clients, { id }) => {
        const { BackupPlan } = await clients.backup(REGION).getBackupPlan({ BackupPlanId: id });
        const [daily] = BackupPlan?.Rules ?? [];
        await clients.backup(REGION).updateBackupPlan({
          BackupPlanId: id,
          BackupPlan: {
            BackupPlanName: "daily",
            Rules: [
              {
                RuleName: daily?.RuleName,
                TargetBackupVaultName: daily?.TargetBackupVaultName,
                ScheduleExpression: daily?.ScheduleExpression,
                RecoveryPointTags: daily?.RecoveryPointTags,
                Lifecycle: { DeleteAfterDays: 1 },
              },
            ],
            AdvancedBackupSettings: BackupPlan?.AdvancedBackupSettings,
          },
        });
      },
    },
    update: (inputs) => ({
      ...inputs,
      rules: [{ ruleName: "weekly", targetVaultName: "evidence", schedule: "cron(0 5 ? * 1 *)", startWindow: 120 }],
      tags: { b: "2" },
    }),
  },
  {
    type: "aws:backup/selection:Selection",
    inputs: () => ({
      region: REGION,
      name: "all",
      planId: "11111111-2222-3333-4444-555555555555",
      iamRoleArn: "arn:aws:iam::123456789012:role/backup",
      selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "yes" }],
    }),
    stays: true,
  },
];
