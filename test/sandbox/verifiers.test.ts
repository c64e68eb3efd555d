import assert from "node:assert/strict";
import { verify as billingAlarm } from "../../components/billing-alarm/verify";
import { verify as complianceRules } from "../../components/compliance-rules/verify";
import { verify as configRecording } from "../../components/config-recording/verify";
import { verify as iamAlerts } from "../../components/iam-alerts/verify";
import { verify as trailAlarms } from "../../components/trail-alarms/verify";
import { type Verifier, type VerifyScope } from "../../components/foundation/verify/verifier";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { startEmulator } from "../support/emulator";

const HOME = "eu-central-1";
const GLOBAL = "us-east-1";
const REGIONS = [HOME, GLOBAL];
const PREFIX = "acme";

/** What the verifiers say of an account made by hand, first as it should be, then after somebody has been at it. */
describe("verifiers", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let aws: Clients;
  let scope: VerifyScope;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint);
    const { accountId } = emulator;
    scope = { aws, accountId, homeRegion: HOME, regions: REGIONS, namePrefix: PREFIX };
  });
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  const topic = (region: string) => `arn:aws:sns:${region}:${emulator.accountId}:${PREFIX}-alerts`;
  const told = async (verifier: Verifier) =>
    (await verifier(scope)).map(({ holds, region, says }) => `${holds ? "ok" : "NO"} ${region ?? "-"} ${says}`);
  const alarm = (region: string, name: string, metric: object, actions = [topic(region)]) =>
    aws.cloudwatch(region).putMetricAlarm({
      AlarmName: `${PREFIX}-${name}`,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: 1,
      Period: 300,
      Statistic: "Sum",
      Threshold: 1,
      AlarmActions: actions,
      ...metric,
    });

  it("tell of alarms on the trail", async () => {
    assert.deepEqual(await told(trailAlarms), [`NO ${HOME} no metric filter reads log group /acme/cloudtrail`]);
    await aws.logs(HOME).createLogGroup({ logGroupName: "/acme/cloudtrail" });
    const metrics = ["unauthorized-api-calls", ...Array.from({ length: 15 }, (_, index) => `metric-${index}`)];
    for (const metricName of metrics) {
      await aws.logs(HOME).putMetricFilter({
        filterName: metricName,
        logGroupName: "/acme/cloudtrail",
        filterPattern: "x",
        metricTransformations: [{ metricName, metricNamespace: "LogMetrics", metricValue: "1" }],
      });
      const metric = { Namespace: "LogMetrics", MetricName: metricName };
      await alarm(HOME, metricName, metric);
    }
    await aws.cloudwatch(HOME).disableAlarmActions({ AlarmNames: ["acme-unauthorized-api-calls"] });
    assert.deepEqual(await told(trailAlarms), [
      `ok ${HOME} 16 of 16 metric filters read log group /acme/cloudtrail`,
      `ok ${HOME} every metric has an alarm`,
      `ok ${HOME} 15 alarms tell the alert topic; quiet by choice: acme-unauthorized-api-calls`,
    ]);
    await aws.cloudwatch(HOME).disableAlarmActions({ AlarmNames: ["acme-metric-1"] });
    await aws.cloudwatch(HOME).deleteAlarms({ AlarmNames: ["acme-metric-2"] });
    await aws.logs(HOME).deleteMetricFilter({ filterName: "metric-0", logGroupName: "/acme/cloudtrail" });
    assert.deepEqual(await told(trailAlarms), [
      `NO ${HOME} 15 of 16 metric filters read log group /acme/cloudtrail`,
      `NO ${HOME} no alarm on metric-2`,
      `NO ${HOME} 12 alarms tell the alert topic; quiet by choice: acme-unauthorized-api-calls; switched off or told elsewhere: acme-metric-1`,
    ]);
  });

  it("tell of recording and of rules", async () => {
    assert.deepEqual(await told(configRecording), [
      `NO ${HOME} no recorder`,
      `NO ${GLOBAL} no recorder`,
      "NO - IAM is recorded in no region",
    ]);
    const put = (region: string, recordingGroup: object, recordingMode?: { recordingFrequency: "DAILY" }) =>
      aws.config(region).putConfigurationRecorder({
        ConfigurationRecorder: { name: "default", roleARN: "arn:aws:iam::1:role/r", recordingGroup, recordingMode },
      });
    await put(HOME, { allSupported: true, includeGlobalResourceTypes: true });
    const recordingStrategy = { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" };
    const iam = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];
    await put(
      GLOBAL,
      { recordingStrategy, exclusionByResourceTypes: { resourceTypes: iam } },
      { recordingFrequency: "DAILY" },
    );
    for (const region of REGIONS) {
      const DeliveryChannel = { name: "default", s3BucketName: "history" };
      await aws.config(region).putDeliveryChannel({ DeliveryChannel });
      await aws.config(region).startConfigurationRecorder({ ConfigurationRecorderName: "default" });
    }
    assert.deepEqual(await told(configRecording), [
      `ok ${HOME} recorder on, every resource type, delivered to history`,
      `ok ${GLOBAL} recorder on, every resource type but 4 daily, delivered to history`,
      `ok - IAM is recorded in ${HOME}`,
    ]);

    assert.deepEqual(await told(complianceRules), [
      `NO ${HOME} rules active: 0`,
      `NO ${GLOBAL} rules active: 0`,
      "NO - no rule asks for access keys to be rotated",
    ]);
    const rule = (region: string, name: string, SourceIdentifier: string, InputParameters?: string) =>
      aws.config(region).putConfigRule({
        ConfigRule: {
          ConfigRuleName: `${PREFIX}-${name}`,
          Source: { Owner: "AWS", SourceIdentifier },
          InputParameters,
        },
      });
    // More than the 25 that AWS tells at a time.
    for (const each of Array.from({ length: 30 }, (_, index) => `ssh-${index}`)) {
      await rule(HOME, each, "INCOMING_SSH_DISABLED");
    }
    await rule(GLOBAL, "access-keys-rotated", "ACCESS_KEYS_ROTATED", '{"maxAccessKeyAge":"90"}');
    assert.deepEqual(await told(complianceRules), [
      `ok ${HOME} rules active: 30`,
      `ok ${GLOBAL} rules active: 1`,
      "ok - access keys must be rotated after 90 days",
    ]);

    await aws.config(HOME).stopConfigurationRecorder({ ConfigurationRecorderName: "default" });
    await put(GLOBAL, { resourceTypes: ["AWS::S3::Bucket"] });
    assert.deepEqual(await told(configRecording), [
      `NO ${HOME} recorder OFF, every resource type, delivered to history`,
      `NO ${GLOBAL} recorder on, 1 resource type(s) only, delivered to history`,
      `ok - IAM is recorded in ${HOME}`,
    ]);
    await put(GLOBAL, { allSupported: true, includeGlobalResourceTypes: true });
    assert.equal((await told(configRecording)).at(-1), `NO - IAM is recorded in ${HOME} and ${GLOBAL}`);
  });

  it("tell of the bill", async () => {
    const anomalies = "ok - cost anomalies, if switched on: the emulator has no API for them";
    assert.deepEqual(await told(billingAlarm), [
      `NO ${GLOBAL} no alarm on estimated charges`,
      "NO - there is no budget acme-monthly-cost",
      anomalies,
    ]);
    const charges = { Namespace: "AWS/Billing", MetricName: "EstimatedCharges" };
    await alarm(GLOBAL, "charges-80", { ...charges, Threshold: 80 });
    await alarm(GLOBAL, "charges-100", { ...charges, Threshold: 100 });
    const which = { AccountId: emulator.accountId, BudgetName: `${PREFIX}-monthly-cost` };
    const actual = { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold: 80 } as const;
    await aws.budgets().createBudget({
      AccountId: emulator.accountId,
      Budget: {
        BudgetName: which.BudgetName,
        BudgetType: "COST",
        TimeUnit: "MONTHLY",
        BudgetLimit: { Amount: "100", Unit: "USD" },
      },
      NotificationsWithSubscribers: [actual, { ...actual, NotificationType: "FORECASTED" as const }].map((each) => ({
        Notification: each,
        Subscribers: [{ SubscriptionType: "SNS", Address: topic(GLOBAL) }],
      })),
    });
    assert.deepEqual(await told(billingAlarm), [
      `ok ${GLOBAL} alarms when charges reach 80, 100 USD`,
      "ok - budget acme-monthly-cost of 100.0 USD warns at 80% spent, 80% forecast",
      anomalies,
    ]);
    await alarm(GLOBAL, "charges-80", { ...charges, Threshold: 80 }, []);
    await aws.budgets().deleteNotification({ ...which, Notification: actual });
    await aws.budgets().deleteNotification({ ...which, Notification: { ...actual, NotificationType: "FORECASTED" } });
    assert.deepEqual(await told(billingAlarm), [
      `NO ${GLOBAL} alarms when charges reach 80, 100 USD; the alert topic is not told by acme-charges-80`,
      "NO - budget acme-monthly-cost of 100.0 USD warns at nothing",
      anomalies,
    ]);
  });

  it("tell of events that lead home", async () => {
    assert.equal(
      (await told(iamAlerts))[0],
      `NO ${GLOBAL} changes to IAM go unnoticed: there is no rule acme-iam-change`,
    );
    for (const region of REGIONS) {
      for (const rule of ["iam-change", "sign-in", "detection-change"]) {
        const Rule = `${PREFIX}-${rule}`;
        await aws.events(region).putRule({ Name: Rule, EventPattern: '{"source":["aws.iam"]}' });
        const away = `arn:aws:events:${HOME}:${emulator.accountId}:event-bus/default`;
        const Targets = [{ Id: "it", Arn: region === HOME ? topic(HOME) : away }];
        await aws.events(region).putTargets({ Rule, Targets });
      }
    }
    assert.deepEqual(await told(iamAlerts), [
      `ok ${GLOBAL} changes to IAM go to ${HOME} (rule ENABLED)`,
      `ok ${HOME} changes to IAM go to the alert topic (rule ENABLED)`,
      `ok ${HOME} sign-ins go to the alert topic (rule ENABLED)`,
      `ok ${GLOBAL} sign-ins go to ${HOME} (rule ENABLED)`,
      `ok ${HOME} changes to detection go to the alert topic (rule ENABLED)`,
      `ok ${GLOBAL} changes to detection go to ${HOME} (rule ENABLED)`,
    ]);
    await aws.events(GLOBAL).disableRule({ Name: `${PREFIX}-iam-change` });
    await aws.events(HOME).removeTargets({ Rule: `${PREFIX}-sign-in`, Ids: ["it"] });
    const after = await told(iamAlerts);
    assert.equal(after[0], `NO ${GLOBAL} changes to IAM go to ${HOME} (rule DISABLED)`);
    assert.equal(after[2], `NO ${HOME} sign-ins go to nothing (rule ENABLED)`);
  });
});
