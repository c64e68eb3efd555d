/** What an IAM action works on. */
export type TargetKind = "user" | "group" | "role" | "policy";

/** An IAM action that makes its caller an administrator when it may be used on every target of its kind. */
export interface Escalation {
  readonly action: string;
  readonly kind: TargetKind;
  /** One's own user is target enough. */
  readonly ownUser?: true;
}

/**
 * Each of these alone is enough: it rewrites what a principal may do, or hands out another principal's credentials.
 * Actions that need a second one (iam:PassRole) are not here. Source: AWS Service Authorization Reference for IAM;
 * the escalation methods of Rhino Security Labs and pathfinding.cloud.
 */
export const escalations: readonly Escalation[] = [
  { action: "iam:AttachUserPolicy", kind: "user", ownUser: true },
  { action: "iam:PutUserPolicy", kind: "user", ownUser: true },
  { action: "iam:CreateAccessKey", kind: "user" },
  { action: "iam:CreateLoginProfile", kind: "user" },
  { action: "iam:UpdateLoginProfile", kind: "user" },
  { action: "iam:AttachRolePolicy", kind: "role" },
  { action: "iam:PutRolePolicy", kind: "role" },
  { action: "iam:UpdateAssumeRolePolicy", kind: "role" },
  { action: "iam:AttachGroupPolicy", kind: "group" },
  { action: "iam:PutGroupPolicy", kind: "group" },
  { action: "iam:AddUserToGroup", kind: "group" },
  { action: "iam:CreatePolicyVersion", kind: "policy" },
  { action: "iam:SetDefaultPolicyVersion", kind: "policy" },
];

/** Partitions of AWS: the second field of an ARN. */
export const partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/**
 * AWS-managed policies that make whoever gets them an administrator, and that bound nobody. Source: all 1,523 of them,
 * looked through on 2026-03-07 (MAMIP).
 */
export const adminPolicyArns = partitions.flatMap((partition) =>
  ["AdministratorAccess", "IAMFullAccess", "AdministratorAccess-Amplify", "AWSOpsWorksRegisterCLI"].map(
    (name) => `arn:${partition}:iam::aws:policy/${name}`,
  ),
);

/**
 * Where IAM itself is, per partition: the value of `aws:RequestedRegion` in every IAM call. Left out is aws-iso-e, whose
 * Region would make every `eu-*` one that IAM is in.
 */
export const iamRegions = [
  "us-east-1",
  "cn-north-1",
  "us-gov-west-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "us-isof-south-1",
  "eusc-de-east-1",
];
