import { AccountGuards } from "./account/account-guards";
import { Backup } from "./account/backup";
import { BillingAlarm } from "./account/billing-alarm";
import { SecurityContact } from "./account/security-contact";
import { AlertChannel } from "./alerting/alert-channel";
import { IamAlerts } from "./alerting/iam-alerts";
import { TrailAlarms } from "./alerting/trail-alarms";
import { ComplianceRules } from "./compliance/compliance-rules";
import { ConfigRecording } from "./compliance/config-recording";
import { type ControlDescription } from "./control";
import { ExternalAccess } from "./detection/external-access";
import { FindingAlert } from "./detection/finding-alert";
import { ThreatDetection } from "./detection/threat-detection";
import { MfaEnforcement } from "./identity/mfa-enforcement";
import { PasswordPolicy } from "./identity/password-policy";
import { SupportRole } from "./identity/support-role";
import { LeakResponse } from "./response/leak-response";
import { SsmEndpoints } from "./network/ssm-endpoints";
import { AuditTrail } from "./trail/audit-trail";

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
