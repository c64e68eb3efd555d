import assert from "node:assert/strict";
import { planAdoption } from "../../operations/apply/adopt/adopt";
import { type AdoptReport } from "../../operations/apply/adopt/report";
import { withChanges } from "../../operations/apply/adopt/merge";
import { type TrailChoice } from "../../operations/apply/adopt/model";
import { managedIn } from "../../operations/apply/adopt/state";
import { accountClients } from "../../aws/account-clients";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { verify } from "../../operations/account/verify";
import { type AwsClients } from "../../aws/clients";
import { settingsFromConfig } from "../../components/stack-config";
import { type RunResult } from "../../engine/host";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { project } from "../support/graph";
import { practice, type Practice } from "../support/practice";
import { seedForeign, type Foreign } from "../support/foreign-account";

const home = "us-east-1";
const regions = [home, "eu-west-1"];

describe("adopting an account that is not empty", function () {
  this.timeout(120_000);
  let stage: Practice;
  let aws: AwsClients;
  let theirs: Foreign;
  const settings: Record<string, unknown> = {
    excludeRegions: defaultRegions.filter((each) => !regions.includes(each)),
    alertChannel: { emails: ["security@example.com"] },
  };

  before(async () => {
    stage = await practice();
    aws = accountClients({ endpoint: stage.emulator.endpoint });
    theirs = await seedForeign(stage.aws, stage.emulator.accountId, home);
    Object.entries(settings).forEach(([key, value]) => stage.set(key, value));
  });
  after(async () => {
    aws?.destroy();
    await stage?.end();
  });

  async function plan(trail: TrailChoice = "import"): Promise<AdoptReport> {
    const resources = await stage.host.resources();
    const config = withDefaults(project, { "aws:region": home, ...settings });
    return planAdoption({
      aws,
      settings: settingsFromConfig(project.name, config),
      file: "Pulumi.test.yaml",
      allowedAccountIds: [stage.emulator.accountId],
      trail,
      manages: managedIn(resources),
    });
  }

  it("finds what is in the way, and what it would do", async () => {
    const { decisions, changes, copies } = await plan();
    const actions = decisions.map(({ thing, region, action }) => [thing, region ?? "", action]);
    assert.deepEqual(
      actions.filter(([thing]) => thing !== "Default security group"),
      [
        ["CloudTrail trail", home, "import"],
        ["GuardDuty detector", home, "import"],
        ["Config recorder", home, "import"],
        ["Config delivery channel", home, "import"],
        ["IAM password policy", "", "import"],
        ["S3 public access block", "", "import"],
        ["Role of AWS Config", "", "keep"],
        ["Budget", "", "keep"],
      ],
    );
    assert.deepEqual(changes.imports, theirs.imports);
    assert.deepEqual([changes.skips, changes.stale, copies], [[], [], undefined]);
  });

  it("says that a trail beside theirs is a billed copy", async () => {
    const { decisions, copies } = await plan("beside");
    assert.equal(decisions.find(({ thing }) => thing === "CloudTrail trail")?.action, "keep");
    assert.deepEqual(copies?.beside, ["corp-trail"]);
  });

  let up: RunResult;
  it("imports each, and changes it to what the baseline says", async () => {
    const { changes } = await plan();
    settings["adopt"] = withChanges({ import: {}, skip: [] }, changes);
    stage.set("adopt", settings["adopt"]);
    const preview = await stage.host.preview("index");
    const imports = (result: RunResult) => result.steps.filter(({ op }) => op === "import").map(({ name }) => name);
    assert.deepEqual(imports(preview).sort(), Object.keys(theirs.imports).sort());
    up = await stage.host.up("index");
    assert.equal(up.outcome, "done");
    assert.deepEqual(imports(up).sort(), Object.keys(theirs.imports).sort());
    const others = up.steps.filter(({ name, op }) => op !== "create" && !(name in theirs.imports));
    assert.deepEqual(others, []);
  });

  it("keeps what it took over, under its name, and makes no second", async () => {
    const guardduty = await stage.aws.guardduty(home).listDetectors({});
    const { ConfigurationRecorders: recorders = [] } = await stage.aws.config(home).describeConfigurationRecorders({});
    const { DeliveryChannels: channels = [] } = await stage.aws.config(home).describeDeliveryChannels({});
    const { trailList = [] } = await stage.aws.cloudtrail(home).describeTrails({});
    assert.deepEqual(guardduty.DetectorIds, [theirs.detectorId]);
    assert.deepEqual([recorders.map(({ name }) => name), channels.map(({ name }) => name)], [["default"], ["default"]]);
    assert.deepEqual(
      trailList.map(({ Name }) => Name),
      ["corp-trail"],
    );
  });

  it("leaves what is not the baseline's as it was", async () => {
    assert.deepEqual(await theirs.untouched(), theirs.before);
  });

  it("holds every control afterwards", async () => {
    const { accountId } = stage.emulator;
    const scope = {
      aws: stage.aws,
      accountId,
      homeRegion: home,
      regions,
      namePrefix: "baseline",
      trailName: "corp-trail",
    };
    const evidence = await verify(scope);
    assert.deepEqual(
      evidence.filter(({ holds }) => !holds),
      [],
    );
  });

  it("finds nothing to do the second time, and neither does up", async () => {
    const { decisions, changes } = await plan();
    assert.deepEqual(changes, { imports: {}, skips: [], stale: [] });
    assert.deepEqual(
      decisions.filter(({ action }) => action === "import"),
      [],
    );
    const { steps } = await stage.host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
  });

  it("says which thing is not there to be imported", async () => {
    const more = [...regions, "us-west-2"];
    stage.set(
      "excludeRegions",
      defaultRegions.filter((each) => !more.includes(each)),
    );
    const adopt = settings["adopt"] as { import: object };
    stage.set("adopt", {
      import: { ...adopt.import, "baseline-threat-detection-us-west-2-detector": "nope@us-west-2" },
    });
    await assert.rejects(stage.host.preview("index"), /us-west-2-detector: there is no nope@us-west-2 to import/);
    Object.entries(settings).forEach(([key, value]) => stage.set(key, value));
  });

  it("takes an entry out once its thing is gone", async () => {
    await stage.aws.guardduty(home).deleteDetector({ DetectorId: theirs.detectorId });
    const { changes } = await plan();
    assert.deepEqual(changes, { imports: {}, skips: [], stale: [`baseline-threat-detection-${home}-detector`] });
  });
});
