import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { planAdoption } from "../../operations/apply/adopt/adopt";
import { withChanges } from "../../operations/apply/adopt/merge";
import { type Manages } from "../../operations/apply/adopt/model";
import { managedIn } from "../../operations/apply/adopt/state";
import { accountClients } from "../../aws/account-clients";
import { engineHost, findEngine } from "../../sandbox/demo/engine-host";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { type AwsClients } from "../../aws/clients";
import { settingsFromConfig } from "../../components/stack-config";
import { type Emulator } from "../../sandbox/emulator";
import { type RunResult } from "../../engine/host";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { type StackHost } from "../../engine/stack-host";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { type Foreign, seedForeign } from "../support/foreign-account";
import { project } from "../support/graph";
import { scratch } from "../support/scratch";

const home = "us-east-1";

describe(titled("adopting an account that is not empty, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let folder: string;
  let emulator: Emulator;
  let aws: Clients;
  let clients: AwsClients;
  let theirs: Foreign;
  let host: StackHost;
  const settings: Record<string, unknown> = {
    "aws:region": home,
    "aws-prevention-baseline:excludeRegions": defaultRegions.filter((each) => each !== home),
  };

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-adopt");
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, home);
    clients = accountClients({ endpoint: emulator.endpoint });
    theirs = await seedForeign(aws, emulator.accountId, home);
    const { changes } = await plan(() => false);
    settings["aws-prevention-baseline:adopt"] = withChanges({ import: {}, skip: [] }, changes);
    const hand = { emulator, project, settings, folder, signal: new AbortController().signal, onStep: () => undefined };
    host = (await engineHost(hand, await findEngine(false))) as StackHost;
  });
  after(async () => {
    aws?.destroy();
    clients?.destroy();
    await host?.close();
    await emulator?.stop();
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  async function plan(manages: Manages) {
    const checked = settingsFromConfig(project.name, withDefaults(project, settings));
    const asked = { aws: clients, settings: checked, file: "Pulumi.practice.yaml", allowedAccountIds: [] };
    return planAdoption({ ...asked, trail: "import", manages });
  }

  const named = ({ steps }: RunResult, op: string) =>
    steps
      .filter((each) => each.op === op && each.name in theirs.imports)
      .map(({ name }) => name)
      .sort();

  it("imports each, and changes it in the same update", async () => {
    const all = Object.keys(theirs.imports).sort();
    const up = await host.up("index");
    assert.equal(up.outcome, "done");
    assert.deepEqual([named(up, "import"), named(up, "update")], [all, all]);
    assert.deepEqual([...named(up, "create"), ...named(up, "replace"), ...named(up, "delete")], []);
    const { DetectorIds: ids } = await aws.guardduty(home).listDetectors({});
    assert.deepEqual(ids, [theirs.detectorId]);
    assert.deepEqual(await theirs.untouched(), theirs.before);
  });

  it("has nothing to do the second time, with the entries still there, nor has adopt", async () => {
    const { steps } = await host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
    const { changes, decisions } = await plan(managedIn(await host.resources()));
    assert.deepEqual(changes, { imports: {}, skips: [], stale: [] });
    const own = decisions.filter(({ action }) => action === "ours").map(({ as }) => as?.resource ?? "");
    assert.ok(own.includes("baseline-billing-alarm-budget"), "its own budget");
    const taken = own.filter((each) => each in theirs.imports);
    assert.deepEqual(taken.sort(), Object.keys(theirs.imports).sort());
  });
});
