import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ALL_HUMAN_USERS } from "./settings/schema";
import { type BaselineSettings } from "./settings/model";
import { enabledRegions } from "./regions";

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
}

/**
 * Asks AWS, at preview as well as at update, what the account looks like.
 *
 * @throws BaselineError `region-not-enabled` when the home or an excluded region is not enabled in this account
 */
export async function describeAccount(settings: BaselineSettings): Promise<AccountFacts> {
  const [identity, partition, regions, mfaUsers] = await Promise.all([
    aws.getCallerIdentity(),
    aws.getPartition(),
    enabledRegions(settings.homeRegion, settings.excludeRegions),
    coveredUsers(settings),
  ]);
  return { accountId: identity.accountId, partition: partition.partition, regions, mfaUsers };
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
