import * as aws from "@pulumi/aws";
import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { type BaselineSettings } from "../foundation/settings/model";
import { AccountGuards } from "./account-guards";
import { accountGuardsSettings } from "./settings";

export const accountGuards = control({
  id: "AccountGuards",
  title: "Buckets, snapshots, images and documents cannot be made public; volumes are encrypted; IMDSv2 is the default",
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
  settings: accountGuardsSettings,
  byRegion: true,
  facts: { none: { defaultVpcs: {} }, ask: async (...asked) => ({ defaultVpcs: await vpcsToClose(...asked) }) },
  place: ({ settings, regions, facts: { defaultVpcs }, ...at }) => {
    new AccountGuards(at.name, { ...placementOf(at), ...settings.accountGuards, regions, defaultVpcs }, at.child);
  },
  drift: [
    touched("AccountPublicAccessBlock", "critical", "buckets can be made public"),
    touched("DefaultSecurityGroup", "high", "the default security group lets traffic through"),
    touched("SnapshotBlockPublicAccess", "high", "snapshots can be made public"),
    touched("ImageBlockPublicAccess", "high", "images can be made public"),
    touched("ServiceSetting", "high", "documents can be made public"),
  ],
});

/** Ids of default VPCs by region; none unless their security groups are to be closed. */
async function vpcsToClose({ accountGuards }: BaselineSettings, regions: string[]): Promise<Record<string, string>> {
  if (!accountGuards.closeDefaultSecurityGroups) {
    return {};
  }
  const filters = [{ name: "is-default", values: ["true"] }];
  const found = await Promise.all(
    regions.map(async (region) => [region, (await aws.ec2.getVpcs({ region, filters })).ids[0]]),
  );
  // Many accounts have deleted the default VPC of regions they do not use.
  return Object.fromEntries(found.filter(([, id]) => id !== undefined)) as Record<string, string>;
}
