import * as pulumi from "@pulumi/pulumi";
import { type AccountFacts } from "./account";
import { AlertChannel } from "./alerting/alert-channel";
import { FindingAlert } from "./detection/finding-alert";
import { ThreatDetection } from "./detection/threat-detection";
import { MfaEnforcement } from "./identity/mfa-enforcement";
import { PasswordPolicy } from "./identity/password-policy";
import { type BaselineSettings } from "./settings/model";
import { AuditTrail } from "./trail/audit-trail";

export interface AccountBaselineArgs {
  settings: BaselineSettings;
  account: AccountFacts;
}

/** Every control of the baseline for one account, in every region it covers, wired to one alert channel. */
export class AccountBaseline extends pulumi.ComponentResource {
  /** What the stack shows, by name: only what is switched on. */
  readonly outputs: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: AccountBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:AccountBaseline", name, {}, opts);
    const child = { parent: this };
    const { settings, account } = args;
    const { homeRegion, namePrefix } = settings;
    const tags = { "managed-by": "aws-prevention-baseline", ...settings.tags };
    const place = { partition: account.partition, accountId: account.accountId, region: homeRegion, namePrefix, tags };

    const channel = new AlertChannel(`${name}-alert-channel`, { ...place, ...settings.alertChannel }, child);
    const outputs: Record<string, pulumi.Output<string>> = { alertTopicArn: channel.topicArn };

    if (settings.mfaEnforcement.enabled) {
      const { groups } = settings.mfaEnforcement;
      const covered = { ...place, users: account.mfaUsers, groups };
      outputs.mfaGroup = new MfaEnforcement(`${name}-mfa-enforcement`, covered, child).groupName;
    }
    if (settings.passwordPolicy.enabled) {
      new PasswordPolicy(`${name}-password-policy`, settings.passwordPolicy, child);
    }
    if (settings.auditTrail.enabled) {
      const trail = new AuditTrail(`${name}-audit-trail`, { ...place, ...settings.auditTrail }, child);
      outputs.trailArn = trail.trailArn;
      outputs.trailBucket = trail.bucketName;
    }
    if (settings.threatDetection.enabled) {
      for (const region of account.regions) {
        const here = { ...settings.threatDetection, region, tags };
        new ThreatDetection(`${name}-threat-detection-${region}`, here, child);
      }
      const { minimumSeverity } = settings.threatDetection;
      const findings = { route: channel.route(), regions: account.regions, namePrefix, minimumSeverity, tags };
      new FindingAlert(`${name}-finding-alert`, findings, child);
    }
    this.outputs = outputs;
    this.registerOutputs(outputs);
  }
}
