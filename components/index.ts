// Generated from components/controls.ts by `npm run docs`; edit tools/docs/exports.ts.

/**
 * The components, for programs of one's own and, through `pulumi package add`, for other languages. The types of their
 * arguments keep to what Pulumi can infer a schema from; a test runs Pulumi's own analyzer over this file.
 */
export { AccountBaseline, type AccountBaselineArgs } from "./account-baseline";
export { AccountGuards, type AccountGuardsArgs } from "./account-guards/account-guards";
export { AlertChannel, type AlertChannelArgs } from "./alert-channel/alert-channel";
export { AuditTrail, type AuditTrailArgs } from "./audit-trail/audit-trail";
export { Backup, type BackupArgs } from "./backup/backup";
export { BillingAlarm, type BillingAlarmArgs } from "./billing-alarm/billing-alarm";
export { ChatChannels, type ChatChannelsArgs } from "./alert-channel/chat-channels";
export { ComplianceRules, type ComplianceRulesArgs } from "./compliance-rules/compliance-rules";
export { ConfigRecording, type ConfigRecordingArgs } from "./config-recording/config-recording";
export { DrillAlert, type DrillAlertArgs } from "./alert-channel/drill-alert";
export { EventAlert, type EventAlertArgs } from "./alert-channel/event-alert";
export { ExternalAccess, type ExternalAccessArgs } from "./external-access/external-access";
export { FindingAlert, type FindingAlertArgs } from "./finding-alert/finding-alert";
export { IamAlerts, type IamAlertsArgs } from "./iam-alerts/iam-alerts";
export { LeakResponse, type LeakResponseArgs } from "./leak-response/leak-response";
export { LogBucket, type LogBucketArgs } from "./foundation/evidence/log-bucket";
export { MfaEnforcement, type MfaEnforcementArgs } from "./mfa-enforcement/mfa-enforcement";
export { PasswordPolicy } from "./password-policy/password-policy";
export { SecurityContact } from "./security-contact/security-contact";
export { SsmEndpoints, type SsmEndpointsArgs } from "./ssm-endpoints/ssm-endpoints";
export { SupportRole, type SupportRoleArgs } from "./support-role/support-role";
export { ThreatDetection, type ThreatDetectionArgs } from "./threat-detection/threat-detection";
export { TrailAlarms, type TrailAlarmsArgs } from "./trail-alarms/trail-alarms";
export { VpcFlowLogs, type VpcFlowLogsArgs } from "./vpc-flow-logs/vpc-flow-logs";
