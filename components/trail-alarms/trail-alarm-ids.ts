/**
 * The alarms on the trail's log group, by the name that settings and CloudWatch use; fifteen of them as CIS AWS
 * Foundations 7.0 (5.1 to 5.15) and Security Hub (CloudWatch.1 to .14) ask for them, the last one the baseline's own.
 */
export const trailAlarmIds = [
  "unauthorized-api-calls",
  "console-sign-in-without-mfa",
  "root-use",
  "iam-policy-changes",
  "cloudtrail-changes",
  "console-sign-in-failures",
  "kms-key-disabled-or-deleted",
  "s3-bucket-policy-changes",
  "config-changes",
  "security-group-changes",
  "network-acl-changes",
  "network-gateway-changes",
  "route-table-changes",
  "vpc-changes",
  "organizations-changes",
  "denied-api-calls",
] as const;

export type TrailAlarmId = (typeof trailAlarmIds)[number];
