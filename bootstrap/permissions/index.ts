import { account } from "./account";
import { alerting } from "./alerting";
import { detection } from "./detection";
import { identity } from "./identity";
import { type PermissionTable } from "./model";
import { network } from "./network";
import { response } from "./response";
import { trail } from "./trail";

/** Every resource type the baseline declares, and what it takes to read, make, change and remove it. */
export const permissionTable: PermissionTable = {
  ...account,
  ...alerting,
  ...detection,
  ...identity,
  ...network,
  ...response,
  ...trail,
};

/** Every action an update may use, whatever the condition, once each. */
export const writeActions: readonly string[] = [
  ...new Set(
    Object.values(permissionTable).flatMap(({ write, limited = [] }) => [
      ...write,
      ...limited.flatMap((each) => each.write),
    ]),
  ),
].sort();

/**
 * What CI's apply role is refused by its own wall: see `administrator` in the model. Calls that make a thing as well as
 * change it are not among them; the policy of the bucket refuses those once the bucket is there.
 */
export const administratorActions: readonly string[] = [
  ...new Set(Object.values(permissionTable).flatMap(({ administrator = {} }) => Object.values(administrator).flat())),
]
  .filter((action) => !writeActions.includes(action))
  .sort();

/** What the program asks before it declares anything, and what the provider asks when it starts. */
export const questions = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeRegions",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeVpcs",
  "iam:ListRoles",
  "iam:ListUsers",
  "sts:GetCallerIdentity",
];

/** What `drift` and `adopt` ask besides: who changed something, and what there is that the baseline did not make. */
export const searches = [
  "access-analyzer:ListAnalyzers",
  "backup:ListBackupPlans",
  "backup:ListBackupVaults",
  "budgets:ViewBudget",
  "cloudtrail:LookupEvents",
  "guardduty:GetAdministratorAccount",
  "guardduty:ListDetectors",
  "organizations:DescribeOrganization",
];

/** What `drift` asks of the baseline's own resources: what somebody has hung on them. Not one of these reads contents. */
export const childSearches = [
  "access-analyzer:ListArchiveRules",
  "backup:GetBackupVaultAccessPolicy",
  "cloudwatch:GetAlarmMuteRule",
  "cloudwatch:ListAlarmMuteRules",
  "config:DescribeAggregationAuthorizations",
  "config:DescribeRetentionConfigurations",
  "ec2:DescribeSecurityGroupRules",
  "events:ListRules",
  "guardduty:GetFilter",
  "guardduty:GetIPSet",
  "guardduty:GetTrustedEntitySet",
  "guardduty:ListFilters",
  "guardduty:ListIPSets",
  "guardduty:ListTrustedEntitySets",
  "iam:ListAttachedGroupPolicies",
  "iam:ListGroupPolicies",
  "kms:ListGrants",
  "logs:DescribeAccountPolicies",
  "logs:DescribeSubscriptionFilters",
  "logs:GetTransformer",
  "s3:GetBucketNotification",
  "s3:ListAccessPoints",
  "sns:GetDataProtectionPolicy",
];

/** Every action of a preview, once each. */
export const readActions: readonly string[] = [
  ...new Set([
    ...Object.values(permissionTable).flatMap(({ read }) => read),
    ...questions,
    ...searches,
    ...childSearches,
  ]),
].sort();
