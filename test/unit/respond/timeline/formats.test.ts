import assert from "node:assert/strict";
import { reportAsHtml } from "../../../../operations/output/html";
import { reportAsMarkdown } from "../../../../operations/output/markdown";
import { reportAsText } from "../../../../operations/output/text";
import { timelineAsReport } from "../../../../operations/respond/timeline/as-report";
import { buildTimeline } from "../../../../operations/respond/timeline/build";
import { type Timeline } from "../../../../operations/respond/timeline/model";
import { timelineRequest } from "../../../../operations/respond/timeline/request";
import { type LaneOutcome } from "../../../../operations/respond/events/model";
import { asTrailEvent, type TrailEvent } from "../../../../operations/respond/events/record";
import { BaselineError } from "../../../../common/errors";
import { apiCall, type CloudTrailRecord } from "../../../support/cloudtrail-records";
import { leakStory } from "../../../support/leak-story";
import { parseXml } from "../../../support/xml";

const timelineAsText = (timeline: Timeline) => reportAsText(timelineAsReport(timeline), { titled: true });
const timelineAsMarkdown = (timeline: Timeline) => reportAsMarkdown(timelineAsReport(timeline));
const timelineAsHtml = (timeline: Timeline) => reportAsHtml(timelineAsReport(timeline));
const now = Date.parse("2026-11-22T04:00:00Z");
const lanes: LaneOutcome[] = ["ap-southeast-2", "eu-north-1", "us-east-1"].map((region) => ({
  region,
  source: "event history",
  events: 1,
  state: "complete",
}));

function timelineOf(records: CloudTrailRecord[], more: object = {}, timeZone = "Asia/Seoul"): Promise<Timeline> {
  const gathered = {
    from: new Date(now - 90 * 24 * 3600_000).toISOString(),
    to: new Date(now).toISOString(),
    events: records.length,
    complete: true,
    resumable: false,
    lanes,
    notEnabled: ["me-south-1"],
    notes: ["CloudTrail takes up to 15 minutes."],
    ...more,
  };
  return buildTimeline(events(records), gathered, {
    subject: "user/mina (AKIAIOSFODNN7EXAMPLE)",
    timeZone,
    night: [0, 6],
  });
}

// eslint-disable-next-line @typescript-eslint/require-await -- as the events come from disk
async function* events(records: CloudTrailRecord[]): AsyncGenerator<TrailEvent> {
  for (const record of records) yield asTrailEvent(record);
}

const partial = {
  complete: false,
  resumable: true,
  lanes: lanes.map((each) => ({
    ...each,
    state: "partial",
    cause: "interrupted",
    reason: "Stopped before everything was read.",
  })),
};

describe("a timeline", () => {
  it("says that it was stopped, in the place of what no rule found", async () => {
    for (const form of [timelineAsText, timelineAsMarkdown, timelineAsHtml]) {
      const stopped = form(await timelineOf([], partial));
      assert.match(stopped, /STOPPED before everything was read[^]*No rule found anything in what was read/);
      const whole = form(await timelineOf([]));
      assert.match(whole, /No rule found anything\./);
      assert.doesNotMatch(whole, /STOPPED/);
    }
  });

  it("names the roles that were assumed, and none that AWS refused", async () => {
    const assume = (roleArn: string, more: object = {}) =>
      apiCall("sts", "AssumeRole", { requestParameters: { roleArn }, ...more });
    const records = [
      assume("arn:aws:iam::111122223333:role/deploy"),
      assume("arn:aws:iam::111122223333:role/admin", { errorCode: "AccessDenied" }),
    ];
    const text = timelineAsText(await timelineOf(records)).replaceAll(/\n(?=\S)/g, " ");
    assert.match(text, /Roles it assumed; contain them too: arn:aws:iam::111122223333:role\/deploy/);
    assert.doesNotMatch(text, /role\/admin/);
    assert.doesNotMatch(timelineAsText(await timelineOf([])), /Roles it assumed/);
  });

  it("as text lets no name write over the terminal", async () => {
    const evil = "\u001b[2Jboto\u009b1A\u202e";
    const record = apiCall("s3", "CreateBucket", {
      userAgent: evil,
      sourceIPAddress: evil,
      errorCode: "InvalidBucketName",
      requestParameters: { bucketName: evil },
    });
    const text = timelineAsText(await timelineOf([record]));
    assert.doesNotMatch(text, /[^\P{Cc}\n]|\u202e/u);
  });

  it("finds in a leak what the articles tell people to look for", async () => {
    const { findings, partial: isPartial } = await timelineOf(leakStory(now));
    const found = new Set(findings.map(({ rule }) => rule));
    const expected =
      "quarantined trail-stopped gpu-launch new-user new-key permissions-changed bulk-creation denied-run reconnaissance new-region new-address new-agent";
    for (const rule of expected.split(" ")) assert.ok(found.has(rule), rule);
    assert.equal(findings[0]?.severity, "critical");
    assert.equal(isPartial, false);
    const regions = findings.filter(({ rule }) => rule === "new-region").map(({ detail }) => detail);
    assert.deepEqual(regions.sort(), ["ap-southeast-2", "eu-north-1"]);
  });

  it("finds nothing in the work of weeks", async () => {
    const work = leakStory(now).filter((each) => Date.parse(each["eventTime"] as string) < now - 9 * 3600_000);
    const { findings, events: number } = await timelineOf(work);
    assert.ok(number > 300);
    assert.deepEqual(findings, []);
  });

  it("learns from the time the identity was at work, however long the window is before", async () => {
    const late = leakStory(now).filter((each) => Date.parse(each["eventTime"] as string) > now - 45 * 24 * 3600_000);
    const { findings } = await timelineOf(late);
    const regions = findings.filter(({ rule }) => rule === "new-region").map(({ detail }) => detail);
    assert.deepEqual(regions.sort(), ["ap-southeast-2", "eu-north-1"]);
    assert.ok(!findings.some(({ rule }) => rule === "used-again"));
  });

  it("says so where there is nothing to compare with, and that it lay idle until then", async () => {
    const theft = leakStory(now).filter((each) => Date.parse(each["eventTime"] as string) > now - 9 * 3600_000);
    const timeline = await timelineOf(theft);
    const found = new Set(timeline.findings.map(({ rule }) => rule));
    assert.ok(!["new-region", "new-address", "new-agent", "night"].some((rule) => found.has(rule)));
    assert.ok(found.has("used-again") && found.has("gpu-launch"));
    assert.match(timelineAsText(timeline), /nothing usual to compare with/);
    assert.doesNotMatch(timelineAsText(await timelineOf([])), /nothing usual/);
  });

  it("counts hours as its time zone has them", async () => {
    const late = [apiCall("ec2", "X", { eventTime: "2026-11-20T15:30:00Z" })];
    assert.deepEqual(
      (await timelineOf(late)).hours.map(({ day, hour }) => [day, hour]),
      [["2026-11-21", 0]],
    );
    assert.deepEqual(
      (await timelineOf(late, {}, "UTC")).hours.map(({ day, hour }) => [day, hour]),
      [["2026-11-20", 15]],
    );
    assert.deepEqual(
      (await timelineOf(late, {}, "Asia/Kolkata")).hours.map(({ hour }) => hour),
      [21],
    );
  });

  it("fits a terminal of 80 columns, with what stands out before the days", async () => {
    const text = timelineAsText(await timelineOf(leakStory(now)));
    const long = text.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(long, []);
    assert.ok(text.indexOf("What stands out") < text.indexOf("By day"));
    assert.match(text, /critical\s+24?.*\n?.*g5\.12xlarge|accelerators/);
  });

  it("is marked as partial in every form, with the reason", async () => {
    const timeline = await timelineOf(leakStory(now), partial);
    for (const form of [timelineAsText, timelineAsMarkdown, timelineAsHtml]) {
      assert.match(form(timeline), /PARTIAL/);
      assert.match(form(timeline), /Stopped before everything was read/);
      assert.match(form(timeline), /Run the same again/);
    }
    assert.equal(timeline.partial, true);
    // The newest events come first: what is usual was not read yet.
    assert.ok(!timeline.findings.some(({ rule }) => /^new-(region|address|agent)$|^night$/.test(rule)));
    assert.ok(timeline.findings.some(({ rule }) => rule === "trail-stopped"));
  });

  it("says one reason once, whatever number of regions it holds for", async () => {
    const denied = lanes.map((each) => ({
      ...each,
      state: "partial" as const,
      cause: "denied",
      reason: `You may not call cloudtrail:LookupEvents in ${each.region}.`,
    }));
    const { reasons } = await timelineOf(leakStory(now), { complete: false, lanes: denied });
    assert.equal(reasons.length, 1);
    assert.match(reasons[0]!, /Not read to the end: ap-southeast-2, eu-north-1, us-east-1\.$/);
  });

  it("shows what callers chose as text, not as markup", async () => {
    const evil = apiCall("iam", "CreateUser", {
      eventTime: "2026-11-20T15:30:00Z",
      requestParameters: { userName: "<script>alert(1)</script>|`x`" },
      userAgent: "<img src=x>",
    });
    const timeline = await timelineOf([evil]);
    assert.doesNotMatch(timelineAsHtml(timeline), /<script>|<img/);
    assert.match(timelineAsMarkdown(timeline), /``.*`x`/);
  });

  it("is a page of well-formed parts that does not grow with the number of events", async () => {
    const story = leakStory(now);
    const once = timelineAsHtml(await timelineOf(story));
    const often = timelineAsHtml(await timelineOf(story.flatMap((each) => Array<CloudTrailRecord>(20).fill(each))));
    assert.ok(often.length < once.length * 1.5, `${once.length} -> ${often.length}`);
    for (const [svg] of once.matchAll(/<svg.*?<\/svg>/gs)) parseXml(svg);
  });

  it("begins with what came of checking log files, in every form", async () => {
    const checks = { valid: 0, uncovered: 2, rejected: [], missing: [], flaws: [], unavailable: "no digests" };
    const logs = lanes.map((each) => ({ ...each, source: "log files" as const, checks }));
    const timeline = await timelineOf(leakStory(now), { lanes: logs });
    assert.match(timelineAsText(timeline), /^LOG FILES NOT VALIDATED: nothing shows that the 6 log file\(s\)/);
    assert.match(timelineAsMarkdown(timeline), /^- LOG FILES NOT VALIDATED/);
    assert.match(timelineAsHtml(timeline), /LOG FILES NOT VALIDATED[^]*<h1>/);
    assert.equal(timeline.partial, false);
    const changed = { ...checks, rejected: [{ key: "x.json.gz", why: "changed", events: 3 }] };
    const tampered = await timelineOf(leakStory(now), { lanes: logs.map((each) => ({ ...each, checks: changed })) });
    assert.match(timelineAsText(tampered), /^LOG FILES CHANGED/);
    assert.equal(tampered.partial, true);
  });

  it("is a page also when there is no event", async () => {
    const timeline = await timelineOf([]);
    assert.match(timelineAsHtml(timeline), /No rule found anything/);
    assert.match(timelineAsText(timeline), /0 events/);
  });
});

describe("what the command line asks of a timeline", () => {
  const wrong: [options: Record<string, unknown>, code: string][] = [
    [{ timeZone: "Mars/Phobos" }, "invalid-time-zone"],
    [{ from: "yesterday" }, "invalid-time"],
    [{ from: "2026-11-20T10:00:00" }, "invalid-time"],
    [{ from: "2026-02-31" }, "invalid-time"],
    [{ from: "2026-11-20", to: "2026-11-19" }, "invalid-window"],
    [{ regions: "us-east-1,mars" }, "invalid-regions"],
    [{ night: "25-3" }, "invalid-night"],
    [{ bucket: "No_Such_Name" }, "invalid-bucket"],
  ];
  for (const [options, code] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => timelineRequest(options),
        (error) => error instanceof BaselineError && error.code === code && error.exitCode === 2,
      );
    });
  }

  it("takes a bucket with the trail's prefix, and a time with its zone", () => {
    const { bucket, from } = timelineRequest({ bucket: "s3://logs-1/org/trail/", from: "2026-11-20T03:00:00+09:00" });
    assert.deepEqual(bucket, { name: "logs-1", prefix: "org/trail" });
    assert.equal(from?.toISOString(), "2026-11-19T18:00:00.000Z");
  });
});
