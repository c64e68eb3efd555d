import assert from "node:assert/strict";
import { planAdoption } from "../../operations/apply/adopt/adopt";
import { withChanges } from "../../operations/apply/adopt/merge";
import { managedIn, namesIn } from "../../operations/apply/adopt/state";
import { accountClients } from "../../aws/account-clients";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { verify } from "../../operations/account/verify";
import { type AwsClients } from "../../aws/clients";
import { settingsFromConfig } from "../../components/stack-config";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { project } from "../support/graph";
import { practice, type Practice } from "../support/practice";

const home = "us-east-1";
const regions = [home, "eu-west-1"];

/** What the baseline could not make, made once: all but what the failed update wrote over is imported. */
const named = [
  "baseline-audit-trail-trail",
  "baseline-audit-trail-logs-bucket",
  "baseline-audit-trail-access-logs-bucket",
  "baseline-config-recording-delivery-bucket",
  "baseline-config-recording-role",
  "baseline-audit-trail-log-group",
  "baseline-audit-trail-key-alias",
  "baseline-alert-channel-key-alias",
  "baseline-alert-channel-topic",
  "baseline-alert-channel-relay-role",
  "baseline-leak-response-machine",
  "baseline-backup-vault-us-east-1",
  "baseline-backup-plan-us-east-1",
];

describe("adopting what a former stack left behind", function () {
  this.timeout(240_000);
  let stage: Practice;
  let aws: AwsClients;
  let idsBefore: Map<string, string>;
  const settings: Record<string, unknown> = {
    excludeRegions: defaultRegions.filter((each) => !regions.includes(each)),
    alertChannel: { emails: ["security@example.com"] },
    backup: { enabled: true },
  };

  before(async () => {
    stage = await practice();
    aws = accountClients({ endpoint: stage.emulator.endpoint });
    Object.entries(settings).forEach(([key, value]) => stage.set(key, value));
    await stage.host.up("index");
    const made = stage.state.list();
    idsBefore = new Map(made.map(({ name, id }) => [name, id]));
    made.forEach(({ urn }) => stage.state.remove(urn));
  });
  after(async () => {
    aws?.destroy();
    await stage?.end();
  });

  async function plan() {
    const config = withDefaults(project, { "aws:region": home, ...settings });
    const resources = await stage.host.resources();
    return planAdoption({
      aws,
      settings: settingsFromConfig(project.name, config),
      file: "Pulumi.test.yaml",
      allowedAccountIds: [stage.emulator.accountId],
      trail: "beside",
      manages: managedIn(resources),
      made: namesIn(resources),
    });
  }

  it("is needed: an update fails over what is there", async () => {
    await assert.rejects(stage.host.up("index"), /[Aa]lready ?(exists|owned)/i);
  });

  it("finds what the update could not make, with the keys, and nothing it has to ask about", async () => {
    const { changes, decisions } = await plan();
    const taken = Object.keys(changes.imports);
    const own = decisions.flatMap(({ action, as }) => (action === "ours" && as ? [as.resource] : []));
    const missing = named.filter((name) => !taken.includes(name) && !own.includes(name));
    assert.deepEqual(missing, []);
    assert.deepEqual(
      decisions.filter(({ action }) => action === "conflict" || action === "unknown"),
      [],
    );
    assert.ok(taken.length > 10);
    settings["adopt"] = withChanges({ import: {}, skip: [] }, changes);
    stage.set("adopt", settings["adopt"]);
  });

  it("takes each over as it is, so that no second is made", async () => {
    const { outcome } = await stage.host.up("index");
    assert.equal(outcome, "done");
    const { import: imports } = settings["adopt"] as { import: Record<string, string> };
    const ids = new Map(stage.state.list().map(({ name, id }) => [name, id]));
    for (const name of Object.keys(imports)) {
      assert.equal(ids.get(name), idsBefore.get(name), name);
    }
    const { Buckets: buckets = [] } = await stage.aws.s3(home).listBuckets({});
    assert.equal(buckets.length, 3);
    const { accountId } = stage.emulator;
    const evidence = await verify({ aws: stage.aws, accountId, homeRegion: home, regions, namePrefix: "baseline" });
    assert.deepEqual(
      evidence.filter(({ holds }) => !holds),
      [],
    );
  });

  it("finds nothing to do the second time", async () => {
    const { changes } = await plan();
    assert.deepEqual(changes, { imports: {}, skips: [], stale: [] });
  });

  it("leaves alone what has the name and is somebody else's", async () => {
    const iam = stage.aws.iam();
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    await iam.createRole({ RoleName: "acme-backup", AssumeRolePolicyDocument: trust });
    settings["namePrefix"] = "acme";
    const { decisions } = await plan();
    delete settings["namePrefix"];
    const theirs = decisions.filter(({ name, thing }) => thing === "IAM role" && name === "acme-backup");
    assert.deepEqual(
      theirs.map(({ action, as }) => [action, as]),
      [["conflict", undefined]],
    );
  });
});
