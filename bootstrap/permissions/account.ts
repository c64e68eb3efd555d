import { named, type PermissionTable } from "./model";

/** What holds for the account as a whole, its bill and its backups. */
export const account: PermissionTable = {
  "aws:account/alternativeContact:AlternativeContact": {
    read: ["account:GetAlternateContact"],
    write: ["account:DeleteAlternateContact", "account:PutAlternateContact"],
    scope: "everything",
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    read: ["s3:GetAccountPublicAccessBlock"],
    write: ["s3:PutAccountPublicAccessBlock"],
    scope: "everything",
  },
  "aws:ssm/serviceSetting:ServiceSetting": {
    read: ["ssm:GetServiceSetting"],
    write: ["ssm:ResetServiceSetting", "ssm:UpdateServiceSetting"],
    // Of the others one puts a role on every machine.
    scope: ({ partition, accountId }) => [
      `arn:${partition}:ssm:*:${accountId}:servicesetting/ssm/documents/console/public-sharing-permission`,
    ],
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": {
    read: ["ec2:GetEbsEncryptionByDefault"],
    write: ["ec2:DisableEbsEncryptionByDefault", "ec2:EnableEbsEncryptionByDefault"],
    scope: "everything",
  },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": {
    read: ["ec2:GetSnapshotBlockPublicAccessState"],
    write: ["ec2:DisableSnapshotBlockPublicAccess", "ec2:EnableSnapshotBlockPublicAccess"],
    scope: "everything",
  },
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
    read: ["ec2:GetImageBlockPublicAccessState"],
    write: ["ec2:DisableImageBlockPublicAccess", "ec2:EnableImageBlockPublicAccess"],
    scope: "everything",
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    read: ["ec2:GetInstanceMetadataDefaults"],
    write: ["ec2:ModifyInstanceMetadataDefaults"],
    scope: "everything",
  },
  "aws:budgets/budget:Budget": {
    read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
    write: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
    scope: named("budgets", "budget/"),
  },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    read: ["ce:GetAnomalyMonitors", "ce:ListTagsForResource"],
    write: [
      "ce:CreateAnomalyMonitor",
      "ce:DeleteAnomalyMonitor",
      "ce:TagResource",
      "ce:UntagResource",
      "ce:UpdateAnomalyMonitor",
    ],
    scope: "everything",
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    read: ["ce:GetAnomalySubscriptions", "ce:ListTagsForResource"],
    write: [
      "ce:CreateAnomalySubscription",
      "ce:DeleteAnomalySubscription",
      "ce:TagResource",
      "ce:UntagResource",
      "ce:UpdateAnomalySubscription",
    ],
    scope: "everything",
  },
  "aws:backup/vault:Vault": {
    read: ["backup:DescribeBackupVault", "backup:ListTags"],
    write: [
      "backup:CreateBackupVault",
      "backup:TagResource",
      "backup:UntagResource",
      // CreateBackupVault asks for these of whoever calls it. Source: AWS Backup Developer Guide, "Access control".
      "backup-storage:MountCapsule",
      "kms:CreateGrant",
      "kms:DescribeKey",
    ],
    scope: "everything",
    administrator: { delete: ["backup:DeleteBackupVault", "backup:DeleteRecoveryPoint"] },
  },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    read: ["backup:DescribeBackupVault"],
    write: ["backup:PutBackupVaultLockConfiguration"],
    scope: named("backup", "backup-vault:"),
    administrator: { delete: ["backup:DeleteBackupVaultLockConfiguration"] },
  },
  "aws:backup/plan:Plan": {
    read: ["backup:GetBackupPlan", "backup:ListTags"],
    write: [
      "backup:CreateBackupPlan",
      "backup:DeleteBackupPlan",
      "backup:TagResource",
      "backup:UntagResource",
      "backup:UpdateBackupPlan",
    ],
    scope: "everything",
  },
  "aws:backup/selection:Selection": {
    read: ["backup:GetBackupSelection"],
    write: ["backup:CreateBackupSelection", "backup:DeleteBackupSelection"],
    scope: "everything",
  },
};
