/**
 * The components, for programs of one's own and, through `pulumi package add`, for other languages. The types of their
 * arguments keep to what Pulumi can infer a schema from; a test runs Pulumi's own analyzer over this file.
 */
export { AccountBaseline, type AccountBaselineArgs } from "./account-baseline";
export { AccountGuards, type AccountGuardsArgs } from "./account/account-guards";
export { Backup, type BackupArgs } from "./account/backup";
export { BillingAlarm, type BillingAlarmArgs } from "./account/billing-alarm";
export { SecurityContact } from "./account/security-contact";
export { AlertChannel, type AlertChannelArgs } from "./alerting/alert-channel";
export { ChatChannels, type ChatChannelsArgs } from "./alerting/chat-channels";
export { DrillAlert, type DrillAlertArgs } from "./alerting/drill-alert";
export { EventAlert, type EventAlertArgs } from "./alerting/event-alert";
export { IamAlerts, type IamAlertsArgs } from "./alerting/iam-alerts";
export { TrailAlarms, type TrailAlarmsArgs } from "./alerting/trail-alarms";
export { ComplianceRules, type ComplianceRulesArgs } from "./compliance/compliance-rules";
export { ConfigRecording, type ConfigRecordingArgs } from "./compliance/config-recording";
export { ExternalAccess, type ExternalAccessArgs } from "./detection/external-access";
export { FindingAlert, type FindingAlertArgs } from "./detection/finding-alert";
export { ThreatDetection, type ThreatDetectionArgs } from "./detection/threat-detection";
export { MfaEnforcement, type MfaEnforcementArgs } from "./identity/mfa-enforcement";
export { PasswordPolicy } from "./identity/password-policy";
export { SupportRole, type SupportRoleArgs } from "./identity/support-role";
export { SsmEndpoints, type SsmEndpointsArgs } from "./network/ssm-endpoints";
export { LeakResponse, type LeakResponseArgs } from "./response/leak-response";
export { AuditTrail, type AuditTrailArgs } from "./trail/audit-trail";
export { LogBucket, type LogBucketArgs } from "./trail/log-bucket";
