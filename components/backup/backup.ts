import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { evidence } from "../foundation/evidence/left-in-place";
import { type Placement } from "../foundation/placement";
import { serviceTrust } from "../foundation/policy-document";
import { type BackupOptions } from "../foundation/settings/model";
import { longestLockedRetention } from "./settings";

export interface BackupArgs extends Placement, Omit<BackupOptions, "lockRetentionDays"> {
  /** The `retentionDays` for which the lock was made; those of now by default. */
  lockRetentionDays?: number;
  /** Regions with a vault, each once. */
  regions: string[];
}

/**
 * A locked vault in each region and daily backups into it of the EBS volumes, RDS instances and RDS clusters there that
 * bear a tag. Aurora, DocumentDB and Neptune clusters count as RDS clusters where the region has opted in to them for
 * AWS Backup.
 *
 * The vaults keep AWS's own key: a vault's key encrypts backups of other kinds only, while those of EBS and RDS keep the
 * key of what they are a backup of. Source: AWS Backup Developer Guide, "Encryption for backups in AWS Backup".
 */
export class Backup extends pulumi.ComponentResource {
  /** ARN of the role with which AWS Backup makes and expires backups in every region. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:Backup", name, args, opts);

    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${args.namePrefix}-backup`,
        description: "Lets AWS Backup make and expire backups, and restore nothing",
        // No aws:SourceAccount: AWS documents it for topics that AWS Backup notifies, not for the roles it takes.
        assumeRolePolicy: serviceTrust("backup.amazonaws.com"),
        tags: args.tags,
      },
      { parent: this },
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      `${name}-role-policy`,
      {
        role: role.name,
        policyArn: `arn:${args.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`,
      },
      { parent: this },
    );
    // Through the attachment, so that no backup starts before the role may make it.
    this.roleArn = pulumi.all([role.arn, attachment.id]).apply(([arn]) => arn);
    for (const region of args.regions) {
      this.backUp(name, region, args);
    }
    this.registerOutputs({ roleArn: this.roleArn });
  }

  private backUp(name: string, region: string, args: BackupArgs): void {
    const child = { parent: this };
    const { namePrefix, retentionDays, tags } = args;

    const vault = new aws.backup.Vault(
      `${name}-vault-${region}`,
      { region, name: `${namePrefix}-backup`, tags },
      { ...child, ...evidence },
    );
    const lock = new aws.backup.VaultLockConfiguration(
      `${name}-vault-lock-${region}`,
      {
        region,
        backupVaultName: vault.name,
        ...lockOf(args),
      },
      // A new lock is written over the old one, and no lock is ever taken off a vault. One that can become final is
      // protected too: from then on AWS refuses to have it written again.
      { ...child, retainOnDelete: true, protect: args.complianceLockAfterDays > 0 },
    );
    const plan = new aws.backup.Plan(
      `${name}-plan-${region}`,
      {
        region,
        name: `${namePrefix}-daily`,
        rules: [
          {
            ruleName: "daily",
            targetVaultName: vault.name,
            // At 05:00 UTC. Windows in minutes, AWS Backup's own defaults: the provider's 1 and 3 hours fail big volumes.
            schedule: "cron(0 5 * * ? *)",
            startWindow: 480,
            completionWindow: 10_080,
            lifecycle: { deleteAfter: retentionDays },
          },
        ],
        tags,
      },
      { ...child, dependsOn: lock },
    );
    new aws.backup.Selection(
      `${name}-selection-${region}`,
      {
        region,
        name: `${namePrefix}-tagged`,
        planId: plan.id,
        iamRoleArn: this.roleArn,
        resources: backedUpResources(args.partition),
        // Narrows the above; AWS advises against `selectionTags`, the older form.
        conditions: [{ stringEquals: [{ key: `aws:ResourceTag/${args.tagKey}`, value: args.tagValue }] }],
      },
      child,
    );
  }
}

/**
 * Kinds of resources. Named outright, they are backed up whether or not the region has opted in to them (not so Aurora).
 *
 * Source: AWS Backup Developer Guide, "Assign resources with AWS CLI".
 */
export function backedUpResources(partition: string): string[] {
  return ["ec2:*:*:volume/*", "rds:*:*:db:*", "rds:*:*:cluster:*"].map((kind) => `arn:${partition}:${kind}`);
}

type LockedFor = Pick<BackupArgs, "lockRetentionDays" | "retentionDays" | "complianceLockAfterDays">;

/** The lock that these settings ask for. */
export function lockOf({ lockRetentionDays, retentionDays, complianceLockAfterDays }: LockedFor): VaultLock {
  return vaultLock(lockRetentionDays || retentionDays, complianceLockAfterDays);
}

/** Arguments of a vault lock. */
export interface VaultLock {
  /** Days; nothing in the vault lives shorter. */
  minRetentionDays: number;
  /** Days; nothing in the vault lives longer. */
  maxRetentionDays: number;
  /** Days until the lock is final; absent for a lock that those with the right to can lift. */
  changeableForDays?: number;
}

/**
 * How long anything in the vault lives. The maximum leaves a year by which the retention can still be raised under a
 * final lock, and no more: a backup that nobody may delete is paid for until it expires. The lock itself cannot be changed
 * once it is final, so `lockRetentionDays` keeps it as it is while `retentionDays` is raised.
 *
 * Source: AWS Backup API, PutBackupVaultLockConfiguration.
 */
export function vaultLock(retentionDays: number, complianceLockAfterDays: number): VaultLock {
  return {
    minRetentionDays: retentionDays,
    maxRetentionDays: longestLockedRetention(retentionDays),
    ...(complianceLockAfterDays > 0 && { changeableForDays: complianceLockAfterDays }),
  };
}
