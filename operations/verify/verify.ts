import { type Clients } from "../../sandbox/provider/clients";
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

/** Where to look. Names follow from the prefix; everything else is read from AWS. */
export interface VerifyScope {
  aws: Clients;
  accountId: string;
  homeRegion: string;
  /** The regions the baseline covers. */
  regions: string[];
  namePrefix: string;
  /** Of a trail that was taken over; by default one that begins with the prefix. */
  trailName?: string;
}

/** One sentence about what AWS says. */
export interface Evidence {
  /** True when it is what the control promises. */
  holds: boolean;
  /** Absent for what is not regional. */
  region?: string;
  /** What was read, in words. */
  says: string;
  /** Speaks neither for nor against the control: it is switched off, or the emulator has no API to read it. */
  neutral?: true;
}

export interface ControlEvidence {
  /** Class of the control, such as `AuditTrail`. */
  control: string;
  holds: boolean;
  evidence: Evidence[];
}

/** Reads one control back from the account. */
export type Verifier = (scope: VerifyScope) => Promise<Evidence[]>;

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
