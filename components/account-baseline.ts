import * as pulumi from "@pulumi/pulumi";
import { type AccountFacts } from "./foundation/account";
import { AccountGuards } from "./account-guards/account-guards";
import { Backup } from "./backup/backup";
import { BillingAlarm } from "./billing-alarm/billing-alarm";
import { SecurityContact } from "./security-contact/security-contact";
import { Adoption, nameIn } from "./foundation/adoption";
import { AlertChannel } from "./alert-channel/alert-channel";
import { DrillAlert } from "./alert-channel/drill-alert";
import { IamAlerts } from "./iam-alerts/iam-alerts";
import { TrailAlarms } from "./trail-alarms/trail-alarms";
import { ComplianceRules } from "./compliance-rules/compliance-rules";
import { ConfigRecording } from "./config-recording/config-recording";
import { globalTypesRegion } from "./config-recording/global-types-region";
import { ciRolePrefixOf, type GuardianOptions } from "./foundation/evidence/guardians";
import { ExternalAccess } from "./external-access/external-access";
import { FindingAlert } from "./finding-alert/finding-alert";
import { ThreatDetection } from "./threat-detection/threat-detection";
import { MfaEnforcement } from "./mfa-enforcement/mfa-enforcement";
import { boundRoles } from "./foundation/role-boundary";
import { PasswordPolicy } from "./password-policy/password-policy";
import { SupportRole } from "./support-role/support-role";
import { SsmEndpoints } from "./ssm-endpoints/ssm-endpoints";
import { globalRegion } from "./foundation/partition";
import { type Placement } from "./foundation/placement";
import { LeakResponse } from "./leak-response/leak-response";
import { type BaselineSettings } from "./foundation/settings/model";
import { regionsOf } from "./foundation/settings/skip";
import { controlTags } from "./foundation/tags";
import { AuditTrail } from "./audit-trail/audit-trail";

export interface AccountBaselineArgs {
  settings: BaselineSettings;
  account: AccountFacts;
}

/** Every control of the baseline for one account, in every region it covers, wired to one alert channel. */
export class AccountBaseline extends pulumi.ComponentResource {
  /** What the stack shows, by name: only what is switched on. */
  readonly outputs: Record<string, pulumi.Output<string>> = {};

  constructor(name: string, args: AccountBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    const adoption = new Adoption(args.settings.adopt.import);
    super(
      "baseline:index:AccountBaseline",
      name,
      {},
      {
        ...opts,
        transformations: [...(opts?.transformations ?? []), adoption.transformation, ...bounds(args)],
      },
    );
    const wiring = { ...args, name, child: { parent: this } };
    const channel = this.alertChannel(wiring);
    this.identity(wiring);
    const trail = this.trail(wiring, channel);
    this.detection(wiring, channel);
    this.response(wiring, channel);
    this.compliance(wiring, trail);
    this.guards(wiring);
    this.billing(wiring, channel);
    adoption.requireAllFound();
    this.registerOutputs(this.outputs);
  }

  private alertChannel(wiring: Wiring): AlertChannel {
    const { name, child, settings, account } = wiring;
    const alarmRegions = watchesBill(wiring) ? [globalRegion(account.partition)] : [];
    const place = here(wiring, "AlertChannel");
    const channel = new AlertChannel(
      `${name}-alert-channel`,
      { ...place, ...settings.alertChannel, ...guardians(wiring), alarmRegions, alertRegions: alertRegions(wiring) },
      child,
    );
    const drill = { route: channel.route(), regions: account.regions, namePrefix: place.namePrefix, tags: place.tags };
    new DrillAlert(`${name}-drill-alert`, drill, { parent: channel });
    const { emails, slack, teams } = settings.alertChannel;
    if (emails.length + slack.length + teams.length === 0) {
      void pulumi.log.warn("Nobody hears the alerts: alertChannel names no mailbox and no chat channel.", channel);
    }
    this.outputs.alertTopicArn = channel.topicArn;
    return channel;
  }

  private identity(wiring: Wiring): void {
    const { name, child, settings, account } = wiring;
    if (settings.mfaEnforcement.enabled) {
      const covered = { users: account.mfaUsers, groups: settings.mfaEnforcement.groups };
      const args = { ...here(wiring, "MfaEnforcement"), ...covered };
      this.outputs.mfaGroup = new MfaEnforcement(`${name}-mfa-enforcement`, args, child).groupName;
    }
    if (settings.passwordPolicy.enabled) {
      new PasswordPolicy(`${name}-password-policy`, settings.passwordPolicy, child);
    }
    if (settings.supportRole.enabled) {
      const args = { ...here(wiring, "SupportRole"), ...settings.supportRole };
      this.outputs.supportRoleArn = new SupportRole(`${name}-support-role`, args, child).roleArn;
    }
    if (settings.securityContact.enabled) {
      new SecurityContact(`${name}-security-contact`, settings.securityContact, child);
    }
  }

  private trail(wiring: Wiring, channel: AlertChannel): AuditTrail | undefined {
    const { name, child, settings, account } = wiring;
    let trail: AuditTrail | undefined;
    if (settings.auditTrail.enabled) {
      const adopted = settings.adopt.import[`${name}-audit-trail-trail`];
      const trailName = adopted === undefined ? {} : { trailName: nameIn(adopted) };
      const args = { ...here(wiring, "AuditTrail"), ...settings.auditTrail, ...guardians(wiring), ...trailName };
      trail = new AuditTrail(`${name}-audit-trail`, args, child);
      this.outputs.trailArn = trail.trailArn;
      this.outputs.trailBucket = trail.bucketName;
      if (settings.trailAlarms.enabled) {
        const source = { logGroupName: trail.logGroupName, topicArn: channel.topicArn };
        const alarms = { ...here(wiring, "TrailAlarms"), ...settings.trailAlarms, ...source };
        new TrailAlarms(`${name}-trail-alarms`, alarms, child);
      }
    }
    if (settings.iamAlerts.enabled) {
      const where = { regions: account.regions, globalRegion: globalRegion(account.partition) };
      const quarantineAnswered = settings.leakResponse.enabled;
      const told = { ...where, route: channel.route(), quarantineAnswered };
      const args = { ...here(wiring, "IamAlerts"), ...settings.iamAlerts, ...told };
      new IamAlerts(`${name}-iam-alerts`, args, child);
    }
    return trail;
  }

  private detection(wiring: Wiring, channel: AlertChannel): void {
    const { name, child, settings, account } = wiring;
    if (settings.threatDetection.enabled) {
      const { tags } = here(wiring, "ThreatDetection");
      for (const region of covered(wiring, "ThreatDetection")) {
        const args = { ...settings.threatDetection, region, tags };
        new ThreatDetection(`${name}-threat-detection-${region}`, args, child);
      }
    }
    if (settings.threatDetection.enabled && covered(wiring, "FindingAlert").length > 0) {
      const { minimumSeverity } = settings.threatDetection;
      const where = { route: channel.route(), regions: account.regions };
      const findings = { ...here(wiring, "FindingAlert"), ...where, minimumSeverity };
      new FindingAlert(`${name}-finding-alert`, findings, child);
    }
    if (settings.externalAccess.enabled) {
      const regions = covered(wiring, "ExternalAccess");
      const args = { ...here(wiring, "ExternalAccess"), ...settings.externalAccess, regions };
      new ExternalAccess(`${name}-external-access`, { ...args, homeRegion: args.region }, child);
    }
  }

  private response(wiring: Wiring, channel: AlertChannel): void {
    const { name, child, settings, account } = wiring;
    if (settings.leakResponse.enabled) {
      const where = { regions: account.regions, globalRegion: globalRegion(account.partition) };
      const args = { ...here(wiring, "LeakResponse"), ...settings.leakResponse, ...where, route: channel.route() };
      new LeakResponse(`${name}-leak-response`, args, child);
    }
  }

  private compliance(wiring: Wiring, trail: AuditTrail | undefined): void {
    const { name, child, settings, account } = wiring;
    const recorded = covered(wiring, "ConfigRecording");
    const checked = covered(wiring, "ComplianceRules");
    const recording = settings.configRecording.enabled
      ? new ConfigRecording(
          `${name}-config-recording`,
          {
            ...here(wiring, "ConfigRecording"),
            ...settings.configRecording,
            ...guardians(wiring),
            regions: recorded,
            globalTypesRegion: globalTypesRegion(settings.homeRegion, recorded),
            createServiceLinkedRole: !account.hasForeignConfigRole,
            accessLogBucket: trail?.accessLogBucket,
          },
          child,
        )
      : undefined;
    const unrecorded = checked.filter((region) => !recording || !recorded.includes(region));
    if (settings.complianceRules.enabled && unrecorded.length > 0) {
      const many = unrecorded.length === checked.length ? "every region" : unrecorded.join(", ");
      void pulumi.log.warn(
        `ComplianceRules needs a recorder of AWS Config, and ConfigRecording makes none in ${many}. The update fails there ` +
          "unless somebody else's recorder is there: adopt tells where. Set complianceRules.enabled to false, or record.",
      );
    }
    if (settings.complianceRules.enabled) {
      const { minimumLength, reusePrevention, maxAgeDays } = settings.passwordPolicy;
      const password = { minimumLength, reusePrevention, maxAgeDays };
      const where = { regions: checked, globalRegion: globalTypesRegion(settings.homeRegion, checked) };
      const args = { ...here(wiring, "ComplianceRules"), ...settings.complianceRules, ...where, ...password };
      new ComplianceRules(`${name}-compliance-rules`, args, { ...child, dependsOn: recording ? [recording] : [] });
    }
  }

  private guards(wiring: Wiring): void {
    const { name, child, settings, account } = wiring;
    if (settings.accountGuards.enabled) {
      const where = { regions: covered(wiring, "AccountGuards"), defaultVpcs: account.defaultVpcs };
      const args = { ...here(wiring, "AccountGuards"), ...settings.accountGuards, ...where };
      new AccountGuards(`${name}-account-guards`, args, child);
    }
    for (const vpc of account.vpcs) {
      const { optionalServices } = settings.ssmEndpoints;
      const args = { ...here(wiring, "SsmEndpoints"), ...vpc, optionalServices };
      new SsmEndpoints(`${name}-ssm-endpoints-${vpc.vpcId}`, args, child);
    }
    if (settings.backup.enabled) {
      const regions = settings.backup.regions.length > 0 ? settings.backup.regions : [settings.homeRegion];
      new Backup(`${name}-backup`, { ...here(wiring, "Backup"), ...settings.backup, regions }, child);
    }
  }

  private billing(wiring: Wiring, channel: AlertChannel): void {
    const { name, child, settings, account } = wiring;
    if (watchesBill(wiring)) {
      const region = globalRegion(account.partition);
      const args = { ...here(wiring, "BillingAlarm"), ...settings.billingAlarm, topicArn: channel.topicIn(region) };
      new BillingAlarm(`${name}-billing-alarm`, args, child);
    }
  }
}

interface Wiring extends AccountBaselineArgs {
  name: string;
  child: pulumi.ComponentResourceOptions;
}

function bounds({ settings, account }: AccountBaselineArgs): pulumi.ResourceTransformation[] {
  const { permissionsBoundary: name } = settings;
  return name === "" ? [] : [boundRoles(`arn:${account.partition}:iam::${account.accountId}:policy/${name}`)];
}

/** Who may change how evidence is kept. */
function guardians({ settings }: Wiring): Required<GuardianOptions> {
  const { trustedAdministrators, permissionsBoundary } = settings;
  return { trustedAdministrators, ciRolePrefix: ciRolePrefixOf(permissionsBoundary) };
}

/** Where a control goes and what marks its resources. */
function here({ settings, account }: Wiring, control: string): Placement {
  return {
    partition: account.partition,
    accountId: account.accountId,
    region: settings.homeRegion,
    namePrefix: settings.namePrefix,
    tags: controlTags(control, settings.tags),
  };
}

/** The regions a control covers; none when it is left out. */
function covered({ settings, account }: Wiring, control: string): string[] {
  return regionsOf(control, settings, account.regions);
}

/** Where rules of alerts are: in each covered region, and where IAM and AWS Health report, even if that is left out. */
function alertRegions({ settings, account }: Wiring): string[] {
  const global = settings.iamAlerts.enabled || settings.leakResponse.enabled ? [globalRegion(account.partition)] : [];
  return [...new Set([...account.regions, ...global])];
}

/** GovCloud accounts are billed through their twin in the `aws` partition; China has neither metric nor anomalies. */
function watchesBill({ settings, account }: Wiring): boolean {
  return settings.billingAlarm.enabled && account.partition === "aws";
}
