import { AlertChannel } from "./alerting/alert-channel";
import { type ControlDescription } from "./control";
import { FindingAlert } from "./detection/finding-alert";
import { ThreatDetection } from "./detection/threat-detection";
import { MfaEnforcement } from "./identity/mfa-enforcement";
import { PasswordPolicy } from "./identity/password-policy";
import { AuditTrail } from "./trail/audit-trail";

/** Every control there is, in the order people read about them. */
export const controls: ControlDescription[] = [
  MfaEnforcement.control,
  PasswordPolicy.control,
  AuditTrail.control,
  ThreatDetection.control,
  FindingAlert.control,
  AlertChannel.control,
];
