import * as pulumi from "@pulumi/pulumi";
import { describeAccount } from "./components/foundation/account";
import { requireImportingEngine } from "./components/foundation/adoption";
import { requireSameLock } from "./components/backup/previous-lock";
import { AccountBaseline } from "./components/account-baseline";
import { requireSameHome } from "./components/foundation/previous-home";
import { loadSettings } from "./components/foundation/settings/stack-config";
import { fitted } from "./components/foundation/standing";

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
