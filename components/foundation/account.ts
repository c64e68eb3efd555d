import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Control, isOn } from "./control";
import { ciRolePrefixOf } from "./evidence/guardians";
import { requireTrustedCaller } from "./evidence/trusted-caller";
import { callerIdentity } from "./foreign-account";
import { type AccountFacts } from "./account-facts";
import { type BaselineSettings } from "./settings/model";
import { enabledRegions } from "./regions";

/**
 * Asks AWS, at preview as well as at update, what the account looks like.
 *
 * @throws BaselineError `wrong-account` when the credentials are not of an account in `aws:allowedAccountIds`
 * @throws BaselineError `region-not-enabled` when the home or an excluded region is not enabled in this account
 * @throws BaselineError `locks-out-caller` when an update would refuse its caller every later one
 * @throws BaselineError what a control finds in the way
 */
export async function describeAccount(settings: BaselineSettings, controls: Control[]): Promise<AccountFacts> {
  // Alone: the provider answers every question alike where it may not ask this account.
  const { accountId, arn } = await callerIdentity();
  const [{ partition }, regions] = await Promise.all([
    aws.getPartition(),
    enabledRegions(settings.homeRegion, settings.excludeRegions),
  ]);
  const ask = async ({ id, facts }: Control) => [id, await facts?.ask(settings, regions)];
  const asked = await Promise.all(controls.filter((each) => isOn(each, settings)).map(ask));
  if (!pulumi.runtime.isDryRun()) {
    const ciRolePrefix = ciRolePrefixOf(settings.permissionsBoundary);
    const { trustedAdministrators } = settings;
    requireTrustedCaller(arn, { partition, accountId, trustedAdministrators, ciRolePrefix });
  }
  return { accountId, partition, regions, ofControls: Object.fromEntries(asked) as AccountFacts["ofControls"] };
}
