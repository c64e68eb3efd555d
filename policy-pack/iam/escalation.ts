import { managedVerdicts } from "./managed-policies";

/** What an IAM action works on. */
export type TargetKind = "user" | "group" | "role" | "policy";

/** An IAM action that makes its caller an administrator when it may be used on every target of its kind. */
export interface Escalation {
  readonly action: string;
  readonly kind: TargetKind;
  /** What is done with it, for people. */
  readonly how: string;
  /** One's own user is target enough. */
  readonly ownUser?: true;
}

/**
 * Each of these alone is enough: it rewrites what a principal may do, or hands out another principal's credentials.
 * Actions that need a second one (iam:PassRole) are not here. Source: AWS Service Authorization Reference for IAM;
 * the escalation methods of Rhino Security Labs and pathfinding.cloud.
 */
export const escalations: readonly Escalation[] = [
  { action: "iam:AttachUserPolicy", kind: "user", how: "attach AdministratorAccess to oneself", ownUser: true },
  { action: "iam:PutUserPolicy", kind: "user", how: "write oneself an inline policy", ownUser: true },
  { action: "iam:CreateAccessKey", kind: "user", how: "create an access key of an administrator" },
  { action: "iam:CreateLoginProfile", kind: "user", how: "give an administrator a password" },
  { action: "iam:UpdateLoginProfile", kind: "user", how: "change an administrator's password" },
  { action: "iam:AttachRolePolicy", kind: "role", how: "attach AdministratorAccess to a role one has" },
  { action: "iam:PutRolePolicy", kind: "role", how: "write a role one has an inline policy" },
  { action: "iam:UpdateAssumeRolePolicy", kind: "role", how: "let oneself assume an administrator's role" },
  { action: "iam:AttachGroupPolicy", kind: "group", how: "attach AdministratorAccess to a group one is in" },
  { action: "iam:PutGroupPolicy", kind: "group", how: "write a group one is in an inline policy" },
  { action: "iam:AddUserToGroup", kind: "group", how: "join the administrators' group" },
  { action: "iam:CreatePolicyVersion", kind: "policy", how: "rewrite a policy that is attached to oneself" },
  {
    action: "iam:SetDefaultPolicyVersion",
    kind: "policy",
    how: "go back to an older, wider version of a policy one has",
  },
];

/** Partitions of AWS: the second field of an ARN. */
export const partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/** AWS-managed policies that make whoever gets them an administrator, and that bound nobody. */
export const adminPolicyArns = partitions.flatMap((partition) =>
  managedVerdicts
    .filter(({ level }) => level === "admin")
    .map(({ name }) => `arn:${partition}:iam::aws:policy/${name}`),
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
