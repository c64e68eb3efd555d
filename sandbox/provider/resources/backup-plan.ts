import type { BackupPlanInput, BackupRule, BackupRuleInput, Lifecycle } from "@aws-sdk/client-backup";
import type { PlanArgs } from "@pulumi/aws/backup/plan";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retagByArn } from "./backup-tags";

type Inputs = Unwrap<PlanArgs>;
type Rule = Inputs["rules"][number];

export const plan = defineResource<PlanArgs>({
  type: "aws:backup/plan:Plan",
  properties: ["region", "name", "rules", "advancedBackupSettings", "tags"],
  required: ["rules"],
  nameProperty: "name",
  replaceOn: ["region", "name"],
  recordedOnly: { scanSettings: "the emulator has no API for malware scans of backups" },

  async create({ clients, region }, inputs) {
    const { BackupPlanId = "" } = await clients.backup(region).createBackupPlan({
      BackupPlan: toPlan(inputs),
      BackupPlanTags: inputs.tags,
    });
    return BackupPlanId;
  },

  async read({ clients, region }, BackupPlanId) {
    const backup = clients.backup(region);
    const found = await unlessGone(backup.getBackupPlan({ BackupPlanId }), "ResourceNotFound");
    // AWS goes on telling of a deleted plan.
    if (found?.BackupPlan === undefined || found.DeletionDate !== undefined) {
      return undefined;
    }
    const { Tags } = await backup.listTags({ ResourceArn: found.BackupPlanArn });
    return {
      region,
      arn: found.BackupPlanArn,
      version: found.VersionId,
      name: found.BackupPlan.BackupPlanName,
      rules: (found.BackupPlan.Rules ?? []).map(fromRule),
      advancedBackupSettings: (found.AdvancedBackupSettings ?? []).map(({ ResourceType = "", BackupOptions = {} }) => ({
        resourceType: ResourceType,
        backupOptions: BackupOptions,
      })),
      tags: Tags,
    };
  },

  async update({ clients, region }, BackupPlanId, news, olds) {
    const backup = clients.backup(region);
    await backup.updateBackupPlan({ BackupPlanId, BackupPlan: toPlan(news) });
    await retagByArn(backup, String(olds["arn"]), olds.tags, news.tags);
  },

  async delete({ clients, region }, BackupPlanId) {
    await unlessGone(clients.backup(region).deleteBackupPlan({ BackupPlanId }), "ResourceNotFound");
  },
});

function toPlan({ name, rules, advancedBackupSettings }: Inputs): BackupPlanInput {
  return {
    BackupPlanName: name,
    Rules: rules.map(toRule),
    AdvancedBackupSettings: advancedBackupSettings?.map(({ resourceType, backupOptions }) => ({
      ResourceType: resourceType,
      BackupOptions: backupOptions,
    })),
  };
}

/** @pulumi/aws has its own windows, AWS Backup would take 8 hours to start and 7 days to complete. */
function toRule(rule: Rule): BackupRuleInput {
  return {
    RuleName: rule.ruleName,
    TargetBackupVaultName: rule.targetVaultName,
    ScheduleExpression: rule.schedule,
    ScheduleExpressionTimezone: rule.scheduleExpressionTimezone ?? "Etc/UTC",
    StartWindowMinutes: rule.startWindow ?? 60,
    CompletionWindowMinutes: rule.completionWindow ?? 180,
    EnableContinuousBackup: rule.enableContinuousBackup ?? false,
    RecoveryPointTags: rule.recoveryPointTags,
    Lifecycle: toLifecycle(rule.lifecycle),
    CopyActions: rule.copyActions?.map(({ destinationVaultArn, lifecycle }) => ({
      DestinationBackupVaultArn: destinationVaultArn,
      Lifecycle: toLifecycle(lifecycle),
    })),
  };
}

function fromRule(rule: BackupRule): Rule {
  return {
    ruleName: rule.RuleName ?? "",
    targetVaultName: rule.TargetBackupVaultName ?? "",
    schedule: rule.ScheduleExpression,
    scheduleExpressionTimezone: rule.ScheduleExpressionTimezone,
    startWindow: rule.StartWindowMinutes,
    completionWindow: rule.CompletionWindowMinutes,
    enableContinuousBackup: rule.EnableContinuousBackup,
    recoveryPointTags: rule.RecoveryPointTags,
    lifecycle: fromLifecycle(rule.Lifecycle),
    copyActions: rule.CopyActions?.map(({ DestinationBackupVaultArn = "", Lifecycle }) => ({
      destinationVaultArn: DestinationBackupVaultArn,
      lifecycle: fromLifecycle(Lifecycle),
    })),
  };
}

function toLifecycle(lifecycle: Rule["lifecycle"]): Lifecycle | undefined {
  return (
    lifecycle && {
      DeleteAfterDays: lifecycle.deleteAfter,
      MoveToColdStorageAfterDays: lifecycle.coldStorageAfter,
      OptInToArchiveForSupportedResources: lifecycle.optInToArchiveForSupportedResources,
    }
  );
}

function fromLifecycle(lifecycle: Lifecycle | undefined): Rule["lifecycle"] {
  return (
    lifecycle && {
      deleteAfter: lifecycle.DeleteAfterDays,
      coldStorageAfter: lifecycle.MoveToColdStorageAfterDays,
      optInToArchiveForSupportedResources: lifecycle.OptInToArchiveForSupportedResources,
    }
  );
}
