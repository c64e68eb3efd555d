import assert from "node:assert/strict";
import fc from "fast-check";
import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import {
  channelNames,
  topicArnIn,
  topicKeyPolicy,
  topicPolicy,
} from "../../../../components/alert-channel/channel-policies";
import { harmless, preferred } from "../../../../operations/watch/drill/alarm";
import { admits } from "../../../../operations/watch/drill/policy-admits";
import { drillId } from "../../../../operations/watch/drill/run";

const topic = "arn:aws:sns:eu-west-1:123456789012:baseline-alerts";

describe("drill: which alarm", () => {
  const alarms: [what: string, alarm: MetricAlarm, harmless: boolean][] = [
    ["tells the topic", { AlarmActions: [topic] }, true],
    ["tells another topic", { AlarmActions: [`${topic}-2`] }, false],
    ["also stops an instance", { AlarmActions: [topic, "arn:aws:automate:eu-west-1:ec2:stop"] }, false],
    ["also calls a function", { AlarmActions: [topic, "arn:aws:lambda:eu-west-1:123456789012:function:f"] }, false],
    ["also does something when it is set back", { AlarmActions: [topic], OKActions: ["arn:aws:automate:x"] }, false],
    ["does nothing", { AlarmActions: [] }, false],
    ["has its actions off", { AlarmActions: [topic], ActionsEnabled: false }, false],
  ];
  for (const [what, alarm, expected] of alarms) {
    it(`${expected ? "takes" : "leaves alone"} one that ${what}`, () => {
      assert.equal(harmless([alarm], [topic]).length === 1, expected);
    });
  }

  it("prefers one of its own, then denied calls, then the first that is not raised but by a drill", () => {
    const named = (...names: string[]) => names.map((AlarmName) => ({ AlarmName, StateValue: "OK" as const }));
    const choice = (alarms: MetricAlarm[]) => preferred(alarms, "baseline")?.AlarmName;
    assert.equal(choice(named("baseline-b", "baseline-denied-api-calls", "baseline-drill")), "baseline-drill");
    assert.equal(choice(named("baseline-b", "baseline-denied-api-calls", "baseline-a")), "baseline-denied-api-calls");
    assert.equal(choice(named("baseline-b", "baseline-a")), "baseline-a");
    assert.equal(choice([{ AlarmName: "baseline-drill", StateValue: "ALARM" }, ...named("baseline-z")]), "baseline-z");
    const byDrill = {
      AlarmName: "baseline-drill",
      StateValue: "ALARM" as const,
      StateReason: "DRILL drill-1. Nothing",
    };
    assert.equal(choice([byDrill, ...named("baseline-a")]), "baseline-drill");
    assert.equal(choice([{ ...byDrill, StateReason: "Threshold Crossed" }]), undefined);
    assert.equal(choice([]), undefined);
  });
});

describe("drill: whom a policy admits", () => {
  const names = channelNames("baseline", "aws", "123456789012", "eu-west-1");
  const ownTopic = topicPolicy(names, topicArnIn(names, "eu-west-1", names.topic));

  it("finds every publisher in the baseline's own policies", () => {
    for (const service of ["cloudwatch", "events", "budgets", "costalerts"].map((each) => `${each}.amazonaws.com`)) {
      assert.ok(admits(ownTopic, service, "sns:Publish"), service);
      assert.ok(admits(topicKeyPolicy(names), service, "kms:GenerateDataKey"), service);
    }
    assert.ok(!admits(ownTopic, "s3.amazonaws.com", "sns:Publish"));
    assert.ok(!admits(ownTopic, "cloudwatch.amazonaws.com", "sns:Subscribe"));
  });

  const service = "events.amazonaws.com";
  const policies: [what: string, statement: unknown, expected: boolean][] = [
    [
      "one statement that is no list",
      { Effect: "Allow", Principal: { Service: service }, Action: "SNS:Publish" },
      true,
    ],
    ["a wildcard", [{ Effect: "Allow", Principal: { Service: [service] }, Action: ["sns:Pub*"] }], true],
    ["a deny", [{ Effect: "Deny", Principal: { Service: service }, Action: "sns:Publish" }], false],
    ["everybody, who is no service", [{ Effect: "Allow", Principal: "*", Action: "sns:Publish" }], false],
    ["another account", [{ Effect: "Allow", Principal: { AWS: "1" }, Action: "sns:Publish" }], false],
    ["no principal", [{ Effect: "Allow", Principal: null, Action: "sns:Publish" }], false],
  ];
  for (const [what, Statement, expected] of policies) {
    it(`takes ${what} for ${expected ? "a" : "no"} way in`, () => {
      assert.equal(admits(JSON.stringify({ Statement }), service, "sns:Publish"), expected);
    });
  }

  it("admits nobody by what is no policy, and never throws", () => {
    const odd = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `{ "Statement": [${json}, ${json}] }`),
    );
    fc.assert(fc.property(odd, (text) => !admits(text, service, "sns:Publish")));
    assert.ok(!admits(undefined, service, "sns:Publish"));
  });
});

describe("drill: its name", () => {
  it("is the time in UTC, to the second", () => {
    assert.equal(drillId(new Date("2026-11-21T23:05:09.123Z")), "2026-11-21T23:05:09Z");
  });
});
