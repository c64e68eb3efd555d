import { type BaselineSettings } from "./model";

/** How a control can be left out with `adopt.skip`. */
interface Skipping {
  /** The setting whose `enabled` switches it off as a whole; absent where several controls share one. */
  setting?: SettingWithSwitch;
  /** Single regions can be left out as well. */
  byRegion?: true;
}

type SettingWithSwitch = {
  [Key in keyof BaselineSettings]: BaselineSettings[Key] extends { enabled: boolean } ? Key : never;
}[keyof BaselineSettings];

/**
 * The controls that `adopt.skip` may name. All but the alert channel, through which the others speak. A test holds it
 * against the list of controls.
 */
export const skippable: Readonly<Record<string, Skipping>> = {
  MfaEnforcement: { setting: "mfaEnforcement" },
  PasswordPolicy: { setting: "passwordPolicy" },
  SupportRole: { setting: "supportRole" },
  SecurityContact: { setting: "securityContact" },
  AuditTrail: { setting: "auditTrail" },
  TrailAlarms: { setting: "trailAlarms" },
  IamAlerts: { setting: "iamAlerts" },
  // Without the detector, findings of one that others administer are still told.
  ThreatDetection: { byRegion: true },
  FindingAlert: {},
  LeakResponse: { setting: "leakResponse" },
  ConfigRecording: { setting: "configRecording", byRegion: true },
  ComplianceRules: { setting: "complianceRules", byRegion: true },
  ExternalAccess: { setting: "externalAccess", byRegion: true },
  AccountGuards: { setting: "accountGuards", byRegion: true },
  SsmEndpoints: { setting: "ssmEndpoints" },
  BillingAlarm: { setting: "billingAlarm" },
  Backup: { setting: "backup" },
};

/** The settings with every control switched off that is skipped as a whole, and the trail's alarms with the trail. */
export function withSkipped(settings: BaselineSettings): BaselineSettings {
  const { skip } = settings.adopt;
  const all = skip.includes("AuditTrail") ? [...skip, "TrailAlarms"] : skip;
  const off = all.flatMap((entry) => {
    const setting = skippable[entry]?.setting;
    return setting ? [[setting, { ...settings[setting], enabled: false }] as const] : [];
  });
  return { ...settings, ...Object.fromEntries(off) };
}

/** The regions a control covers: `regions` less those that `adopt.skip` leaves out; none where it is skipped as a whole. */
export function regionsOf(control: string, { adopt }: BaselineSettings, regions: string[]): string[] {
  return adopt.skip.includes(control) ? [] : regions.filter((region) => !adopt.skip.includes(`${control}@${region}`));
}
