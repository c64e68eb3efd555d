import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ciRolePrefixOf } from "./evidence/guardians";
import { requireTrustedCaller } from "./evidence/trusted-caller";
import { callerIdentity } from "./foreign-account";
import { describeVpcs } from "../ssm-endpoints/describe-vpcs";
import { type VpcFacts } from "../ssm-endpoints/vpc-facts";
import { ALL_HUMAN_USERS } from "./settings/schema/identity";
import { type BaselineSettings } from "./settings/model";
import { enabledRegions } from "./regions";
import { ownTags, projectName } from "./tags";

/** What is true of the account before anything is provisioned. Every value is known at preview. */
export interface AccountFacts {
  /** Twelve digits. */
  accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`; the second part of every ARN. */
  partition: string;
  /** The regions the baseline covers: enabled ones less the excluded, the home region first. */
  regions: string[];
  /** IAM users the MFA policy will cover, after exemptions. Names, not ARNs. */
  mfaUsers: string[];
  /** True when somebody else made AWS Config's service-linked role, of which an account has one. */
  hasForeignConfigRole: boolean;
  /** Ids of default VPCs by region; none unless their security groups are to be closed. */
  defaultVpcs: Record<string, string>;
  /** The VPCs in the settings, as they are. */
  vpcs: VpcFacts[];
}

/**
 * Asks AWS, at preview as well as at update, what the account looks like.
 *
 * @throws BaselineError `wrong-account` when the credentials are not of an account in `aws:allowedAccountIds`
 * @throws BaselineError `region-not-enabled` when the home or an excluded region is not enabled in this account
 * @throws BaselineError `locks-out-caller` when an update would refuse its caller every later one
 * @throws BaselineError when a VPC in the settings cannot have endpoints
 */
export async function describeAccount(settings: BaselineSettings): Promise<AccountFacts> {
  // Alone: the provider answers every question alike where it may not ask this account.
  const identity = await callerIdentity();
  const [partition, regions, mfaUsers, hasForeignConfigRole, vpcs] = await Promise.all([
    aws.getPartition(),
    enabledRegions(settings.homeRegion, settings.excludeRegions),
    coveredUsers(settings),
    foreignConfigRole(settings),
    settings.ssmEndpoints.enabled ? describeVpcs(settings.ssmEndpoints.vpcs) : [],
  ]);
  const { accountId, arn } = identity;
  if (!pulumi.runtime.isDryRun()) {
    const ciRolePrefix = ciRolePrefixOf(settings.permissionsBoundary);
    const { trustedAdministrators } = settings;
    requireTrustedCaller(arn, { partition: partition.partition, accountId, trustedAdministrators, ciRolePrefix });
  }
  const defaultVpcs = await vpcsToClose(settings, regions);
  return { accountId, partition: partition.partition, regions, mfaUsers, hasForeignConfigRole, defaultVpcs, vpcs };
}

async function coveredUsers({ mfaEnforcement }: BaselineSettings): Promise<string[]> {
  if (!mfaEnforcement.enabled) {
    return [];
  }
  const named = mfaEnforcement.users.filter((user) => user !== ALL_HUMAN_USERS);
  const everybody = mfaEnforcement.users.includes(ALL_HUMAN_USERS) ? (await aws.iam.getUsers()).names : [];
  const exempt = new Set(mfaEnforcement.exemptUsers);
  const covered = [...new Set([...named, ...everybody])].filter((user) => !exempt.has(user)).sort();
  if (everybody.length > 0 && covered.length > 0) {
    await pulumi.log.info(
      `MFA enforcement covers ${covered.length} IAM user(s): ${covered.join(", ")}. ` +
        "Without MFA they can only enrol a device; put automation users in mfaEnforcement.exemptUsers.",
    );
  }
  return covered;
}

/** Ours bears our tag. Told apart by it, the role stays declared once the baseline has made it. */
async function foreignConfigRole({ configRecording }: BaselineSettings): Promise<boolean> {
  if (!configRecording.enabled) {
    return false;
  }
  const { names } = await aws.iam.getRoles({ pathPrefix: "/aws-service-role/config.amazonaws.com/" });
  const name = names.find((each) => each === "AWSServiceRoleForConfig");
  return name !== undefined && (await aws.iam.getRole({ name })).tags[ownTags.project] !== projectName;
}

async function vpcsToClose({ accountGuards }: BaselineSettings, regions: string[]): Promise<Record<string, string>> {
  if (!accountGuards.enabled || !accountGuards.closeDefaultSecurityGroups) {
    return {};
  }
  const filters = [{ name: "is-default", values: ["true"] }];
  const found = await Promise.all(
    regions.map(async (region) => [region, (await aws.ec2.getVpcs({ region, filters })).ids[0]]),
  );
  // Many accounts have deleted the default VPC of regions they do not use.
  return Object.fromEntries(found.filter(([, id]) => id !== undefined)) as Record<string, string>;
}
