import { AccountGuards } from "./account-guards/account-guards";
import { Backup } from "./backup/backup";
import { BillingAlarm } from "./billing-alarm/billing-alarm";
import { SecurityContact } from "./security-contact/security-contact";
import { AlertChannel } from "./alert-channel/alert-channel";
import { IamAlerts } from "./iam-alerts/iam-alerts";
import { TrailAlarms } from "./trail-alarms/trail-alarms";
import { ComplianceRules } from "./compliance-rules/compliance-rules";
import { ConfigRecording } from "./config-recording/config-recording";
import { type ControlDescription } from "./foundation/control";
import { ExternalAccess } from "./external-access/external-access";
import { FindingAlert } from "./finding-alert/finding-alert";
import { ThreatDetection } from "./threat-detection/threat-detection";
import { MfaEnforcement } from "./mfa-enforcement/mfa-enforcement";
import { PasswordPolicy } from "./password-policy/password-policy";
import { SupportRole } from "./support-role/support-role";
import { LeakResponse } from "./leak-response/leak-response";
import { SsmEndpoints } from "./ssm-endpoints/ssm-endpoints";
import { AuditTrail } from "./audit-trail/audit-trail";

/** Every control there is, in the order people read about them. */
export const controls: ControlDescription[] = [
  MfaEnforcement.control,
  PasswordPolicy.control,
  SupportRole.control,
  SecurityContact.control,
  AuditTrail.control,
  TrailAlarms.control,
  IamAlerts.control,
  ThreatDetection.control,
  FindingAlert.control,
  LeakResponse.control,
  ConfigRecording.control,
  ComplianceRules.control,
  ExternalAccess.control,
  AccountGuards.control,
  SsmEndpoints.control,
  BillingAlarm.control,
  AlertChannel.control,
  Backup.control,
];
