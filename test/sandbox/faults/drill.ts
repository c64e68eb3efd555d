import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { channelNames, topicArnIn } from "../../../components/alert-channel/channel-policies";
import { drillEvent, drillRuleName } from "../../../components/alert-channel/drill-event";
import { type DrillReport } from "../../../operations/watch/drill/report";
import { drillIn } from "../../../operations/watch/drill/run";
import { type Account, type Scenario } from "./scenario";

interface Channel {
  prefix: string;
  topic: string;
  queue: string;
}

/** Texts that reached the topic, straight and by the alarm. The emulator delivers what an alarm says a moment later. */
async function arrived(
  { aws }: Account,
  { queue }: Channel,
  expectsAlarm: boolean,
): Promise<{ published: boolean; alarmed: boolean }> {
  const bodies: string[] = [];
  for (let left = 100; left > 0; left--) {
    const { Messages = [] } = await aws.sqs().receiveMessage({ QueueUrl: queue, MaxNumberOfMessages: 10 });
    bodies.push(...Messages.map(({ Body = "" }) => Body));
    const isWhole = !expectsAlarm || bodies.some((body) => body.includes("denied-api-calls"));
    if (Messages.length === 0 && isWhole) break;
    if (Messages.length === 0) await sleep(100);
  }
  return {
    published: bodies.some((body) => body.includes("DRILL: alerts of AWS account")),
    alarmed: bodies.some((body) => body.includes("denied-api-calls")),
  };
}

export const drill: Scenario<Channel> = {
  name: "drill",
  clean: 3,
  writes: /^(sns:Publish|events:PutEvents|monitoring:SetAlarmState)/,
  async prepare({ aws, emulator }, number) {
    const prefix = `drill${number}`;
    const names = channelNames(prefix, "aws", emulator.accountId, "us-east-1");
    const topic = topicArnIn(names, "us-east-1", names.topic);
    await aws.sns().createTopic({ Name: names.topic });
    const { QueueUrl: queue = "" } = await aws.sqs().createQueue({ QueueName: prefix });
    const Endpoint = `arn:aws:sqs:us-east-1:${emulator.accountId}:${prefix}`;
    await aws.sns().subscribe({ TopicArn: topic, Protocol: "sqs", Endpoint });
    const EventPattern = JSON.stringify({ source: [drillEvent.source], detail: { nobody: [prefix] } });
    await aws.events().putRule({ Name: drillRuleName(prefix), EventPattern });
    await aws.events().putTargets({ Rule: drillRuleName(prefix), Targets: [{ Id: "topic", Arn: topic }] });
    await aws.cloudwatch().putMetricAlarm({
      ...{ AlarmName: `${prefix}-denied-api-calls`, Namespace: "baseline", MetricName: "denied" },
      ...{ Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Threshold: 10 },
      ...{ ComparisonOperator: "GreaterThanThreshold", AlarmActions: [topic] },
    });
    return { prefix, topic, queue };
  },
  run: (session, { prefix }, terminal) =>
    drillIn(
      session,
      { homeRegion: "us-east-1", namePrefix: prefix, regions: ["us-east-1"] },
      { prefix, yes: true, json: true },
      terminal,
    ),
  states: (json) => (json as unknown as DrillReport).paths.map(({ state }) => state),
  async agree(account, stage, { json, code, error }) {
    const { paths = [] } = (json ?? {}) as Partial<DrillReport>;
    const expectsAlarm = paths.some(({ path, state }) => path === "alarm" && state === "done");
    const found = await arrived(account, stage, expectsAlarm);
    assert.notEqual(code, 0);
    if (json === undefined) {
      // What was sent by then is in the error.
      const told = String(error?.message);
      if (found.published) assert.match(told, /sent: |may have been sent/);
      return;
    }
    for (const { path, state, sent } of paths) {
      const is = { topic: found.published, alarm: found.alarmed, event: undefined }[path];
      assert.equal(sent, state === "done");
      if (state === "done" && is !== undefined) assert.equal(is, true, `${path} is done`);
      if (state === "failed" && is !== undefined) assert.equal(is, false, `${path} is failed`);
    }
  },
};
