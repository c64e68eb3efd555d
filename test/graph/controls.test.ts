import assert from "node:assert/strict";
import { controls } from "../../components/controls";
import { verifierOf } from "../../operations/account/verify";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, ofType, only } from "../support/graph";

interface Statement {
  Sid: string;
  Effect: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

function statements(registration: Registration | undefined, property = "policy"): Statement[] {
  return (JSON.parse(registration?.inputs[property] as string) as { Statement: Statement[] }).Statement;
}

describe("AuditTrail", () => {
  let all: Registration[];
  let trail: Registration;
  before(async () => {
    all = await graph({ preview: false });
    trail = only(all, "aws:cloudtrail/trail:Trail");
  });

  it("records every region, validates log files, and is running", () => {
    const { isMultiRegionTrail, includeGlobalServiceEvents, enableLogFileValidation, enableLogging } = trail.inputs;
    assert.deepEqual(
      [isMultiRegionTrail, includeGlobalServiceEvents, enableLogFileValidation, enableLogging],
      [true, true, true, true],
    );
  });

  it("waits for the bucket policy and the role's policy, without which AWS refuses the trail", () => {
    const types = trail.dependencies.map((urn) => urn.split("::")[2]?.split("$").at(-1));
    assert.ok(types.includes("aws:s3/bucketPolicy:BucketPolicy"), types.join());
    assert.ok(types.includes("aws:iam/rolePolicy:RolePolicy"), types.join());
  });

  it("lets exactly this trail write to the bucket, by the ARN the trail will have", () => {
    const arn = "arn:aws:cloudtrail:us-east-1:123456789012:trail/baseline-trail";
    const policy = ofType(all, "aws:s3/bucketPolicy:BucketPolicy").find(
      ({ name }) => name.includes("-logs-policy") && !name.includes("access"),
    );
    const allowed = statements(policy).filter(({ Effect }) => Effect === "Allow");
    assert.equal(allowed.length, 2);
    for (const { Condition, Principal } of allowed) {
      assert.equal(Condition?.["StringEquals"]?.["aws:SourceArn"], arn);
      assert.deepEqual(Principal, { Service: "cloudtrail.amazonaws.com" });
    }
    assert.equal(trail.inputs["name"], arn.split("/")[1]);
  });

  it("puts the policy of a bucket last, because it refuses changes of the bucket's other parts", async () => {
    const whole = await graph({ settings: everything });
    for (const policy of ofType(whole, "aws:s3/bucketPolicy:BucketPolicy")) {
      const parts = whole.filter(({ parent, type }) => parent === policy.parent && type.startsWith("aws:s3/"));
      const others = parts.map(({ urn }) => urn).filter((urn) => urn !== policy.urn);
      assert.ok(others.length >= 6, policy.name);
      assert.deepEqual(
        others.filter((urn) => !policy.dependencies.includes(urn)),
        [],
        policy.name,
      );
    }
  });

  it("refuses plain HTTP on every bucket and makes none public", () => {
    for (const policy of ofType(all, "aws:s3/bucketPolicy:BucketPolicy")) {
      const deny = statements(policy).find(({ Effect }) => Effect === "Deny");
      assert.deepEqual(deny?.Condition, { Bool: { "aws:SecureTransport": "false" } }, policy.name);
    }
    const blocks = ofType(all, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    assert.equal(blocks.length, ofType(all, "aws:s3/bucket:Bucket").length);
    for (const { inputs } of blocks) {
      const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = inputs;
      assert.deepEqual(
        [blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets],
        [true, true, true, true],
      );
    }
    assert.deepEqual(ofType(all, "aws:s3/bucketAcl:BucketAcl"), []);
  });

  it("logs access to every bucket but the one that takes the logs", () => {
    const name = ({ inputs }: Registration) => inputs["bucket"] as string;
    const buckets = ofType(all, "aws:s3/bucket:Bucket").map(name);
    const logged = ofType(all, "aws:s3/bucketLogging:BucketLogging").map(name);
    assert.deepEqual(
      buckets.filter((each) => !logged.includes(each)),
      ["baseline-access-logs-123456789012-us-east-1"],
    );
  });

  it("writes to its own log group only", () => {
    const policy = ofType(all, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name.includes("audit-trail"));
    for (const { Resource, Action } of statements(policy)) {
      assert.equal(
        Resource,
        "arn:aws:logs:us-east-1:123456789012:log-group:/baseline/cloudtrail:log-stream:123456789012_CloudTrail_us-east-1*",
      );
      assert.deepEqual(Action, ["logs:CreateLogStream", "logs:PutLogEvents"]);
    }
  });

  it("keeps management events when data events are added", async () => {
    const settings = { "aws-prevention-baseline:auditTrail": { dataEvents: ["AWS::S3::Object"] } };
    const selectors = only(await graph({ settings }), "aws:cloudtrail/trail:Trail").inputs["advancedEventSelectors"];
    assert.equal((selectors as unknown[]).length, 2);
    assert.match(JSON.stringify(selectors), /"Management".*"AWS::S3::Object"/);
    // Prowler knows the selector of management events by the name that the console gives it.
    assert.equal((selectors as { name: string }[])[0]?.name, "Management events selector");
  });

  it("locks objects only when asked to, and never the access logs", async () => {
    const type = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    assert.deepEqual(ofType(all, type), []);
    const locked = await graph({ settings: { "aws-prevention-baseline:auditTrail": { objectLockDays: 30 } } });
    const { inputs } = only(locked, type);
    assert.equal(inputs["bucket"], "baseline-trail-123456789012-us-east-1");
  });

  it("takes the partition of the account's regions", async () => {
    const china = await graph({ regions: ["cn-north-1"], settings: { "aws:region": "cn-north-1" } });
    const text = JSON.stringify(china.map(({ inputs }) => inputs));
    assert.ok(!text.includes("arn:aws:"), text.slice(text.indexOf("arn:aws:") - 80, text.indexOf("arn:aws:") + 80));
    assert.ok(text.includes("arn:aws-cn:"));
  });
});

describe("ThreatDetection", () => {
  it("declares every protection plan in every region, and leaves out what a region lacks", async () => {
    const all = await graph({ regions: ["us-east-1", "ap-east-2"] });
    const plans = (region: string) =>
      ofType(all, "aws:guardduty/detectorFeature:DetectorFeature")
        .filter(({ inputs }) => inputs["region"] === region)
        .map(({ inputs }) => `${String(inputs["name"])}=${String(inputs["status"])}`)
        .sort();
    assert.deepEqual(plans("us-east-1"), [
      "EBS_MALWARE_PROTECTION=ENABLED",
      "EKS_AUDIT_LOGS=ENABLED",
      "LAMBDA_NETWORK_LOGS=ENABLED",
      "RDS_LOGIN_EVENTS=ENABLED",
      "RUNTIME_MONITORING=DISABLED",
      "S3_DATA_EVENTS=ENABLED",
    ]);
    assert.ok(!plans("ap-east-2").some((each) => each.startsWith("RDS_LOGIN_EVENTS")));
  });

  it("leaves the switches of agents to the account, where the provider would find a change at each up", async () => {
    const features = ofType(await graph(), "aws:guardduty/detectorFeature:DetectorFeature");
    for (const { inputs, ignoreChanges } of features) {
      const agents = inputs["name"] === "RUNTIME_MONITORING";
      assert.deepEqual(ignoreChanges, agents ? ["additionalConfigurations"] : [], String(inputs["name"]));
    }
  });

  it("follows the settings", async () => {
    const settings = {
      "aws-prevention-baseline:threatDetection": {
        publishingFrequency: "ONE_HOUR",
        features: { RUNTIME_MONITORING: "ENABLED" },
        unavailableFeatures: { "eu-west-1": ["S3_DATA_EVENTS"] },
      },
    };
    const all = await graph({ settings });
    const features = ofType(all, "aws:guardduty/detectorFeature:DetectorFeature");
    assert.equal(features.length, 11);
    assert.ok(
      features
        .filter(({ inputs }) => inputs["name"] === "RUNTIME_MONITORING")
        .every(({ inputs }) => inputs["status"] === "ENABLED"),
    );
    assert.ok(
      ofType(all, "aws:guardduty/detector:Detector").every(
        ({ inputs }) => inputs["findingPublishingFrequency"] === "ONE_HOUR",
      ),
    );
  });
});

describe("FindingAlert", () => {
  it("sends findings of each region to the topic: at home directly, elsewhere by the home region's bus", async () => {
    const all = await graph({ regions: ["us-east-1", "eu-west-1", "us-west-2"], preview: false });
    const targets = ofType(all, "aws:cloudwatch/eventTarget:EventTarget")
      .filter(({ inputs }) => inputs["rule"] === "baseline-guardduty-finding")
      .map(({ inputs }) => [inputs["region"], inputs["arn"]]);
    assert.deepEqual(
      new Map(targets as [string, string][]),
      new Map([
        ["us-east-1", "arn:aws:test:::baseline-alert-channel-topic"],
        ["eu-west-1", "arn:aws:events:us-east-1:123456789012:event-bus/default"],
        ["us-west-2", "arn:aws:events:us-east-1:123456789012:event-bus/default"],
      ]),
    );
  });

  it("writes a message in which every variable is defined, and stays within EventBridge's limits", async () => {
    const all = await graph();
    const target = ofType(all, "aws:cloudwatch/eventTarget:EventTarget").find(
      ({ inputs }) => inputs["inputTransformer"],
    );
    const { inputPaths, inputTemplate } = target?.inputs["inputTransformer"] as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    const used = [...inputTemplate.matchAll(/<(\w+)>/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(inputPaths).sort());
    assert.ok(inputTemplate.length <= 8192);
    for (const line of inputTemplate.split("\n")) {
      assert.equal(typeof JSON.parse(line), "string");
    }
  });

  it("is let in by the topic without a condition, which AWS would never find met", async () => {
    const own = (await graph())
      .filter(({ type }) => /topicPolicy:|kms\/key:/.test(type))
      .flatMap((each) => statements(each));
    const events = own.filter(({ Principal }) => JSON.stringify(Principal ?? "").includes("events.amazonaws.com"));
    assert.deepEqual(
      events.map(({ Effect, Condition }) => [Effect, Condition]),
      [
        ["Allow", undefined],
        ["Allow", undefined],
      ],
    );
  });
});

describe("AlertChannel", () => {
  it("lets each publisher use both the topic and its key, or its alerts are dropped in silence", async () => {
    const all = await graph();
    const key = ofType(all, "aws:kms/key:Key").find(({ name }) => name.includes("alert-channel"));
    const services = (list: Statement[]) =>
      list
        .filter(({ Effect, Principal }) => Effect === "Allow" && typeof Principal === "object")
        .flatMap(({ Principal }) => (Principal as { Service?: string | string[] }).Service ?? [])
        .sort();
    const expected = [
      "budgets.amazonaws.com",
      "cloudwatch.amazonaws.com",
      "costalerts.amazonaws.com",
      "events.amazonaws.com",
    ];
    assert.deepEqual(services(statements(key)), expected);
    assert.deepEqual(services(statements(only(all, "aws:sns/topicPolicy:TopicPolicy"))), expected);
  });

  it("names no publisher that a partition does not have, since AWS refuses the whole policy for one", async () => {
    for (const home of ["cn-north-1", "us-gov-west-1"]) {
      const all = await graph({ regions: [home], settings: { "aws:region": home } });
      assert.ok(!/budgets\.amazonaws|costalerts\.amazonaws/.test(JSON.stringify(all)), home);
    }
  });

  it("lets a budget or an alarm name the topic only when the topic's policy is in force", async () => {
    const all = await graph({ settings: everything });
    // An alarm of a region without a topic is forwarded as an event: see undelivered-alerts.test.ts.
    const notifying = all.filter(
      ({ type, inputs }) =>
        /metricAlarm:|anomalySubscription:/.test(type) &&
        (inputs["alarmActions"] as unknown[] | undefined)?.length !== 0,
    );
    assert.ok(notifying.length > 20);
    for (const { name, propertyDependencies } of notifying) {
      const topic = propertyDependencies["alarmActions"] ?? propertyDependencies["subscribers"] ?? [];
      assert.ok(
        topic.some((urn) => urn.endsWith("-topic-policy")),
        name,
      );
    }
  });

  it("subscribes each mailbox once", async () => {
    const all = await graph({
      settings: { "aws-prevention-baseline:alertChannel": { emails: ["a@example.com", "b@example.com"] } },
    });
    const endpoints = ofType(all, "aws:sns/topicSubscription:TopicSubscription").map(
      ({ inputs }) => inputs["endpoint"],
    );
    assert.deepEqual(endpoints, ["a@example.com", "b@example.com"]);
  });
});

describe("MfaEnforcement", () => {
  const members = (all: Registration[]) =>
    ofType(all, "aws:iam/userGroupMembership:UserGroupMembership")
      .map(({ inputs }) => inputs["user"])
      .sort();
  const withUsers = (mfaEnforcement: object) =>
    graph({
      users: ["mina", "ci-deploy", "old"],
      settings: { "aws-prevention-baseline:mfaEnforcement": mfaEnforcement },
    });

  it("covers every user found at run time, less the exempt ones", async () => {
    assert.deepEqual(members(await withUsers({})), ["ci-deploy", "mina", "old"]);
    assert.deepEqual(members(await withUsers({ exemptUsers: ["ci-deploy"] })), ["mina", "old"]);
  });

  it("covers only those named when they are named", async () => {
    assert.deepEqual(members(await withUsers({ users: ["mina"] })), ["mina"]);
  });

  it("attaches to groups, never to a role", async () => {
    const all = await withUsers({ groups: ["developers"] });
    const groups = ofType(all, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment").map(
      ({ inputs }) => inputs["group"],
    );
    assert.deepEqual(groups.sort(), ["baseline-mfa-required", "developers"]);
    assert.deepEqual(ofType(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), []);
  });
});

describe("control descriptions", () => {
  it("are complete, and every control is provisioned and can be verified", async () => {
    const types = new Set((await graph({ settings: everything })).map(({ type }) => type));
    for (const { id, title, stops, cost, settings } of controls) {
      assert.ok(types.has(`baseline:index:${id}`), `${id} is not provisioned`);
      assert.ok(title && stops && cost && settings.key, `${id} is not described`);
    }
    for (const { id } of controls) {
      assert.equal(typeof verifierOf(id), "function", `${id} cannot be verified`);
    }
  });
});
