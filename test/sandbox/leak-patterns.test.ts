import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as patterns from "../../components/leak-response/leak-patterns";
import { type Emulator } from "../../sandbox/emulator";
import { createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "../support/emulator";
import { type BusEvent, type Delivery, throughBus } from "../support/event-bus";

const region = "us-east-1";
const accessKeyDetails = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", userName: "mina", userType: "IAMUser" };
const finding = (type: string, more: object = {}): BusEvent => ({
  source: "aws.guardduty",
  detailType: "GuardDuty Finding",
  detail: { type, severity: 5, resource: { accessKeyDetails }, ...more },
});
const sequence = (type: string, actors: object[]) =>
  finding(type, { service: { detection: { sequence: { actors } } } });
const read = JSON.parse(readFileSync("test/fixtures/events/guardduty-attack-sequence.json", "utf8")) as {
  detail: Record<string, unknown>;
};
const health = (eventTypeCode: string, more: object = {}, detailType = "AWS Health Event"): BusEvent => ({
  source: "aws.health",
  detailType,
  detail: { service: "RISK", eventTypeCategory: "issue", eventTypeCode, ...more },
});
const abuse = () => health("AWS_ABUSE_DOS_REPORT", { service: "ABUSE" }, "AWS Health Abuse Event");
const attach = (policy: string, more: object = {}): BusEvent => ({
  source: "aws.iam",
  detailType: "AWS API Call via CloudTrail",
  detail: {
    eventName: "AttachUserPolicy",
    requestParameters: { policyArn: `arn:aws:iam::aws:policy/${policy}` },
    ...more,
  },
});
type Rule = "guardduty" | "health" | "quarantine";
const process = { id: "p", process: { name: "xmrig" } };
const actor = { id: "u", user: { name: "mina", type: "IAMUser", credentialUid: "AKIAIOSFODNN7EXAMPLE" } };

const cases: [title: string, event: BusEvent, rule: Rule | undefined][] = [
  ["Tor", finding("UnauthorizedAccess:IAMUser/TorIPCaller"), "guardduty"],
  ["an instance's", finding("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"), "guardduty"],
  ["another's", finding("UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS"), "guardduty"],
  ["secrets read", finding("CredentialAccess:IAMUser/AnomalousBehavior"), "guardduty"],
  ["a trail off", finding("Stealth:IAMUser/CloudTrailLoggingDisabled", { severity: 2 }), undefined],
  ["a password policy", finding("Stealth:IAMUser/PasswordPolicyChange"), undefined],
  ["a finding called Low", finding("UnauthorizedAccess:IAMUser/MaliciousIPCaller", { severity: 2 }), undefined],
  ["on a list of threats", finding("Recon:IAMUser/MaliciousIPCaller.Custom"), "guardduty"],
  ["data taken by somebody on a list", finding("Exfiltration:S3/MaliciousIPCaller", { severity: 8 }), "guardduty"],
  ["a bucket looked at over Tor", finding("Discovery:S3/TorIPCaller"), "guardduty"],
  ["a Windows password read", finding("CredentialAccess:EC2/UnsecuredCredentials"), undefined],
  ["a bucket, over Tor", finding("UnauthorizedAccess:S3/TorIPCaller"), "guardduty"],
  ["a database", finding("CredentialAccess:RDS/AnomalousBehavior.FailedLogin", { resource: {} }), undefined],
  ["an instance over Tor", finding("UnauthorizedAccess:EC2/TorClient", { resource: {} }), undefined],
  ["odd, no more", finding("Discovery:IAMUser/AnomalousBehavior"), undefined],
  [
    "a sequence as documented",
    finding("AttackSequence:IAM/CompromisedCredentials", { ...read.detail, severity: 9 }),
    "guardduty",
  ],
  [
    "a sequence not understood",
    finding("AttackSequence:IAM/CompromisedCredentials", { service: {}, severity: 9 }),
    "guardduty",
  ],
  ["data, with a key", sequence("AttackSequence:S3/CompromisedData", [actor]), "guardduty"],
  ["instances, with a key", sequence("AttackSequence:EC2/CompromisedInstanceGroup", [process, actor]), "guardduty"],
  ["a cluster, no key", sequence("AttackSequence:EKS/CompromisedCluster", [process]), undefined],
  ...patterns.leakEventCodes.map((code): [string, BusEvent, "health"] => [code, health(code), "health"]),
  ["a risk that AWS adds", health("AWS_RISK_SOMETHING_ELSE"), "health"],
  [
    "a risk of another category",
    health("AWS_RISK_CREDENTIALS_EXPOSED", { eventTypeCategory: "investigation" }),
    "health",
  ],
  ["an outage", health("AWS_EC2_OPERATIONAL_ISSUE", { service: "EC2" }), undefined],
  ["a complaint", abuse(), "health"],
  ["a quarantine", attach("AWSCompromisedKeyQuarantineV3"), "quarantine"],
  ["a quarantine refused", attach("AWSCompromisedKeyQuarantineV3", { errorCode: "AccessDenied" }), undefined],
  ["another policy", attach("ReadOnlyAccess"), undefined],
];

describe("patterns of leaked keys, on a bus", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let deliveries: Delivery[];

  before(async () => {
    emulator = await startEmulator();
    const aws = createClients(emulator.endpoint, region);
    const rules = [
      { name: "guardduty", pattern: patterns.credentialFindingPattern(region), values: {} },
      { name: "health", pattern: patterns.healthPattern(), values: {} },
      { name: "quarantine", pattern: patterns.quarantinedPattern("aws", region), values: {} },
    ];
    const events = cases.map(([, event], at) => ({ ...event, detail: { ...event.detail, eventID: `event-${at}` } }));
    try {
      deliveries = await throughBus(aws, rules, events);
    } finally {
      aws.destroy();
    }
  });
  after(() => emulator?.stop());

  cases.forEach(([title, { detail }, rule], at) => {
    it(`${title}${"type" in detail ? ` (${String(detail["type"])})` : ""}: ${rule ?? "nothing"}`, () => {
      const heard = deliveries.filter(({ eventId }) => eventId === `event-${at}`).map((each) => each.rule);
      assert.deepEqual(heard, rule === undefined ? [] : [rule]);
    });
  });

  it("are within what EventBridge takes, in the region with the longest name", () => {
    const longest = "ap-southeast-99";
    for (const pattern of [patterns.credentialFindingPattern(longest), patterns.healthPattern()]) {
      assert.ok(pattern.length <= 2048, pattern);
    }
  });
});
