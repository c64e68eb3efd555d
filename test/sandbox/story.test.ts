import assert from "node:assert/strict";
import { storyAsHtml } from "../../sandbox/demo/page";
import { isExactly, playStory, type Story } from "../../sandbox/demo/story";
import { driftReport } from "../../operations/watch/drift/model";
import { verify } from "../../operations/account/verify";
import { type VerifyScope } from "../../components/foundation/verify/verifier";
import { seedAccountBefore } from "../../sandbox/seed";
import { practice, type Practice } from "../support/practice";

describe("the story, on the in-process host", function () {
  this.timeout(120_000);
  let stage: Practice;
  let story: Story;
  let scope: VerifyScope;

  before(async () => {
    stage = await practice(undefined, { "aws-prevention-baseline:alertChannel": { emails: ["security@example.com"] } });
    const { emulator, host, aws } = stage;
    const { accountId } = emulator;
    story = await playStory({
      host,
      aws,
      seed: seedAccountBefore,
      emulator: "moto",
      accountId,
      homeRegion: "us-east-1",
      namePrefix: "baseline",
      onStep: () => undefined,
    });
    scope = { aws, accountId, homeRegion: "us-east-1", regions: story.regions, namePrefix: "baseline" };
  });
  after(() => stage?.end());

  it("holds in every step", () => {
    assert.deepEqual(
      story.steps.filter(({ held }) => !held),
      [],
    );
    assert.deepEqual(
      story.steps.map(({ name }) => name),
      ["The account before", "Preview", "Up", "A change refused", "Drift found"],
    );
  });

  it("begins with an account as break-ins find it", () => {
    const { users, securityGroup } = story.before;
    assert.equal(users.length, 3);
    assert.deepEqual(
      users.filter(({ mfa }) => mfa),
      [],
    );
    assert.equal(users.filter(({ administrator }) => administrator).length, 1);
    const years = users.flatMap(({ accessKeys }) =>
      accessKeys.map(({ created }) => (Date.now() - Date.parse(created)) / 31_536_000_000),
    );
    assert.ok(years.length === 3 && years.every((each) => each > 1.9), String(years));
    assert.equal(users.filter(({ accessKeys }) => accessKeys.some(({ lastUsed }) => lastUsed === undefined)).length, 1);
    assert.equal(securityGroup.port, 22);
  });

  it("covers the 17 regions the account has enabled, found at run time", () => {
    assert.equal(story.regions.length, 17);
    assert.equal(story.up.created, story.preview.resources.length);
  });

  it("has a detector in every region according to AWS", async () => {
    for (const region of story.regions.filter((each) => each !== story.drift.done[1]?.region)) {
      const { DetectorIds: ids = [] } = await stage.aws.guardduty(region).listDetectors({});
      assert.equal(ids.length, 1, region);
    }
  });

  it("refuses both parts of the change, with witness and fix, and AWS has none of it", () => {
    const { findings, absent } = story.refused;
    assert.deepEqual(findings.map(({ policy }) => policy).sort(), [
      "iam-no-admin-wildcard",
      "network-no-open-admin-ports",
    ]);
    for (const { message } of findings) {
      assert.match(message, /Why: .+\nFix: .+/);
    }
    assert.ok(absent.every(({ holds }) => holds));
  });

  it("finds exactly the three deeds, each with what is expected and found", () => {
    const { report, exitCode } = story.drift;
    assert.equal(exitCode, 7);
    assert.deepEqual(
      report.items.map(({ control, change }) => [control, change]),
      [
        ["AuditTrail", "changed"],
        ["ThreatDetection", "deleted"],
        ["PasswordPolicy", "changed"],
      ],
    );
    assert.deepEqual(report.items[0]?.differences, [{ path: "enableLogging", expected: true, found: false }]);
    assert.equal(report.items[1]?.consequences.length, 6);
    assert.equal(report.clean, report.checked - 3 - 6);
  });

  it("would notice a fourth deed, or a third that is missing", async () => {
    await stage.aws
      .iam()
      .deleteGroupPolicy({ GroupName: "baseline-mfa-required", PolicyName: "none" })
      .catch(() => undefined);
    await stage.aws.s3("us-east-1").putBucketVersioning({
      Bucket: "baseline-trail-123456789012-us-east-1",
      VersioningConfiguration: { Status: "Suspended" },
    });
    const report = driftReport(await stage.host.refresh());
    assert.equal(report.items.length, 4);
    assert.equal(isExactly(story.drift.done, report), false);
    assert.equal(isExactly(story.drift.done.slice(1), { ...report, items: report.items.slice(1) }), false);
  });

  it("says of each control that suffered that it does not hold", async () => {
    const failing = (await verify(scope)).filter(({ holds }) => !holds).map(({ control }) => control);
    assert.deepEqual(failing, ["PasswordPolicy", "AuditTrail", "ThreatDetection"]);
  });

  it("makes a page that needs no network and has everything on it", () => {
    const page = storyAsHtml(story);
    assert.ok(
      !/<script|<link|<img|@import|url\(|src=|href=/i.test(page),
      "the page refers to something outside itself",
    );
    for (const part of [
      "prefers-color-scheme: dark",
      'name="viewport"',
      "ap-northeast-1",
      "iam-no-admin-wildcard",
      "enableLogging",
      story.engine,
      story.provider,
    ]) {
      assert.ok(page.includes(part), part);
    }
  });

  it("makes a page that cannot be written into from outside", () => {
    const findings = [
      { policy: "p", level: "mandatory" as const, severity: "high", urn: "x", message: "<script>alert(1)</script>" },
    ];
    assert.ok(!storyAsHtml({ ...story, refused: { ...story.refused, findings } }).includes("<script>"));
  });
});
