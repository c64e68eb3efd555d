import assert from "node:assert/strict";
import { driftReport } from "../../operations/watch/drift/model";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { practice, type Practice } from "../support/practice";

describe("the baseline, applied again", function () {
  this.timeout(60_000);
  let stage: Practice;
  const allBut = (...regions: string[]) => defaultRegions.filter((each) => !regions.includes(each));

  before(async () => {
    stage = await practice();
    await stage.aws.iam().createUser({ UserName: "mina" });
    stage.set("excludeRegions", allBut("us-east-1", "eu-west-1", "us-west-2"));
    stage.set("alertChannel", { emails: ["security@example.com"] });
    stage.set("auditTrail", { insights: true, dataEvents: ["AWS::S3::Object"] });
    await stage.host.up("index");
  });
  after(() => stage?.end());

  it("is found clean right after up: nothing is reported that nobody did", async () => {
    const report = driftReport(await stage.host.refresh());
    assert.deepEqual([report.state, report.items], ["clean", []]);
    assert.ok(report.checked > 50);
  });

  it("changes nothing the second time", async () => {
    const { steps } = await stage.host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
  });

  it("covers a new user at the next up, and lets go of one that became exempt", async () => {
    await stage.aws.iam().createUser({ UserName: "newcomer" });
    const members = async () =>
      ((await stage.aws.iam().getGroup({ GroupName: "baseline-mfa-required" })).Users ?? [])
        .map(({ UserName }) => UserName)
        .sort();
    await stage.host.up("index");
    assert.deepEqual(await members(), ["mina", "newcomer"]);
    stage.set("mfaEnforcement", { exemptUsers: ["newcomer"] });
    await stage.host.up("index");
    assert.deepEqual(await members(), ["mina"]);
  });

  it("changes in place what a setting changes", async () => {
    stage.set("passwordPolicy", { minimumLength: 20 });
    const { steps } = await stage.host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same").map(({ type, op }) => [type, op]),
      [
        ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "update"],
        // IAM_PASSWORD_POLICY, which measures by the same length.
        ["aws:cfg/rule:Rule", "update"],
      ],
    );
    const { PasswordPolicy: policy } = await stage.aws.iam().getAccountPasswordPolicy({});
    assert.equal(policy?.MinimumPasswordLength, 20);
  });

  it("takes away what it had put into a region that is excluded later, and leaves the others", async () => {
    stage.set("excludeRegions", allBut("us-east-1", "eu-west-1"));
    const { steps } = await stage.host.up("index");
    const changed = steps.filter(({ op }) => op !== "same");
    assert.ok(
      changed.length > 0 && changed.every(({ op, region }) => op === "delete" && region === "us-west-2"),
      JSON.stringify(changed),
    );
    const detectors = async (region: string) =>
      (await stage.aws.guardduty(region).listDetectors({})).DetectorIds?.length;
    assert.deepEqual([await detectors("us-west-2"), await detectors("eu-west-1")], [0, 1]);
  });
});
