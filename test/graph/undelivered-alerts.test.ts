import assert from "node:assert/strict";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, ofType } from "../support/graph";
import { isAllowed } from "../support/simulate";

const account = "123456789012";
const [RULE, TARGET] = ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"];
const [QUEUE, POLICY] = ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"];
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Everything, at home where billing is not, as after `up`. */
describe("alerts that cannot be delivered", function () {
  this.timeout(120_000);
  const home = "eu-west-1";
  const regions = [home, "us-east-1", "us-west-2"];
  let all: Registration[];

  before(async () => {
    const settings = { ...everything, "aws:region": home };
    all = await graph({ regions, settings, preview: false });
  });

  const lettersOf = ({ inputs }: Registration) =>
    (inputs["deadLetterConfig"] as { arn?: string } | undefined)?.arn ?? "";

  it("go to a queue of the rule's own region, whatever the target", () => {
    const targets = ofType(all, TARGET);
    assert.ok(targets.length > 30);
    for (const target of targets) {
      const { region } = target.inputs;
      assert.match(lettersOf(target), new RegExp(`^arn:aws:sqs:${String(region)}:\\d{12}:baseline-`), target.name);
    }
  });

  it("are let in there: by the rule that leaves them, and by no rule that is not the baseline's", async () => {
    const queues = new Map(
      ofType(all, QUEUE).map(({ inputs }) => [
        `arn:aws:sqs:${String(inputs["region"])}:${account}:${String(inputs["name"])}`,
        inputs,
      ]),
    );
    const policyOf = (arn: string) =>
      ofType(all, POLICY)
        .map(({ inputs }) => JSON.parse(String(inputs["policy"])) as { Statement: { Resource: string }[] })
        .find(({ Statement }) => Statement.some(({ Resource }) => Resource === arn)) ?? assert.fail(arn);
    const may = (queue: string, rule: string) =>
      isAllowed({
        principal: "events.amazonaws.com",
        action: "sqs:SendMessage",
        resource: queue,
        context: { "aws:SourceArn": rule, "aws:SecureTransport": "true" },
        resourcePolicy: JSON.stringify(policyOf(queue)),
      });
    for (const target of ofType(all, TARGET)) {
      const { region, rule, eventBusName } = target.inputs as Record<string, string | undefined>;
      const bus = eventBusName === undefined ? "" : `${eventBusName}/`;
      const arn = (name: string) => `arn:aws:events:${String(region)}:${account}:rule/${name}`;
      const queue = lettersOf(target);
      assert.ok(queues.has(queue), queue);
      assert.ok(await may(queue, arn(`${bus}${String(rule)}`)), target.name);
      assert.ok(!(await may(queue, arn("somebody-elses"))), target.name);
    }
  });

  it("raise an alarm in each region, which notifies a topic of the region, or is forwarded home as an event", () => {
    const alarms = ofType(all, ALARM).filter(({ inputs }) => inputs["name"] === "baseline-undelivered-alerts");
    assert.deepEqual(alarms.map(({ inputs }) => inputs["region"]).sort(), [...regions].sort());
    const forwarding = ofType(all, RULE).filter(({ inputs }) => inputs["name"] === "baseline-undelivered-alerts");
    const roles = new Set(
      ofType(all, TARGET)
        .filter(({ inputs }) => inputs["rule"] === "baseline-undelivered-alerts")
        .map(({ inputs }) => inputs["roleArn"] as string | undefined),
    );
    for (const { inputs } of alarms) {
      const { region, dimensions, alarmActions } = inputs;
      assert.deepEqual(dimensions, { QueueName: "baseline-undelivered-alerts" });
      if ((alarmActions as string[]).length === 0) {
        const rule = forwarding.find((each) => each.inputs["region"] === region) ?? assert.fail(String(region));
        assert.match(String(rule.inputs["eventPattern"]), /"alarmName":\["baseline-undelivered-alerts"\]/);
      }
    }
    assert.ok(alarms.some(({ inputs }) => (inputs["alarmActions"] as string[]).length === 0));
    const relay = ofType(all, TARGET).find(({ name }) => name.includes("drill-alert-event-forward"))?.inputs[
      "roleArn"
    ] as string | undefined;
    assert.ok(relay !== undefined && !roles.has(relay), "forwarded with the role that may be what is broken");
  });
});
