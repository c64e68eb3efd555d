import { type ManagedRule, RuleScope, RuleTrigger } from "./managed-rule";

const everywhere = { scope: RuleScope.everyRegion };

/**
 * What an intruder opens, or finds open, in whichever region. Rules on the quality of workloads, such as backups or
 * key rotation, are left to conformance packs: each rule is billed per evaluation in every region.
 */
export const regionalRules: ManagedRule[] = [
  {
    ...everywhere,
    identifier: "INCOMING_SSH_DISABLED",
    name: "restricted-ssh",
    trigger: RuleTrigger.both,
    description: "A security group lets the whole internet reach SSH (port 22).",
    answers: ["CIS 5.0 5.3", "CIS 5.0 5.4", "CIS 7.0 6.3", "CIS 7.0 6.4", "Security Hub EC2.13"],
  },
  {
    ...everywhere,
    identifier: "RESTRICTED_INCOMING_TRAFFIC",
    name: "restricted-common-ports",
    trigger: RuleTrigger.both,
    description: "A security group lets the whole internet reach RDP, SMB, SQL Server, MySQL or PostgreSQL.",
    // The rule takes five ports. AWS's own choice has two of FTP in it and neither SMB nor PostgreSQL.
    parameters: () => ({
      blockedPort1: "3389",
      blockedPort2: "445",
      blockedPort3: "1433",
      blockedPort4: "3306",
      blockedPort5: "5432",
    }),
    answers: ["CIS 5.0 5.1.2", "CIS 7.0 6.1.2", "Security Hub EC2.14"],
  },
  {
    ...everywhere,
    identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    trigger: RuleTrigger.changes,
    description: "The default security group of a VPC, which instances get when nobody chooses, has rules.",
    answers: ["CIS 5.0 5.5", "CIS 7.0 6.5", "Security Hub EC2.2"],
  },
  {
    ...everywhere,
    identifier: "S3_BUCKET_PUBLIC_READ_PROHIBITED",
    trigger: RuleTrigger.both,
    description: "An S3 bucket can be read by the public.",
    answers: ["Security Hub S3.2"],
  },
  {
    ...everywhere,
    identifier: "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
    trigger: RuleTrigger.both,
    description: "An S3 bucket can be written to by the public.",
    answers: ["Security Hub S3.3"],
  },
  {
    ...everywhere,
    identifier: "EC2_EBS_ENCRYPTION_BY_DEFAULT",
    trigger: RuleTrigger.periodic,
    description: "New EBS volumes of the region are not encrypted by default.",
    answers: ["CIS 5.0 5.1.1", "CIS 7.0 6.1.1", "Security Hub EC2.7"],
  },
  {
    ...everywhere,
    identifier: "EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK",
    trigger: RuleTrigger.periodic,
    description: "An EBS snapshot can be restored by the public: a classic way to carry data out.",
    unavailableIn: ["eu-south-2"],
    answers: ["Security Hub EC2.1"],
  },
  {
    ...everywhere,
    identifier: "GUARDDUTY_ENABLED_CENTRALIZED",
    trigger: RuleTrigger.periodic,
    description: "GuardDuty is off in the region.",
    unavailableIn: ["ap-east-2", "ap-southeast-6", "ap-southeast-7", "mx-central-1"],
    answers: ["Security Hub GuardDuty.1"],
  },
  {
    ...everywhere,
    identifier: "SSM_DOCUMENT_NOT_PUBLIC",
    trigger: RuleTrigger.periodic,
    description: "A Systems Manager document of the account is public; documents often hold names, paths and secrets.",
    answers: ["Security Hub SSM.4"],
  },
  {
    ...everywhere,
    identifier: "EC2_IMDSV2_CHECK",
    trigger: RuleTrigger.changes,
    description: "An instance answers metadata requests without a token: one forged request yields its role's keys.",
    answers: ["CIS 5.0 5.7", "CIS 7.0 6.7", "Security Hub EC2.8"],
  },
];
