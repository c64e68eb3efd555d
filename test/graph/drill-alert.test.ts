import assert from "node:assert/strict";
import { DrillAlert } from "../../components/alert-channel/drill-alert";
import { drillEvent } from "../../components/alert-channel/drill-event";
import { byRegion, declared, place } from "../support/declared";
import { ofType } from "../support/graph";

const route = {
  homeRegion: "us-east-1",
  homeBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default",
  topicArn: "arn:aws:sns:us-east-1:123456789012:baseline-alerts",
  relayRoleArn: "arn:aws:iam::123456789012:role/baseline-alert-relay",
};
const regions = ["us-east-1", "eu-west-1"];

describe("DrillAlert", () => {
  it("has a rule for drill events in each region, forwarded home and published there", async () => {
    const all = await declared(
      () => new DrillAlert("drill", { route, regions, namePrefix: place.namePrefix, tags: {} }),
    );
    const rules = byRegion(all, "aws:cloudwatch/eventRule:EventRule");
    assert.deepEqual(Object.keys(rules).sort(), ["eu-west-1", "us-east-1"]);
    for (const { inputs } of Object.values(rules).flat()) {
      assert.equal(inputs["name"], "baseline-drill");
      assert.deepEqual(JSON.parse(inputs["eventPattern"] as string), {
        source: [drillEvent.source],
        "detail-type": [drillEvent.detailType],
      });
    }
    const targets = ofType(all, "aws:cloudwatch/eventTarget:EventTarget").map(({ inputs }) => [
      inputs["region"],
      inputs["arn"],
    ]);
    assert.deepEqual(targets.sort(), [
      ["eu-west-1", route.homeBusArn],
      ["us-east-1", route.topicArn],
    ]);
  });

  it("takes only values from the event that the message uses, and uses no other", async () => {
    const all = await declared(() => new DrillAlert("drill", { route, regions, namePrefix: "x", tags: {} }));
    const [publish] = byRegion(all, "aws:cloudwatch/eventTarget:EventTarget")["us-east-1"] ?? [];
    const { inputPaths, inputTemplate } = publish?.inputs["inputTransformer"] as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    const used = [...new Set(inputTemplate.match(/<(\w+)>/g)?.map((each) => each.slice(1, -1)))];
    assert.deepEqual(used.sort(), Object.keys(inputPaths).sort());
  });

  it("cannot be mistaken for an event of AWS, which nobody may put on a bus", () => {
    assert.ok(!drillEvent.source.startsWith("aws."));
  });
});
