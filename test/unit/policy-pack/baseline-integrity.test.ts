import assert from "node:assert/strict";
import { type PackConfig, type Result } from "../../../policy-pack/policies";
import { evaluateResource } from "../../../policy-pack/policies";
import { unknownString } from "../../../policy-pack/values";
import { mfaPolicyStatements } from "../../../components/mfa-enforcement/mfa-policy";

const ours = (type: string): string => `urn:pulumi:dev::b::baseline:index:AccountBaseline$${type}::subject`;
const theirs = (type: string): string => `urn:pulumi:dev::shop::${type}::subject`;

function found(type: string, props: Record<string, unknown>, urn = theirs(type), settings: object = {}): Result[] {
  const config = { "baseline-integrity": settings } as PackConfig;
  return evaluateResource({ type, name: "subject", urn, props }, config).filter(
    ({ policyId }) => policyId === "baseline-integrity",
  );
}

function outcome(...given: Parameters<typeof found>): string {
  const all = found(...given);
  if (all.some(({ level }) => level === "mandatory")) return "block";
  if (all.some(({ certainty }) => certainty === "violation")) return "warn";
  return all.length > 0 ? "unknown" : "pass";
}

type Case = [what: string, expected: string, props: Record<string, unknown>, of?: "ours"];

function table(type: string, cases: Case[]): void {
  for (const [what, expected, props, of] of cases) {
    it(`${expected}: ${what}`, () => assert.equal(outcome(type, props, (of ? ours : theirs)(type)), expected));
  }
}

describe("a trail", () => {
  const good = { isMultiRegionTrail: true, enableLogFileValidation: true };
  const dataOnly = { eventSelectors: [{ includeManagementEvents: false, dataResources: [] }] };
  const select = (...more: object[]) => ({
    ...good,
    advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }, ...more] }],
  });
  const data = { advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }] };
  const noKms = { field: "eventSource", notEquals: ["kms.amazonaws.com"] };
  table("aws:cloudtrail/trail:Trail", [
    ["in force", "pass", good],
    ["of one region", "block", { ...good, isMultiRegionTrail: false }],
    ["of one region, by default", "block", { enableLogFileValidation: true }],
    ["of one region, said as text", "block", { ...good, isMultiRegionTrail: "false" }],
    ["without validation", "block", { ...good, enableLogFileValidation: false }],
    ["without validation, by default", "block", { isMultiRegionTrail: true }],
    ["stopped", "block", { ...good, enableLogging: false }],
    ["without IAM", "block", { ...good, includeGlobalServiceEvents: false }],
    ["of which one switch is unknown", "unknown", { ...good, enableLogging: unknownString }],
    ["of which one is unknown and one wrong", "block", { enableLogging: unknownString, isMultiRegionTrail: false }],
    ["of data events in one region", "pass", { ...dataOnly, enableLogFileValidation: true }],
    ["of data events, advanced", "pass", { ...data, enableLogFileValidation: true }],
    ["of data events, stopped", "block", { ...dataOnly, ...good, enableLogging: false }],
    ["of data events, not validated", "block", dataOnly],
    ["of both in one region", "block", { ...good, eventSelectors: [{}], isMultiRegionTrail: false }],
    ["the baseline's, of data events", "block", { ...good, ...data }, "ours"],
    ["the baseline's, of all events", "pass", select(), "ours"],
    ["the baseline's, KMS left out", "pass", select(noKms), "ours"],
    ["the baseline's, IAM left out", "block", select({ ...noKms, notEquals: ["iam.amazonaws.com"] }), "ours"],
    ["the baseline's, writes only", "block", select({ field: "readOnly", equals: ["false"] }), "ours"],
    [
      "the baseline's, one service only",
      "block",
      select({ field: "eventSource", equals: ["s3.amazonaws.com"] }),
      "ours",
    ],
    ["the baseline's, selectors unknown", "unknown", { ...good, advancedEventSelectors: unknownString }, "ours"],
    ["of writes only, not the baseline's", "pass", { ...good, eventSelectors: [{ readWriteType: "WriteOnly" }] }],
  ]);

  it("is left alone where only the baseline counts, unless it is the baseline's", () => {
    const type = "aws:cloudtrail/trail:Trail";
    const settings = { appliesTo: "baseline" };
    assert.equal(outcome(type, { enableLogging: false }, theirs(type), settings), "pass");
    assert.equal(outcome(type, { enableLogging: false }, ours(type), settings), "block");
    assert.equal(outcome(type, { name: "baseline-trail" }, theirs(type), settings), "block");
    assert.equal(outcome(type, { name: "acme-trail" }, theirs(type), { ...settings, namePrefix: "acme" }), "block");
  });
});

describe("AWS Config and GuardDuty", () => {
  table("aws:cfg/recorder:Recorder", [
    ["all types, by default", "pass", {}],
    ["all types", "pass", { recordingGroup: { allSupported: true } }],
    ["a list", "block", { recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] } }],
    ["unknown", "unknown", { recordingGroup: unknownString }],
  ]);
  table("aws:guardduty/detector:Detector", [
    ["on by default", "pass", {}],
    ["off", "block", { enable: false }],
  ]);
  table("aws:cfg/recorderStatus:RecorderStatus", [["nothing said", "block", {}]]);
  table("aws:accessanalyzer/archiveRule:ArchiveRule", [
    ["of all that is public", "warn", { filters: [{ criteria: "isPublic" }] }],
    ["of nothing", "warn", {}],
  ]);
  table("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", [["nothing said", "block", {}]]);
  table("aws:ssm/serviceSetting:ServiceSetting", [
    ["another setting", "pass", { settingId: "/ssm/parameter-store/high-throughput-enabled", settingValue: "true" }],
  ]);

  it("is one finding for several flags", () => {
    const [first, ...more] = found("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {});
    assert.equal(more.length, 0);
    assert.match(first!.path, /^blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets$/);
  });
});

describe("an alarm", () => {
  const alarm = { alarmActions: [unknownString] };
  table("aws:cloudwatch/metricAlarm:MetricAlarm", [
    ["of somebody else, without action", "pass", { name: "cpu" }],
    ["the baseline's, with an action", "pass", { name: "baseline-root-use", ...alarm }],
    ["the baseline's, without", "block", { name: "baseline-root-use" }],
    ["the baseline's, with no action left", "block", { alarmActions: [] }, "ours"],
    ["the baseline's, silenced", "block", { ...alarm, actionsEnabled: false }, "ours"],
    ["the baseline's, perhaps silenced", "unknown", { ...alarm, actionsEnabled: unknownString }, "ours"],
    ["the one that is quiet", "pass", { name: "baseline-unauthorized-api-calls", actionsEnabled: false, ...alarm }],
    ["one that only ends like it", "block", { name: "baseline-my.unauthorized", actionsEnabled: false }],
  ]);

  it("may be quiet by setting", () => {
    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const props = { name: "baseline-root-use", actionsEnabled: false };
    assert.equal(outcome(type, props, theirs(type), { quietAlarms: ["root-use"] }), "pass");
    assert.equal(outcome(type, props, theirs(type), { quietAlarms: ["use("] }), "block");
    assert.equal(outcome(type, props, theirs(type), { quietAlarms: [] }), "block");
  });
});

describe("a log bucket", () => {
  const forced = { forceDestroy: true };
  table("aws:s3/bucket:Bucket", [
    ["of somebody's site", "pass", { bucket: "shop-site", ...forced }],
    ["the baseline's", "block", { bucket: "baseline-config-1-us-east-1", ...forced }],
    ["with CloudTrail's usual name", "block", { bucket: "aws-cloudtrail-logs-1-x", ...forced }],
    ["by the sound of it", "warn", { bucket: "acme-audit-logs", ...forced }],
    ["of a name that only holds the letters", "pass", { bucket: "trailer-park", ...forced }],
    ["of the baseline, not for logs", "pass", { bucket: "baseline-site", ...forced }],
    ["public by ACL", "block", { bucket: "baseline-trail-1", acl: "public-read" }],
  ]);
  table("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", [
    ["nothing said", "block", { bucket: "baseline-trail-1" }],
    ["of another bucket", "pass", { bucket: "shop-site" }],
  ]);
});

describe("the MFA policy", () => {
  const policy = (...Statement: object[]) => ({ name: "x-mfa-required", policy: JSON.stringify({ Statement }) });
  const deny = (Condition: object, more: object = {}) => ({
    Effect: "Deny",
    NotAction: ["iam:GetUser", "sts:GetSessionToken"],
    Resource: "*",
    Condition,
    ...more,
  });
  const key = "aws:MultiFactorAuthPresent";
  const [absent, console, either] = [
    { Null: { [key]: true } },
    { Bool: { [key]: "false" } },
    { BoolIfExists: { [key]: "false" } },
  ];
  const narrowed = { ...either, StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
  table("aws:iam/policy:Policy", [
    ["as the program has it", "pass", policy(...mfaPolicyStatements("aws"))],
    ["as AWS publishes it", "pass", policy(deny(either))],
    ["both denies", "pass", policy(deny(absent), deny(console))],
    ["without a deny", "block", policy({ Effect: "Allow", Action: "iam:GetUser", Resource: "*" })],
    ["without the deny for keys", "block", policy(deny(console))],
    ["without the deny for the console", "block", policy(deny(absent))],
    ["with a deny in one region", "block", policy(deny(narrowed))],
    ["with a deny on some resources", "block", policy(deny(either, { Resource: "arn:aws:s3:::*" }))],
    ["with a deny of some actions", "block", policy(deny(either, { NotAction: undefined, Action: "s3:*" }))],
    ["with a deny that spares IAM", "block", policy(deny(either, { NotAction: ["iam:*"] }))],
    ["with a deny that spares a service", "block", policy(deny(either, { NotAction: ["iam:GetUser", "s3:*"] }))],
    ["with a deny that spares an escalation", "block", policy(deny(either, { NotAction: ["iam:Att*"] }))],
    ["with a deny of everything", "pass", policy(deny(either, { NotAction: undefined, Action: "*" }))],
    ["empty", "block", { name: "x-mfa-required", policy: "{}" }],
    ["not known yet", "unknown", { name: "x-mfa-required", policy: unknownString }],
    ["known in part", "unknown", policy(deny(either, { Resource: unknownString }))],
    ["another's, that forgets keys", "warn", { name: "force-mfa", policy: { Statement: [deny(console)] } }],
    ["another's, that does not", "pass", { name: "force-mfa", policy: { Statement: [deny(either)] } }],
    ["another's, not known", "pass", { name: "force-mfa", policy: unknownString }],
  ]);
});
