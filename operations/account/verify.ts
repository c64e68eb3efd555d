import { type Evidence, type Verifier, type VerifyScope } from "../../components/foundation/verify/verifier";
import { accountGuards } from "../../components/account-guards/verify";
import { alertChannel } from "../../components/alert-channel/verify";
import { auditTrail } from "../../components/audit-trail/verify";
import { backup } from "../../components/backup/verify";
import { billingAlarm } from "../../components/billing-alarm/verify";
import { complianceRules } from "../../components/compliance-rules/verify";
import { configRecording } from "../../components/config-recording/verify";
import { externalAccess } from "../../components/external-access/verify";
import { findingAlert } from "../../components/finding-alert/verify";
import { iamAlerts } from "../../components/iam-alerts/verify";
import { leakResponse } from "../../components/leak-response/verify";
import { mfaEnforcement } from "../../components/mfa-enforcement/verify";
import { passwordPolicy } from "../../components/password-policy/verify";
import { securityContact } from "../../components/security-contact/verify";
import { ssmEndpoints } from "../../components/ssm-endpoints/verify";
import { supportRole } from "../../components/support-role/verify";
import { threatDetection } from "../../components/threat-detection/verify";
import { trailAlarms } from "../../components/trail-alarms/verify";

export interface ControlEvidence {
  /** Class of the control, such as `AuditTrail`. */
  control: string;
  holds: boolean;
  evidence: Evidence[];
}

/** Every control there is with its verifier; a test holds this list and the list of controls together. */
export const verifiers: Record<string, Verifier> = {
  MfaEnforcement: mfaEnforcement,
  PasswordPolicy: passwordPolicy,
  SupportRole: supportRole,
  SecurityContact: securityContact,
  AuditTrail: auditTrail,
  TrailAlarms: trailAlarms,
  IamAlerts: iamAlerts,
  ThreatDetection: threatDetection,
  FindingAlert: findingAlert,
  LeakResponse: leakResponse,
  ConfigRecording: configRecording,
  ComplianceRules: complianceRules,
  ExternalAccess: externalAccess,
  AccountGuards: accountGuards,
  SsmEndpoints: ssmEndpoints,
  BillingAlarm: billingAlarm,
  AlertChannel: alertChannel,
  Backup: backup,
};

/**
 * Asks AWS, control by control, whether the account is what the baseline promises. Reads only, and reads nothing of
 * Pulumi's state: what AWS does not say did not happen. What cannot be read does not hold.
 */
export async function verify(scope: VerifyScope): Promise<ControlEvidence[]> {
  const results: ControlEvidence[] = [];
  for (const [control, verifier] of Object.entries(verifiers)) {
    const evidence = await verifier(scope).catch((error: unknown) => [
      { holds: false, says: `could not be read: ${(error as Error).message}` },
    ]);
    results.push({ control, holds: evidence.length > 0 && evidence.every(({ holds }) => holds), evidence });
  }
  return results;
}
