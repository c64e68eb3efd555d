import assert from "node:assert/strict";
import { BaselineError } from "../../../../common/errors";
import { sendDrill } from "../../../../operations/watch/drill/drill";
import { type DrillPlan, planDrill } from "../../../../operations/watch/drill/plan";
import { renderDrill } from "../../../../operations/watch/drill/render";
import { type DrillReport } from "../../../../operations/watch/drill/report";
import { arn, bus, lettingIn, mina, omar, services, sound } from "./sound-account";
import { type Answers, awsError, type Call, fakeClients } from "./fake-clients";

const request = { homeRegion: "eu-west-1", namePrefix: "baseline" };

async function drilled(
  changes: Answers = {},
  more = {},
): Promise<{ report: DrillReport; plan: DrillPlan; calls: Call[] }> {
  const { clients, calls } = fakeClients({ ...sound, ...changes });
  const plan = await planDrill(clients, { ...request, ...more }, "2026-11-21T23:05:09Z");
  return { plan, report: await sendDrill(clients, plan, () => undefined), calls };
}

const sending = ["publish", "putEvents", "setAlarmState"];

describe("drill", () => {
  it("sends along every path: to each topic, from each region, by an alarm", async () => {
    const { report, calls } = await drilled();
    const sent = calls.filter(([operation]) => sending.includes(operation));
    assert.deepEqual(sent.map(([operation, region]) => `${operation} ${region}`).sort(), [
      "publish eu-west-1",
      "publish us-east-1",
      "putEvents eu-west-1",
      "putEvents us-east-1",
      "setAlarmState eu-west-1",
    ]);
    assert.ok(sent.every(([, , input]) => JSON.stringify(input).includes("2026-11-21T23:05:09Z")));
    assert.deepEqual([report.ok, report.paths.every((each) => each.sent)], [true, true]);
    assert.match(
      report.notTried.join(),
      /Budgets and Cost Anomaly Detection.*baseline-alerts in us-east-1 let both in/,
    );
  });

  it("sends nothing while it looks", async () => {
    const { clients, calls } = fakeClients(sound);
    const plan = await planDrill(clients, request, "2026-11-21T23:05:09Z");
    assert.deepEqual([plan.accountAlias, plan.messages], ["acme-prod", 5]);
    assert.deepEqual(plan.rules, [{ region: "eu-west-1" }, { region: "us-east-1" }]);
    assert.ok(calls.every(([operation]) => /^(get|list|describe)/.test(operation)));
  });

  it("writes to a topic for chat what chat applications show", async () => {
    const { calls, report } = await drilled({
      getTopicAttributes: () => ({ Attributes: { Policy: lettingIn(...services) } }),
    });
    const [, , input] = calls.find(
      ([operation, , { TopicArn }]) => operation === "publish" && /chat/.test(String(TopicArn)),
    )!;
    assert.equal((JSON.parse(String(input["Message"])) as { source: string }).source, "custom");
    assert.equal(report.topics.length, 3);
  });

  const faults: [what: string, changes: Answers, says: RegExp][] = [
    ["nobody has confirmed", { listSubscriptionsByTopic: () => ({ Subscriptions: [omar] }) }, /not confirmed: omar@example.com/],
    ["nobody is subscribed", { listSubscriptionsByTopic: () => ({}) }, /Nobody hears baseline-alerts in eu-west-1/],
    ["there is no topic", { getTopicAttributes: () => { throw awsError("NotFound"); } }, /there is no such topic/],
    ["the topic shuts out rules", { getTopicAttributes: () => ({ Attributes: { Policy: lettingIn(services[0]!) } }) }, /policy shuts out events/],
    ["the key shuts everybody out", { getKeyPolicy: () => ({ Policy: "{}" }) }, /key shuts out cloudwatch.amazonaws.com/],
    ["the key may not be read", { getKeyPolicy: () => { throw awsError("AccessDeniedException"); } }, /key could not be\s+read.*kms:GetKeyPolicy/s],
    ["a region has no rule", { describeRule: () => { throw awsError("ResourceNotFoundException"); } }, /there is no such rule/],
    ["a rule is off", { describeRule: () => ({ State: "DISABLED" }) }, /the rule is disabled/],
    ["a rule has no target", { listTargetsByRule: () => ({}) }, /the rule has no target/],
    ["EventBridge takes no event", { putEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorMessage: "too many" }] }) }, /too many/],
    ["publishing is not allowed", { publish: () => { throw awsError("AuthorizationError"); } }, /may not call\s+sns:Publish/],
    ["the key does not let us publish", { publish: () => { throw awsError("KMSAccessDenied"); } }, /may not call\s+sns:Publish/],
    ["a rule leads to a bus of nowhere in particular", { listTargetsByRule: (_, region) => ({ Targets: [{ Arn: region === "eu-west-1" ? arn("eu-west-1") : bus("sa-east-1") }] }) }, /leads to\s+the bus of\s+sa-east-1,\s+not\s+to the bus of\s+eu-west-1/],
    ["the home region's rule tells another topic", { listTargetsByRule: (_, region) => ({ Targets: [{ Arn: region === "eu-west-1" ? arn(region, "old") : bus("eu-west-1") }] }) }, /leads to\s+topic old in\s+eu-west-1,\s+not to\s+baseline-alerts/],
    ["a region may not be looked at", { describeRule: (_, region) => { if (region === "us-east-1") { throw awsError("AccessDeniedException"); } return {}; } }, /may not call\s+events:DescribeRule/],
    ["alarms may not be read", { describeAlarms: () => { throw awsError("AccessDenied"); } }, /may not call\s+cloudwatch:DescribeAlarms/],
  ]; // prettier-ignore
  for (const [what, changes, says] of faults) {
    it(`does not hold when ${what}, and says so`, async () => {
      const { report, calls } = await drilled(changes);
      assert.equal(report.ok, false);
      assert.match(renderDrill(report), says);
      assert.ok(
        calls.some(([operation]) => operation === "putEvents" || operation === "describeRule"),
        "the rest is tried",
      );
    });
  }

  it("tells who has not confirmed, and holds as long as somebody has", async () => {
    const { report } = await drilled({ listSubscriptionsByTopic: () => ({ Subscriptions: [mina, omar] }) });
    assert.deepEqual(
      [report.ok, report.topics[0]?.pending],
      [true, [{ protocol: "email", endpoint: "omar@example.com" }]],
    );
  });

  it("counts subscribers on every page", async () => {
    const pages = ({ NextToken }: Record<string, unknown>) =>
      NextToken ? { Subscriptions: [omar] } : { Subscriptions: [mina], NextToken: "2" };
    const { plan } = await drilled({ listSubscriptionsByTopic: pages });
    assert.deepEqual([plan.topics[0]?.confirmed.length, plan.topics[0]?.pending.length], [1, 1]);
  });

  it("shows of a web address its host: the path often is the secret", async () => {
    const pager = {
      Protocol: "https",
      Endpoint: "https://u:pw@events.example.com/key/s3cr3t",
      SubscriptionArn: mina.SubscriptionArn,
    };
    const phone = { Protocol: "sms", Endpoint: "+12065550123", SubscriptionArn: mina.SubscriptionArn };
    const { report } = await drilled({ listSubscriptionsByTopic: () => ({ Subscriptions: [pager, phone] }) });
    const text = renderDrill(report) + JSON.stringify(report);
    assert.ok(text.includes("events.example.com") && !/s3cr3t|pw@|2065550/.test(text), text);
  });

  it("keeps to the regions and topics that are named", async () => {
    const { calls, report } = await drilled({}, { regions: ["us-east-1"], topics: ["mine"] });
    assert.deepEqual(
      report.topics.map((each) => each.arn),
      [arn("eu-west-1", "mine")],
    );
    assert.deepEqual(
      calls.filter(([operation]) => operation === "putEvents").map(([, region]) => region),
      ["us-east-1"],
    );
    assert.ok(!calls.some(([operation]) => operation === "describeRegions"));
  });

  const aborts: [name: string, code: string, says: RegExp][] = [
    ["CredentialsProviderError", "no-credentials", /aws sso login/],
    ["ExpiredToken", "credentials-expired", /Sign in again/],
    ["ExpiredTokenException", "credentials-expired", /Sign in again/],
    ["UnrecognizedClientException", "credentials-refused", /get-caller-identity/],
    ["AccessDenied", "access-denied", /sts:GetCallerIdentity/],
    ["TimeoutError", "aws-call-failed", /network/],
  ];
  for (const [name, code, says] of aborts) {
    it(`ends at once on ${name}, with what to do`, async () => {
      const refused = { getCallerIdentity: () => { throw awsError(name); } }; // prettier-ignore
      await assert.rejects(drilled(refused), (error) => {
        assert.ok(error instanceof BaselineError && error.exitCode === 1);
        assert.deepEqual([error.code, says.test(error.message)], [code, true], error.message);
        return true;
      });
    });
  }

  it("ends when the credentials expire half way", async () => {
    const half = { putEvents: () => { throw awsError("ExpiredTokenException"); } }; // prettier-ignore
    await assert.rejects(drilled(half), { code: "credentials-expired" });
  });

  it("names the action that is missing for looking at a topic", async () => {
    const denied = { listSubscriptionsByTopic: () => { throw awsError("AuthorizationErrorException"); } }; // prettier-ignore
    await assert.rejects(drilled(denied), /may not call sns:ListSubscriptionsByTopic in eu-west-1/);
  });

  it("goes on without the account's alias", async () => {
    const { report } = await drilled({ listAccountAliases: () => { throw awsError("AccessDenied"); } }); // prettier-ignore
    assert.deepEqual([report.ok, report.accountAlias], [true, ""]);
  });

  it("fits into 80 columns", async () => {
    const names = Array.from({ length: 12 }, (_, index) => ({
      ...mina,
      Endpoint: `person-${index}@security.example.com`,
    }));
    const { report } = await drilled({ listSubscriptionsByTopic: () => ({ Subscriptions: [...names, omar] }) });
    const lines = renderDrill(report).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
  });
});
