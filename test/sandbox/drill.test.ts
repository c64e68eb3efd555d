import assert from "node:assert/strict";
import { SQS } from "@aws-sdk/client-sqs";
import { channelNames, topicArnIn, topicKeyPolicy, topicPolicy } from "../../components/alert-channel/channel-policies";
import { drillEvent } from "../../components/alert-channel/drill-event";
import { accountClients } from "../../aws/account-clients";
import { sendDrill } from "../../operations/watch/drill/drill";
import { planDrill } from "../../operations/watch/drill/plan";
import { type DrillReport } from "../../operations/watch/drill/report";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli, startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";

const home = "eu-west-1";
const away = "ap-southeast-2";
const account = "123456789012";
const names = channelNames("baseline", "aws", account, home);
const topicArn = topicArnIn(names, home, names.topic);
const rule = "baseline-drill";
const alarm = "baseline-denied-api-calls";

/** The alert channel as `pulumi up` leaves it, on the emulator, with a queue in the mailboxes' place. */
describe("drill, on an emulated account", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let aws: Clients;
  let sqs: SQS;
  let queues: Record<"topic" | "rule", string>;

  const drill = (...args: string[]) =>
    cli("drill", "--endpoint", emulator.endpoint, "--region", home, "--regions", `${home},${away}`, ...args);

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, home);
    sqs = new SQS({
      endpoint: emulator.endpoint,
      region: home,
      credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    });
    queues = { topic: await queue("topic"), rule: await queue("rule") };
    await alertTopic();
    await drillRules();
    await aws.cloudwatch().putMetricAlarm({
      AlarmName: alarm,
      Namespace: "baseline",
      MetricName: "denied-api-calls",
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: "GreaterThanThreshold",
      AlarmActions: [topicArn],
    });
  });
  after(async () => {
    sqs.destroy();
    aws.destroy();
    await emulator.stop();
  });

  async function queue(name: string): Promise<string> {
    return (await sqs.createQueue({ QueueName: name })).QueueUrl ?? "";
  }

  async function arnOf(url: string): Promise<string> {
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["QueueArn"] });
    return Attributes?.["QueueArn"] ?? "";
  }

  async function alertTopic(): Promise<void> {
    const key = await aws.kms().createKey({ Policy: topicKeyPolicy(names) });
    const policy = topicPolicy(names, topicArn);
    const Attributes = { KmsMasterKeyId: key.KeyMetadata?.Arn ?? "", Policy: policy };
    await aws.sns().createTopic({ Name: names.topic, Attributes });
    await aws.sns().subscribe({ TopicArn: topicArn, Protocol: "sqs", Endpoint: await arnOf(queues.topic) });
  }

  async function drillRules(): Promise<void> {
    const pattern = JSON.stringify({ source: [drillEvent.source], "detail-type": [drillEvent.detailType] });
    for (const region of [home, away]) {
      await aws.events(region).putRule({ Name: rule, EventPattern: pattern });
    }
    const onward = { Id: "home-region", Arn: names.homeBusArn, RoleArn: `arn:aws:iam::${account}:role/x` };
    await aws.events(away).putTargets({ Rule: rule, Targets: [onward] });
    await aws.events(home).putTargets({ Rule: rule, Targets: [{ Id: "alert-topic", Arn: topicArn }] });
    // Beside it, for what of the event the topic's messages do not show.
    await aws.events(home).putRule({ Name: "queue", EventPattern: pattern });
    await aws.events(home).putTargets({ Rule: "queue", Targets: [{ Id: "queue", Arn: await arnOf(queues.rule) }] });
  }

  /** Every message that waits in a queue, which is empty then. */
  async function drain(name: keyof typeof queues): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: queues[name], MaxNumberOfMessages: 10 });
      if (Messages.length === 0) {
        return bodies;
      }
      for (const { Body = "", ReceiptHandle } of Messages) {
        bodies.push(Body);
        await sqs.deleteMessage({ QueueUrl: queues[name], ReceiptHandle });
      }
    }
  }

  it("reaches the topic itself, the topic's region from each region, and sets the alarm off", async () => {
    const { code, stdout, stderr } = await drill("--json");
    assert.equal(code, 0, stderr + stdout);
    const report = JSON.parse(stdout) as DrillReport;
    assert.deepEqual(
      report.paths.map(({ path, region, by, sent }) => [path, region, by, sent]),
      [
        ["topic", home, names.topic, true],
        ["event", home, rule, true],
        ["event", away, rule, true],
        ["alarm", home, alarm, true],
      ],
    );
    const arrived = await drain("topic");
    assert.equal(arrived.length, 4);
    assert.match(stderr, /a drill sends 4 message\(s\) to 1 topic\(s\) with 1 subscriber/);
    const published = arrived.find((body) => body.includes("DRILL: alerts of AWS account"));
    const alarmed = arrived.find((body) => body.includes(alarm));
    assert.match(alarmed ?? "", new RegExp(`${alarm}.*${report.drill}`));
    const { Message, Subject } = JSON.parse(published ?? "{}") as Record<string, string>;
    assert.ok(Message?.includes(report.drill) && Message.startsWith("DRILL"), Message);
    assert.equal(Subject, `DRILL: alerts of AWS account ${account}`);
    const events = (await drain("rule")).map(
      (body) => (JSON.parse(body) as { detail: { drill: string; region: string } }).detail,
    );
    assert.deepEqual(events.map(({ region }) => region).sort(), [away, home]);
    assert.ok(events.every((each) => each.drill === report.drill));
    const { MetricAlarms: [set] = [] } = await aws.cloudwatch().describeAlarms({ AlarmNames: [alarm] });
    assert.deepEqual([set?.StateValue, set?.StateReason?.includes(report.drill)], ["ALARM", true]);
  });

  it("reaches the topic by the alarm again, although the drill before has raised it", async () => {
    const { code, stdout, stderr } = await drill("--json");
    assert.equal(code, 0, stderr + stdout);
    assert.equal((await drain("topic")).filter((body) => body.includes(alarm)).length, 1);
    assert.equal((await drain("rule")).length, 2);
  });

  it("sends nothing from a region that is not home, and names the one that is", async () => {
    const { code, stdout, stderr } = await cli(
      ...["drill", "--endpoint", emulator.endpoint, "--region", away, "--regions", `${home},${away}`],
    );
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, new RegExp(`Home is ${home}, not ${away}.*\\n.*--region ${home}`));
    assert.deepEqual([await drain("topic"), await drain("rule")], [[], []]);
  });

  it("finds home by itself when no region is said, and leaves out regions without a rule", async () => {
    const { code, stdout, stderr } = await startCli(["drill", "--json", "--endpoint", emulator.endpoint], {
      AWS_REGION: away,
    }).ended;
    assert.equal(code, 0, stderr + stdout);
    const report = JSON.parse(stdout) as DrillReport;
    assert.deepEqual([report.homeRegion, report.regions], [home, [home, away]]);
    assert.match(report.notTried.join(), /no drill rule in \d+ enabled region\(s\): .*us-east-1/);
    await drain("topic");
    await drain("rule");
  });

  it("fails when nobody is subscribed, says which account it is before it sends, and keeps to 80 columns", async () => {
    const { Subscriptions: [subscription] = [] } = await aws.sns().listSubscriptions({});
    await aws.sns().unsubscribe({ SubscriptionArn: subscription?.SubscriptionArn });
    const { code, stdout, stderr } = await drill();
    assert.equal(code, 3, stderr + stdout);
    assert.match(stderr, new RegExp(`Account ${account}, home region ${home}: a drill sends`));
    assert.match(stdout, /Nobody hears baseline-alerts in eu-west-1/);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
    assert.equal((await drain("rule")).length, 2);
  });

  it("notices, in the emulator's own words, that a region's rule is gone and that a topic is", async () => {
    await aws.events(away).removeTargets({ Rule: rule, Ids: ["home-region"] });
    await aws.events(away).deleteRule({ Name: rule });
    const clients = accountClients({ endpoint: emulator.endpoint });
    const request = { homeRegion: home, regions: [away], namePrefix: "baseline" };
    const { paths } = await sendDrill(
      clients,
      await planDrill(clients, request, "2026-11-21T23:05:09Z"),
      () => undefined,
    );
    assert.match(paths.find(({ path }) => path === "event")?.says ?? "", /there is no such rule/);
    await assert.rejects(planDrill(clients, { ...request, topics: ["gone"] }, "2026-11-21T23:05:09Z"), {
      code: "no-such-topic",
    });
    await assert.rejects(planDrill(clients, { ...request, namePrefix: "nosuch" }, "2026-11-21T23:05:09Z"), {
      code: "no-baseline",
    });
  });

  it("takes an endpoint that is not on this machine for bad input", async () => {
    const { code, stdout, stderr } = await cli("drill", "--region", home, "--yes", "--endpoint", "https://example.com");
    assert.deepEqual([code, stdout, /not an emulator on this machine/.test(stderr)], [2, "", true], stderr);
  });
});
