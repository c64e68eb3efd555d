import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import type { Made } from "./resource-cases";
import { startEmulator } from "../support/emulator";

const REGION = "eu-west-1";
const ROLE = "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
const urnOf = (type: string) => `urn:pulumi:test::baseline::${type}::it`;
const RECORDER = "aws:cfg/recorder:Recorder";
const CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel";
const STATUS = "aws:cfg/recorderStatus:RecorderStatus";
const RULE = "aws:cfg/rule:Rule";
const BUDGET = "aws:budgets/budget:Budget";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const LINKED_ROLE = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
const MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";

describe("sandbox provider: recording, watching and billing", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  const check = async (type: string, given: Props) =>
    ((await provider.check(urnOf(type), {}, given)) as { inputs: Props }).inputs;
  const create = async (type: string, given: Props) =>
    (await provider.create(urnOf(type), await check(type, given))) as Made;
  const remove = (type: string, { id, outs }: Made) => provider.delete(id, urnOf(type), outs);
  const imported = async (type: string, id: string) => (await provider.read(id, urnOf(type))).inputs as Props;

  describe("AWS Config", () => {
    const rule = {
      region: REGION,
      name: "ssh",
      source: { owner: "AWS", sourceIdentifier: "INCOMING_SSH_DISABLED" },
      tags: { a: "1" },
    };

    it("takes rules and a delivery channel only where there is a recorder", async () => {
      await assert.rejects(create(RULE, rule), { name: "NoAvailableConfigurationRecorderException" });
      const channel = { region: REGION, name: "default", s3BucketName: "history" };
      await assert.rejects(create(CHANNEL, channel), { name: "NoAvailableConfigurationRecorderException" });
    });

    it("records into a channel, which stays as long as it does", async () => {
      const recorder = await create(RECORDER, { region: REGION, name: "default", roleArn: ROLE });
      await assert.rejects(create(STATUS, { region: REGION, name: "default", isEnabled: true }), {
        name: "NoAvailableDeliveryChannelException",
      });
      const channel = await create(CHANNEL, { region: REGION, name: "default", s3BucketName: "history" });
      const status = await create(STATUS, { region: REGION, name: "default", isEnabled: true });
      await assert.rejects(remove(CHANNEL, channel), { name: "LastDeliveryChannelDeleteFailedException" });
      await remove(STATUS, status);
      assert.equal((await imported(STATUS, `default@${REGION}`))["isEnabled"], false, "switched off by the delete");
      await remove(CHANNEL, channel);
      await remove(RECORDER, recorder);
      assert.equal((await provider.read(status.id, urnOf(STATUS), status.outs)).id, "", "gone with its recorder");
    });

    it("keeps the tags of a rule that is put again, tells what it made of it, and knows what AWS manages", async () => {
      const recorder = await create(RECORDER, { region: REGION, name: "default", roleArn: ROLE });
      const made = await create(RULE, rule);
      const { name, source } = rule;
      await provider.clients.config(REGION).putConfigRule({
        ConfigRule: {
          ConfigRuleName: name,
          Source: { Owner: "AWS", SourceIdentifier: source.sourceIdentifier },
          Description: "d",
        },
      });
      const found = await imported(RULE, `ssh@${REGION}`);
      assert.deepEqual(found["tags"], { a: "1" });
      assert.deepEqual(found["evaluationModes"], [{ mode: "DETECTIVE" }]);
      assert.match(String(made.outs["arn"]), /^arn:aws:config:eu-west-1:\d{12}:config-rule\/config-rule-/);
      assert.match(String(made.outs["ruleId"]), /^config-rule-/);
      const unknown = { ...rule, name: "moon", source: { owner: "AWS", sourceIdentifier: "MOON_IS_FULL" } };
      await assert.rejects(create(RULE, unknown), { name: "InvalidParameterValueException" });
      await remove(RULE, made);
      await remove(RECORDER, recorder);
    });

    it("has one linked role, named as AWS spells it, by whose ARN it is imported", async () => {
      const inputs = { awsServiceName: "config.amazonaws.com" };
      const made = await create(LINKED_ROLE, inputs);
      assert.equal(
        made.id,
        `arn:aws:iam::${emulator.accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      );
      assert.deepEqual([made.outs["arn"], made.outs["name"]], [made.id, "AWSServiceRoleForConfig"]);
      await assert.rejects(create(LINKED_ROLE, inputs), { name: /^InvalidInput/, message: /has been taken/ });
      assert.equal((await imported(LINKED_ROLE, made.id))["awsServiceName"], "config.amazonaws.com");
      await remove(LINKED_ROLE, made);
    });
  });

  describe("a budget", () => {
    const inputs = { name: "cost", budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "100", limitUnit: "USD" };
    const amount = async (id: string) => {
      const [AccountId, BudgetName] = id.split(":");
      return (await provider.clients.budgets().describeBudget({ AccountId, BudgetName })).Budget?.BudgetLimit?.Amount;
    };

    it("starts with the period, and what AWS fills in and respells is no change", async () => {
      const made = await create(BUDGET, inputs);
      assert.equal(made.id, `${emulator.accountId}:cost`);
      assert.equal(made.outs["arn"], `arn:aws:budgets::${emulator.accountId}:budget/cost`);
      assert.match(String(made.outs["timePeriodStart"]), /^\d{4}-\d{2}-01_00:00$/);
      assert.equal(made.outs["timePeriodEnd"], "2087-06-15_00:00");
      assert.equal(await amount(made.id), "100.0");
      const refreshed = await provider.read(made.id, urnOf(BUDGET), made.outs);
      const news = await check(BUDGET, inputs);
      const { changes } = await provider.diff(made.id, urnOf(BUDGET), refreshed.props as Props, news);
      assert.equal(changes, false);
      assert.equal((await imported(BUDGET, made.id))["limitAmount"], "100.0");
      await remove(BUDGET, made);
    });

    it("keeps its start when it is changed", async () => {
      const made = await create(BUDGET, { ...inputs, timePeriodStart: "2026-01-01_00:00" });
      const news = await check(BUDGET, { ...inputs, limitAmount: "200" });
      const outs = (await provider.update(made.id, urnOf(BUDGET), made.outs, news)).outs as Props;
      assert.equal(outs["timePeriodStart"], "2026-01-01_00:00");
      assert.equal(await amount(made.id), "200.0");
      await remove(BUDGET, made);
    });

    it("is there and known when one of its notifications is refused", async () => {
      const notification = {
        comparisonOperator: "GREATER_THAN",
        notificationType: "ACTUAL",
        threshold: 80,
        thresholdType: "PERCENTAGE",
        subscriberEmailAddresses: ["a@example.com"],
      };
      const twice = create(BUDGET, { ...inputs, notifications: [notification, notification] });
      await assert.rejects(twice, { name: "DuplicateRecordException", id: `${emulator.accountId}:cost` });
    });
  });

  describe("metric filters and alarms", () => {
    const filter = (group: string, pattern = "x") => ({
      region: REGION,
      name: "root",
      logGroupName: group,
      pattern: ` ${pattern} `,
      metricTransformation: { name: "Root", namespace: "LogMetrics", value: "1" },
    });
    const count = async (group: string) =>
      (await provider.clients.logs(REGION).describeMetricFilters({ logGroupName: group })).metricFilters?.length;

    it("has a filter once, in a log group that is there", async () => {
      await assert.rejects(create(FILTER, filter("/nowhere")), { name: "ResourceNotFoundException" });
      const group = await create(LOG_GROUP, { region: REGION, name: "/trail" });
      const made = await create(FILTER, filter("/trail"));
      await create(FILTER, filter("/trail", "y"));
      assert.equal(await count("/trail"), 1);
      assert.equal(made.id, "root");
      const found = await imported(FILTER, `/trail:root@${REGION}`);
      assert.deepEqual([found["logGroupName"], found["name"], found["pattern"]], ["/trail", "root", "y"]);
      assert.deepEqual((found["metricTransformation"] as Props)["unit"], "None");
      await remove(LOG_GROUP, group);
      const gone = await provider.read(made.id, urnOf(FILTER), made.outs);
      assert.equal(gone.id, "", "a filter goes with its log group");
      await create(LOG_GROUP, { region: REGION, name: "/trail" });
      assert.equal(await count("/trail"), 0);
    });

    it("loses none of the filters set at the same time", async () => {
      const group = await create(LOG_GROUP, { region: REGION, name: "/many" });
      const names = Array.from({ length: 16 }, (_, index) => `filter-${index}`);
      await Promise.all(names.map((name) => create(FILTER, { ...filter("/many"), name })));
      await Promise.all(names.map((name) => create(FILTER, { ...filter("/many", "z"), name })));
      assert.equal(await count("/many"), 16);
      await remove(LOG_GROUP, group);
    });

    it("takes an alarm's tags away with it", async () => {
      const alarm = {
        region: REGION,
        name: "root",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: 1,
        metricName: "Root",
        namespace: "LogMetrics",
        period: 300,
        statistic: "Sum",
        threshold: 1,
      };
      const made = await create(ALARM, { ...alarm, tags: { a: "1" } });
      assert.equal(made.outs["arn"], `arn:aws:cloudwatch:eu-west-1:${emulator.accountId}:alarm:root`);
      assert.deepEqual([made.outs["actionsEnabled"], made.outs["treatMissingData"]], [true, "missing"]);
      await remove(ALARM, made);
      await create(ALARM, alarm);
      assert.deepEqual((await imported(ALARM, `root@${REGION}`))["tags"], {});
    });
  });

  it("records only what the emulator has no API for, and says why", async () => {
    const made = await create(MONITOR, { name: "services", monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" });
    assert.match(made.id, new RegExp(`^arn:aws:ce::${emulator.accountId}:anomalymonitor/[0-9a-f-]{36}$`));
    assert.equal(made.outs["arn"], made.id);
    assert.deepEqual(
      provider.recorded().map(({ property, reason }) => [property, reason]),
      ["name", "monitorType", "monitorDimension"].map((each) => [each, "the emulator has no API for cost anomalies"]),
    );
    assert.deepEqual(await provider.read(made.id, urnOf(MONITOR)), { id: "" }, "nothing to import");
    await remove(MONITOR, made);
    assert.deepEqual(provider.recorded(), []);
  });
});
