/**
 * The components, for programs of one's own and, through `pulumi package add`, for other languages. The types of their
 * arguments keep to what Pulumi can infer a schema from; a test runs Pulumi's own analyzer over this file.
 */
export { AccountBaseline, type AccountBaselineArgs } from "./account-baseline";
export { AlertChannel, type AlertChannelArgs } from "./alerting/alert-channel";
export { EventAlert, type EventAlertArgs } from "./alerting/event-alert";
export { FindingAlert, type FindingAlertArgs } from "./detection/finding-alert";
export { ThreatDetection, type ThreatDetectionArgs } from "./detection/threat-detection";
export { MfaEnforcement, type MfaEnforcementArgs } from "./identity/mfa-enforcement";
export { PasswordPolicy } from "./identity/password-policy";
export { AuditTrail, type AuditTrailArgs } from "./trail/audit-trail";
export { LogBucket, type LogBucketArgs } from "./trail/log-bucket";
