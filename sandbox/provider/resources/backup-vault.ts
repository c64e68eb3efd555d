import type { VaultArgs } from "@pulumi/aws/backup/vault";
import type { VaultLockConfigurationArgs } from "@pulumi/aws/backup/vaultLockConfiguration";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";
import { retagByArn } from "./backup-tags";

export const vault = defineResource<VaultArgs>({
  type: "aws:backup/vault:Vault",
  properties: ["region", "name", "kmsKeyArn", "tags"],
  nameProperty: "name",
  replaceOn: ["region", "name", "kmsKeyArn"],
  steering: ["forceDestroy"],

  async create({ clients, region }, { name, kmsKeyArn, tags }) {
    await clients.backup(region).createBackupVault({
      BackupVaultName: name,
      EncryptionKeyArn: kmsKeyArn,
      BackupVaultTags: tags,
    });
    return name ?? "";
  },

  async read(context, name) {
    const found = await find(context, name);
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await context.clients.backup(context.region).listTags({ ResourceArn: found.BackupVaultArn });
    return {
      region: context.region,
      name,
      arn: found.BackupVaultArn,
      kmsKeyArn: found.EncryptionKeyArn,
      recoveryPoints: found.NumberOfRecoveryPoints ?? 0,
      tags: Tags,
    };
  },

  async update({ clients, region }, _name, news, olds) {
    await retagByArn(clients.backup(region), String(olds["arn"]), olds.tags, news.tags);
  },

  // The emulator makes no recovery points, so there is nothing for `forceDestroy` to delete first.
  async delete({ clients, region }, name) {
    await unlessGone(clients.backup(region).deleteBackupVault({ BackupVaultName: name }), "ResourceNotFound");
  },
});

/** It goes with its vault; on a vault that lost its lock @pulumi/aws still finds it, without its retention. */
export const vaultLockConfiguration = defineResource<VaultLockConfigurationArgs>({
  type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  properties: ["region", "backupVaultName", "minRetentionDays", "maxRetentionDays"],
  required: ["backupVaultName"],
  replaceOn: ["region", "backupVaultName", "minRetentionDays", "maxRetentionDays", "changeableForDays"],
  // AWS tells the date of the lock only.
  steering: ["changeableForDays"],

  async create({ clients, region }, inputs) {
    await clients.backup(region).putBackupVaultLockConfiguration({
      BackupVaultName: inputs.backupVaultName,
      MinRetentionDays: inputs.minRetentionDays,
      MaxRetentionDays: inputs.maxRetentionDays,
      ChangeableForDays: inputs.changeableForDays,
    });
    return inputs.backupVaultName;
  },

  async read(context, name) {
    const found = await find(context, name);
    return (
      found && {
        region: context.region,
        backupVaultName: name,
        backupVaultArn: found.BackupVaultArn,
        minRetentionDays: found.MinRetentionDays,
        maxRetentionDays: found.MaxRetentionDays,
      }
    );
  },

  async delete({ clients, region }, name) {
    const removal = clients.backup(region).deleteBackupVaultLockConfiguration({ BackupVaultName: name });
    await unlessGone(removal, "ResourceNotFound");
  },
});

async function find({ clients, region }: Context, BackupVaultName: string) {
  return unlessGone(clients.backup(region).describeBackupVault({ BackupVaultName }), "ResourceNotFound");
}
