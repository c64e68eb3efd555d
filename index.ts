import * as pulumi from "@pulumi/pulumi";
import { describeAccount } from "./components/account";
import { requireImportingEngine } from "./components/adoption";
import { requireSameLock } from "./components/account/previous-lock";
import { AccountBaseline } from "./components/account-baseline";
import { requireSameHome } from "./components/previous-home";
import { loadSettings } from "./components/settings/stack-config";
import { fitted } from "./components/standing";

/** The Pulumi program: one stack is one account. */
export = async () => {
  const settings = loadSettings();
  await requireImportingEngine(settings.adopt.import);
  const standing = await requireSameHome(settings);
  await requireSameLock(settings.backup);
  pulumi.runtime.registerStackTransformation(fitted(standing));
  const account = await describeAccount(settings);
  const baseline = new AccountBaseline("baseline", { settings, account });
  return {
    accountId: account.accountId,
    regions: account.regions,
    ...baseline.outputs,
    mfaUsers: account.mfaUsers,
  };
};
