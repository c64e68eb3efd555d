import assert from "node:assert/strict";
import { severityOf } from "../../../../operations/watch/drift/severity";
import { controls } from "../../../../components/controls";
import { driftOfAnyControl } from "../../../../components/foundation/drift";
import { controlOf } from "../../../../engine/control-of";
import { type Severity } from "../../../../operations/output/severity";
import { everything, graph } from "../../../support/graph";

describe("severity of drift", () => {
  const cases: [control: string, type: string, paths: string[] | "deleted", severity: Severity][] = [
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["enableLogging"], "critical"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", "deleted", "critical"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["tags.owner", "isMultiRegionTrail"], "critical"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["advancedEventSelectors[0].name"], "critical"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["tags.owner"], "low"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["tags", "tagsAll.owner"], "low"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", ["somethingNew"], "medium"],
    ["AuditTrail", "aws:cloudtrail/trail:Trail", [], "medium"],
    ["MfaEnforcement", "aws:iam/policy:Policy", ["policy"], "critical"],
    ["AlertChannel", "aws:iam/policy:Policy", ["policy"], "high"],
    ["MfaEnforcement", "aws:iam/policy:Policy", ["tags.a"], "low"],
    ["ThreatDetection", "aws:guardduty/detector:Detector", "deleted", "critical"],
    ["ThreatDetection", "aws:guardduty/detector:Detector", ["enable"], "critical"],
    ["ThreatDetection", "aws:guardduty/detector:Detector", ["findingPublishingFrequency"], "medium"],
    ["ConfigRecording", "aws:cfg/recorderStatus:RecorderStatus", ["isEnabled"], "critical"],
    ["ConfigRecording", "aws:s3/bucketPolicy:BucketPolicy", ["policy"], "high"],
    ["AuditTrail", "aws:s3/bucketPolicy:BucketPolicy", ["policy"], "critical"],
    ["BillingAlarm", "aws:cloudwatch/metricAlarm:MetricAlarm", "deleted", "medium"],
    ["Whatever", "aws:new/thing:Thing", "deleted", "high"],
    ["Whatever", "aws:new/thing:Thing", ["a"], "medium"],
  ];
  for (const [control, type, paths, severity] of cases) {
    const what = paths === "deleted" ? "deleted" : `changed in ${paths.join(", ") || "something"}`;
    it(`${control}: ${type.split(":").at(-1)} ${what} is ${severity}`, () => {
      const change = paths === "deleted" ? "deleted" : "changed";
      const differences = paths === "deleted" ? [] : paths.map((path) => ({ path }));
      assert.equal(severityOf({ control, type, change, differences }).severity, severity);
    });
  }

  it("has no rule for what the program never declares", async () => {
    const declared = (await graph({ settings: everything })).map(({ urn, type }) => {
      return { control: controlOf(urn), type: type.split(":").at(-1) };
    });
    const unused = [
      ...driftOfAnyControl.filter((rule) => !declared.some(({ type }) => type === rule.type)),
      ...controls.flatMap(({ id, drift }) =>
        drift.filter((rule) => !declared.some(({ control, type }) => control === id && type === rule.type)),
      ),
    ];
    assert.deepEqual(unused, []);
  });
});
