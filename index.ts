import * as pulumi from "@pulumi/pulumi";
import { describeAccount } from "./components/foundation/account";
import { requireImportingEngine } from "./components/foundation/adoption";
import { AccountBaseline } from "./components/account-baseline";
import { controls } from "./components/controls";
import { requireSameHome } from "./components/alert-channel/previous-home";
import { loadSettings } from "./components/stack-config";
import { fitted } from "./components/foundation/standing";

/** The Pulumi program: one stack is one account. */
export = async () => {
  const settings = loadSettings();
  await requireImportingEngine(settings.adopt.import);
  const standing = await requireSameHome(settings);
  pulumi.runtime.registerStackTransformation(fitted(standing));
  const account = await describeAccount(settings, controls);
  const baseline = new AccountBaseline("baseline", { settings, account });
  return {
    accountId: account.accountId,
    regions: account.regions,
    ...baseline.outputs,
  };
};
