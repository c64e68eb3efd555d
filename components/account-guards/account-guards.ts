import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ControlDescription, ControlScope } from "../foundation/control";
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
  static readonly control: ControlDescription = {
    id: "AccountGuards",
    title:
      "Buckets, snapshots, images and documents cannot be made public; volumes are encrypted; IMDSv2 is the default",
    scope: ControlScope.everyRegion,
    stops: "Data carried out by making it public, and keys of an instance's role stolen through its metadata service.",
    answers: [
      "CIS 5.0 2.1.4",
      "CIS 5.0 5.1.1",
      "CIS 5.0 5.7",
      "CIS 7.0 3.1.4",
      "CIS 7.0 6.1.1",
      "CIS 7.0 6.7",
      "Security Hub S3.1",
      "Security Hub EC2.7",
      "Security Hub EC2.182",
      "Security Hub SSM.7",
      "Config S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
      "Config EC2_EBS_ENCRYPTION_BY_DEFAULT",
      "Config EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS",
      "Config SSM_AUTOMATION_BLOCK_PUBLIC_SHARING",
    ],
    cost: "free",
    settings: ["accountGuards"],
  };

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
