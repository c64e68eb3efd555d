import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AccountGuardsOptions } from "../foundation/settings/model";

export interface AccountGuardsArgs extends AccountGuardsOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** Regions whose settings are set. Those of a region that leaves the list go back to what AWS starts with. */
  regions: string[];
  /** Id of the default VPC by region; a region without one has none. */
  defaultVpcs: Record<string, string>;
  tags: pulumi.Input<Record<string, string>>;
}

/** Account-wide settings that make the careless choice impossible, or at least no longer the default. */
export class AccountGuards extends pulumi.ComponentResource {
  constructor(name: string, args: AccountGuardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:AccountGuards", name, args, opts);
    if (args.blockPublicBuckets) {
      new aws.s3.AccountPublicAccessBlock(
        `${name}-buckets`,
        {
          accountId: args.accountId,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        { parent: this },
      );
    }
    for (const region of args.regions) {
      guardRegion(name, region, args, { parent: this });
    }
    this.registerOutputs({});
  }
}

function guardRegion(name: string, region: string, args: AccountGuardsArgs, child: pulumi.ResourceOptions): void {
  if (args.encryptVolumes) {
    new aws.ebs.EncryptionByDefault(`${name}-volumes-${region}`, { region, enabled: true }, child);
  }
  if (args.blockPublicSnapshots) {
    // `block-new-sharing` would leave public what is public already.
    new aws.ebs.SnapshotBlockPublicAccess(`${name}-snapshots-${region}`, { region, state: "block-all-sharing" }, child);
  }
  if (args.blockPublicImages) {
    // EC2 offers no more for images: those public already stay so.
    new aws.ec2.ImageBlockPublicAccess(`${name}-images-${region}`, { region, state: "block-new-sharing" }, child);
  }
  if (args.requireImdsV2) {
    new aws.ec2.InstanceMetadataDefaults(
      `${name}-metadata-${region}`,
      // Two hops let containers through, which one would lock out. Source: EC2 User Guide, IMDS considerations.
      { region, httpTokens: "required", httpPutResponseHopLimit: 2 },
      child,
    );
  }
  if (args.blockPublicDocuments) {
    const setting = "servicesetting/ssm/documents/console/public-sharing-permission";
    new aws.ssm.ServiceSetting(
      `${name}-documents-${region}`,
      {
        region,
        settingId: `arn:${args.partition}:ssm:${region}:${args.accountId}:${setting}`,
        settingValue: "Disable",
      },
      child,
    );
  }
  const vpcId = args.defaultVpcs[region];
  if (args.closeDefaultSecurityGroups && vpcId !== undefined) {
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default-security-group-${region}`,
      // Empty, not left out: left out, rules that somebody adds later would be taken as they are.
      { region, vpcId, ingress: [], egress: [], tags: args.tags },
      child,
    );
  }
}
