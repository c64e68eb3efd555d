import assert from "node:assert/strict";
import { controlOf } from "../../engine/control-of";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { type Registration } from "../../engine/in-process/registration";
import { takes } from "../support/aws-types";
import { everything, graph, ofType } from "../support/graph";

const excluding = (...regions: string[]) => ({ "aws-prevention-baseline:excludeRegions": regions });
const at = (region: string) => ({ "aws:region": region });
const custom = (all: Registration[]) => all.filter((each) => each.custom);
const urns = (all: Registration[]) => custom(all).map(({ urn }) => urn);
const textOf = (all: Registration[]) => JSON.stringify(all.map(({ inputs }) => inputs));

describe("regions", () => {
  it("covers a region somebody opted in to, from the next run on", async () => {
    const [before, after] = [await graph(), await graph({ regions: ["us-east-1", "eu-west-1", "il-central-1"] })];
    const added = custom(after).filter(({ urn }) => !urns(before).includes(urn));
    assert.ok(added.length > 10);
    assert.deepEqual([...new Set(added.map(({ inputs }) => inputs["region"]))], ["il-central-1"]);
    assert.ok(!textOf(before).includes("il-central-1"));
  });

  it("takes away exactly what stood in a region that is left alone from now on", async () => {
    const regions = ["us-east-1", "eu-west-1", "sa-east-1"];
    const [before, after] = [await graph({ regions }), await graph({ regions, settings: excluding("sa-east-1") })];
    const gone = custom(before).filter(({ urn }) => !urns(after).includes(urn));
    const there = custom(before).filter(({ inputs }) => inputs["region"] === "sa-east-1");
    assert.deepEqual(gone.map(({ urn }) => urn).sort(), there.map(({ urn }) => urn).sort());
    assert.ok(!textOf(after).includes("sa-east-1"));
    assert.deepEqual(
      custom(after).filter(({ urn }) => !urns(before).includes(urn)),
      [],
    );
  });

  it("changes nothing of what stays when a region comes or goes", async () => {
    const [two, three] = [await graph(), await graph({ regions: ["us-east-1", "eu-west-1", "ap-south-1"] })];
    const inputsOf = (all: Registration[]) => new Map(custom(all).map(({ urn, inputs }) => [urn, inputs]));
    const later = inputsOf(three);
    for (const [urn, inputs] of inputsOf(two)) {
      assert.deepEqual(later.get(urn), inputs, urn);
    }
  });
});

describe("a home region other than us-east-1", () => {
  let all: Registration[];
  before(async () => {
    all = await graph({ regions: defaultRegions, settings: { ...everything, ...at("ap-northeast-2") } });
  });
  const regionsOf = (type: string, name: RegExp) =>
    ofType(all, type)
      .filter((each) => name.test(each.name))
      .map(({ inputs }) => inputs["region"])
      .sort();

  it("keeps trail and buckets at home", () => {
    assert.deepEqual(regionsOf("aws:cloudtrail/trail:Trail", /./), ["ap-northeast-2"]);
    assert.deepEqual([...new Set(regionsOf("aws:s3/bucket:Bucket", /./))], ["ap-northeast-2"]);
  });

  it("records IAM once, at home", async () => {
    const usual = await graph({ regions: defaultRegions, settings: at("ap-northeast-2") });
    const global = ofType(usual, "aws:cfg/recorder:Recorder").filter(({ inputs }) =>
      JSON.stringify(inputs).includes('"includeGlobalResourceTypes":true'),
    );
    assert.deepEqual(
      global.map(({ inputs }) => inputs["region"]),
      ["ap-northeast-2"],
    );
  });

  it("watches IAM where its events are, and tells at home", () => {
    assert.deepEqual(regionsOf("aws:cloudwatch/eventRule:EventRule", /iam-change/), ["ap-northeast-2", "us-east-1"]);
    const publishing = ofType(all, "aws:cloudwatch/eventTarget:EventTarget").filter(
      ({ inputs }) => inputs["targetId"] === "alert-topic",
    );
    assert.ok(publishing.length >= 5);
    assert.deepEqual([...new Set(publishing.map(({ inputs }) => inputs["region"]))], ["ap-northeast-2"]);
  });

  it("has a second topic where billing is, with a key and the same subscribers, for billing alone", () => {
    assert.deepEqual(regionsOf("aws:sns/topic:Topic", /^(?!.*chat)/), ["ap-northeast-2", "us-east-1"]);
    const mailboxes = (region: string) =>
      ofType(all, "aws:sns/topicSubscription:TopicSubscription")
        .filter(({ inputs }) => inputs["region"] === region)
        .map(({ inputs }) => inputs["endpoint"]);
    assert.deepEqual(mailboxes("us-east-1"), mailboxes("ap-northeast-2"));
    // What watches the alerts and the answers of a region is there: see undelivered-alerts.test.ts.
    const own = /-undelivered-alarm-|-(failed|timed-out)-alarm-/;
    const alarms = ofType(all, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ name }) => !own.test(name));
    assert.ok(alarms.length > 15);
    for (const { name, inputs } of alarms) {
      const billing = inputs["metricName"] === "EstimatedCharges";
      assert.equal(inputs["region"], billing ? "us-east-1" : "ap-northeast-2", name);
    }
  });

  it("notifies, by each alarm, a topic of the alarm's own region: others CloudWatch refuses", async () => {
    const made = await graph({ regions: defaultRegions, settings: at("ap-northeast-2"), preview: false });
    const topics = new Map(
      ofType(made, "aws:sns/topic:Topic").map(({ name, inputs }) => [`arn:aws:test:::${name}`, inputs["region"]]),
    );
    const alarms = ofType(made, "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.ok(alarms.length > 16);
    for (const { name, inputs } of alarms) {
      const [topic, ...more] = inputs["alarmActions"] as string[];
      if (topic === undefined) {
        // Forwarded as an event: see undelivered-alerts.test.ts.
        assert.match(name, /-undelivered-alarm-|-(failed|timed-out)-alarm-/);
        continue;
      }
      assert.deepEqual([topics.get(topic), more], [inputs["region"], []], name);
    }
  });

  it("needs no second topic when nothing is billed there", async () => {
    const off = { "aws-prevention-baseline:billingAlarm": { enabled: false } };
    const less = await graph({ regions: defaultRegions, settings: { ...at("ap-northeast-2"), ...off } });
    assert.equal(ofType(less, "aws:sns/topic:Topic").length, 1);
  });
});

for (const [partition, regions] of [
  ["aws-cn", ["cn-north-1", "cn-northwest-1"]],
  ["aws-us-gov", ["us-gov-west-1", "us-gov-east-1"]],
] as const) {
  describe(`the partition ${partition}`, () => {
    let all: Registration[];
    before(async () => {
      const [home = ""] = regions;
      // Amazon Q Developer in chat applications is in the partition aws alone, and says so.
      const noChat = { "aws-prevention-baseline:alertChannel": { emails: ["a@example.com"] } };
      const vpcs = [{ region: home, vpcId: "vpc-0123456789abcdef0" }];
      const endpoints = { "aws-prevention-baseline:ssmEndpoints": { vpcs } };
      all = await graph({ regions: [...regions], settings: { ...everything, ...noChat, ...endpoints, ...at(home) } });
    });

    it("gets no ARN of another partition, and some of its own", () => {
      const text = textOf(all);
      assert.deepEqual(text.match(/arn:aws:[^"]*/g), null);
      assert.ok(text.includes(`arn:${partition}:`));
    });

    it("gets no console address of another partition, and nothing in a region it does not have", () => {
      assert.ok(!textOf(all).includes("console.aws.amazon.com"));
      const used = new Set(custom(all).map(({ inputs }) => inputs["region"]));
      used.delete(undefined);
      assert.deepEqual([...used].sort(), [...regions].sort());
    });

    it("watches no bill: what could is in the partition aws", () => {
      assert.ok(!all.some(({ type }) => /BillingAlarm$|^aws:(budgets|costexplorer)/.test(type)));
      assert.equal(ofType(all, "aws:sns/topic:Topic").length, 1);
    });
  });
}

describe("tags", () => {
  it("tell of every resource that takes them the project, the control and the version; the user's are added", async () => {
    const settings = { ...everything, "aws-prevention-baseline:tags": { owner: "security" } };
    const all = custom(await graph({ settings }));
    const tagged = all.filter(({ type }) => takes(type, "tags"));
    assert.ok(tagged.length > 50);
    for (const { urn, type, name, inputs } of tagged) {
      const tags = (inputs["tags"] ?? {}) as Record<string, string>;
      assert.equal(tags["owner"], "security", `${type} ${name}`);
      assert.equal(tags["baseline:project"], "aws-prevention-baseline", `${type} ${name}`);
      assert.equal(tags["baseline:control"], controlOf(urn), `${type} ${name}`);
      assert.match(tags["baseline:version"] ?? "", /^\d+\.\d+\.\d+$/, `${type} ${name}`);
    }
  });
});
