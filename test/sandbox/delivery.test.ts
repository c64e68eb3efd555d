import assert from "node:assert/strict";
import { type MessageAttributeValue, SQS } from "@aws-sdk/client-sqs";
import { chatTemplate } from "../../components/alert-channel/chat-message";
import { messageTemplate } from "../../components/alert-channel/event-alert";
import * as messages from "../../components/iam-alerts/iam-alert-messages";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { apiCall, callers } from "../support/cloudtrail-records";
import { startEmulator } from "../support/emulator";
import { linesOf } from "../support/input-template";

interface Letter {
  body: string;
  says: Record<string, MessageAttributeValue>;
}

describe("EventBridge in the emulator", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let sqs: SQS;
  let account: string;
  const urls: Record<string, string> = {};

  before(async () => {
    emulator = await startEmulator();
    account = emulator.accountId;
    aws = createClients(emulator.endpoint, "us-east-1");
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    sqs = new SQS({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
    for (const name of ["mail", "letters"]) {
      urls[name] = (await sqs.createQueue({ QueueName: name })).QueueUrl ?? "";
    }
    await aws.sns().createTopic({ Name: "alerts" });
    await aws.sns().subscribe({ TopicArn: arn("sns", "alerts"), Protocol: "sqs", Endpoint: arn("sqs", "mail") });
  });
  after(async () => {
    sqs?.destroy();
    aws?.destroy();
    await emulator?.stop();
  });

  const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${account}:${name}`;
  const drain = async (name: string): Promise<Letter[]> => {
    const query = { QueueUrl: urls[name], MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    const { Messages = [] } = await sqs.receiveMessage(query);
    await Promise.all(Messages.map(({ ReceiptHandle }) => sqs.deleteMessage({ QueueUrl: urls[name], ReceiptHandle })));
    return Messages.map(({ Body = "", MessageAttributes = {} }) => ({ body: Body, says: MessageAttributes }));
  };
  const mail = async () => (await drain("mail")).map(({ body }) => (JSON.parse(body) as { Message: string }).Message);
  /** One rule with one target, an event that matches, and what comes of it. */
  const through = async (target: object, detail: object, State: "ENABLED" | "DISABLED" = "ENABLED") => {
    await aws.events().putRule({ Name: "rule", EventPattern: '{"source":["test"]}', State });
    const common = { Id: "target", Arn: arn("sns", "alerts"), DeadLetterConfig: { Arn: arn("sqs", "letters") } };
    await aws.events().putTargets({ Rule: "rule", Targets: [{ ...common, ...target }] });
    await aws.events().putEvents({ Entries: [{ Source: "test", DetailType: "t", Detail: JSON.stringify(detail) }] });
    return { told: await mail(), letters: await drain("letters") };
  };
  const transformer = (InputPathsMap: Record<string, string>, InputTemplate: string) => ({
    InputTransformer: { InputPathsMap, InputTemplate },
  });

  it("delivers nothing for a rule that is disabled", async () => {
    assert.deepEqual(await through({}, {}, "DISABLED"), { told: [], letters: [] });
    assert.equal((await through({}, {})).told.length, 1);
  });

  it("delivers what each alarm says while other requests make rules and alarms", async () => {
    const names = Array.from({ length: 48 }, (_, at) => `alarm-${at}`);
    const left = [...names];
    const makeAndRaise = async () => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        await aws.events().putRule({ Name: name, EventPattern: '{"source":["nobody"]}' });
        await aws.cloudwatch().putMetricAlarm({
          ...{ AlarmName: name, Namespace: "test", MetricName: "test", Statistic: "Sum", Period: 300, Threshold: 10 },
          ...{ EvaluationPeriods: 1, ComparisonOperator: "GreaterThanThreshold", AlarmActions: [arn("sns", "alerts")] },
        });
        await aws.cloudwatch().setAlarmState({ AlarmName: name, StateValue: "ALARM", StateReason: "test" });
      }
    };
    await Promise.all(Array.from({ length: 8 }, makeAndRaise));
    const told: string[] = [];
    for (let some = await mail(); some.length > 0; some = await mail()) told.push(...some);
    assert.deepEqual(told.map((text) => (JSON.parse(text) as { AlarmName: string }).AlarmName).sort(), names.sort());
  });

  const who = { who: "$.detail.who" };
  const texts: [what: string, template: string, value: unknown, delivered: string | undefined][] = [
    ["a value within a string as it is", '"by <who>"', "mina", '"by mina"'],
    ["a string outside of one in quotation marks", '{"by":<who>}', "mina", '{"by":"mina"}'],
    ["an object within a string without its quotation marks", '"by <who>"', { a: "b" }, '"by {a: b}"'],
    ["nothing for a path that leads nowhere", '"by <who>"', undefined, '"by "'],
    ["a quotation mark unescaped, so that nothing is delivered", '"by <who>"', 'a"b', undefined],
    ["a line break unescaped, so that nothing is delivered", '{"by":"<who>"}', "a\nb", undefined],
    ["a quotation mark unescaped outside of a string too", '{"by":<who>}', 'a"b', undefined],
  ];
  for (const [what, template, value, expected] of texts) {
    it(`writes ${what}`, async () => {
      const { told, letters } = await through(transformer(who, template), { who: value });
      assert.deepEqual(told, expected === undefined ? [] : [expected]);
      assert.equal(letters.length, expected === undefined ? 1 : 0);
      if (expected === undefined) {
        const event = JSON.parse(letters[0]?.body ?? "") as { source: string; detail: object };
        assert.deepEqual([event.source, event.detail], ["test", { who: value }]);
        assert.equal(letters[0]?.says["ERROR_CODE"]?.StringValue, "INVALID_JSON");
        assert.equal(letters[0]?.says["RULE_ARN"]?.StringValue, arn("events", "rule/rule"));
      }
    });
  }

  it("leaves what it could not deliver to a topic, a bus or a machine that is gone in the dead-letter queue", async () => {
    for (const Arn of [arn("sns", "gone"), arn("events", "event-bus/gone"), arn("states", "stateMachine:gone")]) {
      const { letters } = await through({ Arn }, {});
      assert.deepEqual(
        letters.map(({ says }) => [says["TARGET_ARN"]?.StringValue, says["ERROR_CODE"]?.StringValue]),
        [[Arn, "RESOURCE_NOT_FOUND"]],
      );
    }
  });

  it("refuses a template that gives no JSON whatever the event", async () => {
    for (const template of ["by <who>", '{"by": <who>', '"by <who>']) {
      await assert.rejects(through(transformer(who, template), {}), /InputTemplate/, template);
    }
  });

  it("delivers the baseline's alerts about a user with a quotation mark in the path, to mail and chat", async () => {
    const path = '/"/\\n\\nThis\\u0020was\\u0020a\\u0020drill/';
    const userIdentity = { ...callers.user, arn: `arn:aws:iam::${account}:user${path}mina` };
    for (const { values, lines } of [
      messages.iamChangeMessage("aws"),
      messages.quarantineMessage("aws"),
      messages.signInMessage("aws"),
      messages.detectionChangeMessage("aws"),
    ]) {
      const detail = apiCall("iam", "CreateUser", { userIdentity, requestParameters: { name: '"', userName: "x" } });
      const { told } = await through(transformer(values, messageTemplate(lines)), detail);
      assert.ok(
        linesOf(told[0] ?? "").some((line) => line.startsWith("Who: IAMUser mina AIDA")),
        told[0],
      );
      const [title = "", ...rest] = lines;
      const chat = await through(transformer(values, chatTemplate(title, rest)), detail);
      assert.match(JSON.stringify(JSON.parse(chat.told[0] ?? "")), /Who: IAMUser mina AIDA/);
    }
  });
});
