import assert from "node:assert/strict";
import { IamAlerts, type IamAlertsArgs } from "../../components/iam-alerts/iam-alerts";
import { mfaGroupName } from "../../components/iam-alerts/iam-alert-patterns";
import { trailAlarmIds } from "../../components/trail-alarms/trail-alarm-ids";
import { TrailAlarms, type TrailAlarmsArgs } from "../../components/trail-alarms/trail-alarms";
import { FindingAlert } from "../../components/finding-alert/finding-alert";
import { MfaEnforcement } from "../../components/mfa-enforcement/mfa-enforcement";
import { type Registration } from "../../engine/in-process/registration";
import { declared, place as commonPlace } from "../support/declared";
import { ofType, only } from "../support/graph";

const place = { ...commonPlace, namePrefix: "sec" };
const [FILTER, ALARM] = ["aws:cloudwatch/logMetricFilter:LogMetricFilter", "aws:cloudwatch/metricAlarm:MetricAlarm"];

describe("TrailAlarms", () => {
  const topicArn = "arn:aws:sns:ap-northeast-2:123456789012:sec-alerts";
  const alarms = (more: Partial<TrailAlarmsArgs> = {}) =>
    declared(() => {
      const tuning = { deniedCallsThreshold: 10, deniedCallsMinutes: 5, ignoredEvents: [], ignoredSources: [] };
      const where = { ...place, region: "ap-northeast-2", logGroupName: "/sec/cloudtrail", topicArn };
      new TrailAlarms("alarms", { ...where, quiet: ["unauthorized-api-calls"], ...tuning, ...more });
    });
  const named = (all: Registration[], type: string, name: string) =>
    ofType(all, type).find(({ inputs }) => inputs["name"] === name)?.inputs ?? assert.fail(name);

  it("has a filter and an alarm for each id, in the home region, joined by the metric, and nothing else", async () => {
    const all = await alarms();
    assert.equal(ofType(all, FILTER).length, trailAlarmIds.length);
    assert.equal(ofType(all, ALARM).length, trailAlarmIds.length);
    assert.equal(all.filter(({ custom }) => custom).length, 2 * trailAlarmIds.length);
    for (const id of trailAlarmIds) {
      const filter = named(all, FILTER, `sec-${id}`);
      const alarm = named(all, ALARM, `sec-${id}`);
      const { metricName, namespace, alarmActions, region, statistic, treatMissingData, comparisonOperator } = alarm;
      assert.deepEqual(filter["metricTransformation"], { name: metricName, namespace, value: "1", defaultValue: "0" });
      assert.deepEqual([filter["logGroupName"], filter["region"]], ["/sec/cloudtrail", "ap-northeast-2"]);
      assert.deepEqual(
        [namespace, region, statistic, treatMissingData, comparisonOperator, alarm["evaluationPeriods"]],
        ["LogMetrics", "ap-northeast-2", "Sum", "notBreaching", "GreaterThanOrEqualToThreshold", 1],
      );
      assert.deepEqual(alarmActions, [topicArn]);
      assert.match(String(alarm["alarmDescription"]), /^[A-Z].*\. Look first: /);
    }
  });

  it("silences those that are quiet and no others", async () => {
    const loud = async (quiet: string[]) =>
      ofType(await alarms({ quiet }), ALARM)
        .filter(({ inputs }) => inputs["actionsEnabled"] !== true)
        .map(({ inputs }) => inputs["name"]);
    assert.deepEqual(await loud([]), []);
    assert.deepEqual(await loud(["root-use", "vpc-changes"]), ["sec-root-use", "sec-vpc-changes"]);
  });

  it("tunes denied-api-calls alone", async () => {
    const all = await alarms({ deniedCallsThreshold: 25, deniedCallsMinutes: 15, ignoredEvents: ["HeadBucket"] });
    const sensitivity = ofType(all, ALARM).map(({ inputs }) => [inputs["threshold"], inputs["period"]].join());
    assert.deepEqual(sensitivity, [...Array<string>(15).fill("1,300"), "25,900"]);
    assert.match(String(named(all, FILTER, "sec-denied-api-calls")["pattern"]), /eventName != "HeadBucket"/);
  });

  it("refuses unknown alarms and lists CloudWatch Logs would not take, by the setting's name", async () => {
    await assert.rejects(alarms({ quiet: ["root"] }), /trailAlarms\.quiet .* root\./);
    const ignoredEvents = Array.from({ length: 15 }, (_, index) => `${"Long".repeat(15)}${index}`);
    await assert.rejects(alarms({ ignoredEvents }), /trailAlarms\.ignoredEvents .* 1\d{3} characters/);
  });
});

const [RULE, TARGET] = ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"];

function route(homeRegion: string) {
  const homeBusArn = `arn:aws:events:${homeRegion}:123456789012:event-bus/default`;
  const topicArn = `arn:aws:sns:${homeRegion}:123456789012:sec-alerts`;
  return { homeRegion, homeBusArn, topicArn, relayRoleArn: "arn:aws:iam::123456789012:role/sec-alert-relay" };
}

describe("IamAlerts", () => {
  const alerts = (homeRegion: string, regions: string[], more: Partial<IamAlertsArgs> = {}) =>
    declared(() => {
      const where = { ...place, regions, globalRegion: "us-east-1", route: route(homeRegion) };
      new IamAlerts("alerts", { ...where, ignoredRoles: [], ...more });
    });
  const rules = (all: Registration[]) =>
    ofType(all, RULE)
      .map(({ inputs }) => `${String(inputs["name"])} ${String(inputs["region"])}`)
      .sort();

  it("at home in the global region: IAM's rules there only, the others everywhere", async () => {
    assert.deepEqual(rules(await alerts("us-east-1", ["us-east-1", "eu-west-1"])), [
      "sec-detection-change eu-west-1",
      "sec-detection-change us-east-1",
      "sec-iam-change us-east-1",
      "sec-quarantine us-east-1",
      "sec-sign-in eu-west-1",
      "sec-sign-in us-east-1",
    ]);
  });

  it("at home elsewhere: what happens in the global region comes home, even where that is left out", async () => {
    const all = await alerts("ap-northeast-2", ["ap-northeast-2"]);
    assert.deepEqual(rules(all), [
      "sec-detection-change ap-northeast-2",
      "sec-iam-change ap-northeast-2",
      "sec-iam-change us-east-1",
      "sec-quarantine ap-northeast-2",
      "sec-quarantine us-east-1",
      "sec-sign-in ap-northeast-2",
      "sec-sign-in us-east-1",
    ]);
    const { homeBusArn, topicArn, relayRoleArn } = route("ap-northeast-2");
    for (const { inputs, name } of ofType(all, TARGET)) {
      const forwards = inputs["region"] === "us-east-1";
      assert.equal(inputs["arn"], forwards ? homeBusArn : topicArn, name);
      assert.equal(inputs["roleArn"], forwards ? relayRoleArn : undefined, name);
    }
  });

  it("ignores roles in what they change, never in a quarantine or a sign-in", async () => {
    const all = await alerts("us-east-1", ["us-east-1"], { ignoredRoles: ["deploy"] });
    const ignoring = ofType(all, RULE).filter(({ inputs }) => String(inputs["eventPattern"]).includes('"deploy"'));
    assert.deepEqual(ignoring.map(({ inputs }) => inputs["name"]).sort(), ["sec-detection-change", "sec-iam-change"]);
  });

  it("refuses more roles than EventBridge takes, by the setting's name", async () => {
    const ignoredRoles = Array.from({ length: 40 }, (_, index) => `ordinary-deployment-${index}`);
    await assert.rejects(alerts("us-east-1", ["us-east-1"], { ignoredRoles }), /iamAlerts\.ignoredRoles .* 2048/);
  });

  it("knows the group MFA enforcement makes", async () => {
    const all = await declared(() => new MfaEnforcement("mfa", { ...place, users: [], groups: [] }));
    assert.equal(only(all, "aws:iam/group:Group").inputs["name"], mfaGroupName("sec"));
  });
});

describe("FindingAlert", () => {
  it("leads to the console of the account's partition", async () => {
    const template = async (partition: string) => {
      const all = await declared(() => {
        const where = { ...place, partition, regions: ["cn-north-1"], route: route("cn-north-1") };
        new FindingAlert("findings", { ...where, minimumSeverity: 4 });
      });
      return JSON.stringify(only(all, TARGET).inputs["inputTransformer"]);
    };
    assert.match(await template("aws"), /https:\/\/console\.aws\.amazon\.com\/guardduty/);
    assert.match(await template("aws-cn"), /https:\/\/console\.amazonaws\.cn\/guardduty/);
  });
});
