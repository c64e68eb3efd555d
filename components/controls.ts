import { accountGuards } from "./account-guards";
import { alertChannel } from "./alert-channel";
import { auditTrail } from "./audit-trail";
import { backup } from "./backup";
import { billingAlarm } from "./billing-alarm";
import { complianceRules } from "./compliance-rules";
import { configRecording } from "./config-recording";
import { externalAccess } from "./external-access";
import { findingAlert } from "./finding-alert";
import { iamAlerts } from "./iam-alerts";
import { leakResponse } from "./leak-response";
import { mfaEnforcement } from "./mfa-enforcement";
import { passwordPolicy } from "./password-policy";
import { securityContact } from "./security-contact";
import { ssmEndpoints } from "./ssm-endpoints";
import { supportRole } from "./support-role";
import { threatDetection } from "./threat-detection";
import { trailAlarms } from "./trail-alarms";
import { vpcFlowLogs } from "./vpc-flow-logs";
import { type Control } from "./foundation/control";

/** Every control there is, in the order people read about them. */
export const controls: Control[] = [
  mfaEnforcement,
  passwordPolicy,
  supportRole,
  securityContact,
  auditTrail,
  trailAlarms,
  iamAlerts,
  threatDetection,
  findingAlert,
  leakResponse,
  configRecording,
  complianceRules,
  externalAccess,
  accountGuards,
  ssmEndpoints,
  vpcFlowLogs,
  billingAlarm,
  alertChannel,
  backup,
];
