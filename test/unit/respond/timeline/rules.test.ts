import assert from "node:assert/strict";
import { asTrailEvent } from "../../../../operations/respond/events/record";
import { localClock } from "../../../../operations/respond/timeline/clock";
import { rules } from "../../../../operations/respond/timeline/rules";
import { type Sighting } from "../../../../operations/respond/timeline/rule";
import { apiCall, callers, consoleLogin, type CloudTrailRecord, refused } from "../../../support/cloudtrail-records";

const learnUntil = Date.parse("2026-11-10T00:00:00Z");
const usual = "2026-11-01T10:00:00Z";
const later = "2026-11-20T10:00:00Z";

/** What a rule sees in records, in order. */
function sightings(id: string, records: CloudTrailRecord[], more: object = {}): Sighting[] {
  const rule = rules.find((each) => each.id === id);
  assert.ok(rule, `no rule ${id}`);
  const clock = localClock("Asia/Seoul");
  const look = rule.begin({ night: [0, 6], ...more });
  return records.flatMap((record) => {
    const event = asTrailEvent(record);
    return look({ event, local: clock(event.at), learning: event.at < learnUntil }) ?? [];
  });
}

const at = (eventTime: string, record: CloudTrailRecord): CloudTrailRecord => ({ ...record, eventTime });
const plus = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString();
const call = (service: string, name: string, request: object = {}, more: object = {}) =>
  at(later, apiCall(service, name, { requestParameters: request, ...more }));
/** So many of the same, some seconds apart. */
const times = (number: number, record: CloudTrailRecord, seconds = 5) =>
  Array.from({ length: number }, (_, index) => at(plus(record["eventTime"] as string, index * seconds), record));
const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const night = "2026-11-20T18:00:00Z"; // 03:00 in Seoul

/** A rule with what it finds, and what looks like it and is nothing. */
const pairs: [rule: string, found: CloudTrailRecord[], nothing: CloudTrailRecord[]][] = [
  [
    "quarantined",
    [call("iam", "AttachUserPolicy", { policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV4" })],
    [call("iam", "AttachUserPolicy", { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })],
  ],
  ["trail-stopped", [call("cloudtrail", "StopLogging", { name: "main" })], [call("cloudtrail", "StartLogging", {})]],
  ["detector-stopped", [call("guardduty", "DeleteDetector")], [call("securityhub", "CreateFilter")]],
  [
    "detector-changed",
    [call("guardduty", "UpdateDetector", { enable: false })],
    [call("guardduty", "UpdateDetector", { enable: true })],
  ],
  ["recorder-stopped", [call("config", "StopConfigurationRecorder")], [call("config", "StartConfigurationRecorder")]],
  ["alarm-stopped", [call("events", "DisableRule", { name: "baseline" })], [call("iot", "DisableRule")]],
  ["new-user", [call("iam", "CreateUser", { userName: "backdoor" })], [call("iam", "GetUser", { userName: "mina" })]],
  [
    "new-key",
    [call("iam", "CreateAccessKey"), call("iam", "UpdateAccessKey", { status: "Active" })],
    [call("iam", "UpdateAccessKey", { status: "Inactive" }), call("iam", "ListAccessKeys")],
  ],
  ["new-password", [call("iam", "CreateLoginProfile")], [call("iam", "ChangePassword")]],
  ["mfa-changed", [call("iam", "DeactivateMFADevice")], [call("iam", "ListMFADevices")]],
  ["new-role", [call("iam", "CreateRole", { roleName: "r" })], [call("iam", "CreateServiceLinkedRole")]],
  ["new-provider", [call("iam", "CreateSAMLProvider")], [call("iam", "ListSAMLProviders")]],
  [
    "permissions-changed",
    [call("iam", "PutUserPolicy", { userName: "mina" }), call("iam", "AddUserToGroup")],
    [call("iam", "GetUserPolicy"), call("s3", "PutBucketPolicy")],
  ],
  ["trust-changed", [call("iam", "UpdateAssumeRolePolicy")], [call("sns", "AddPermission")]],
  [
    "containment-undone",
    [call("iam", "DeleteUserPolicy", { policyName: "baseline-deny-everything" })],
    [call("iam", "DeleteUserPolicy", { policyName: "deploy" })],
  ],
  [
    "new-function",
    [call("lambda", "CreateFunction20150331", { functionName: "f" })],
    [call("lambda", "ListFunctions20150331")],
  ],
  [
    "secrets-read",
    [call("secretsmanager", "GetSecretValue", { secretId: "db" })],
    [call("secretsmanager", "ListSecrets")],
  ],
  ["remote-command", [call("ssm", "SendCommand")], [call("ssm", "GetParameter")]],
  ["support-case", [call("support", "CreateCase")], [call("support", "DescribeCases")]],
  ["mail-abuse", [call("ses", "GetSendQuota")], [call("servicequotas", "GetServiceQuota")]],
  [
    "quota-raised",
    [call("servicequotas", "RequestServiceQuotaIncrease")],
    [call("servicequotas", "ListServiceQuotas")],
  ],
  ["organization-changed", [call("account", "EnableRegion")], [call("account", "ListRegions")]],
  ["models-used", [call("bedrock", "InvokeModel", { modelId: "m" })], [call("bedrock", "ListFoundationModels")]],
  ["ransom", [call("kms", "ScheduleKeyDeletion")], [call("kms", "DescribeKey")]],
  [
    "gpu-launch",
    ["p4d.24xlarge", "g5.xlarge", "trn1.32xlarge", "inf2.xlarge"].map((instanceType) =>
      call("ec2", "RunInstances", { instanceType }),
    ),
    [
      ...["t3.micro", "m5.large"].map((instanceType) => call("ec2", "RunInstances", { instanceType })),
      call("ec2", "DescribeInstanceTypes", { instanceType: "p4d.24xlarge" }),
    ],
  ],
  [
    "huge-launch",
    [call("ec2", "RunInstances", { instanceType: "c7i.48xlarge" })],
    [
      call("ec2", "RunInstances", { instanceType: "c7i.2xlarge" }),
      call("ec2", "RunInstances", { instanceType: "g5.48xlarge" }),
    ],
  ],
  [
    "public-bucket",
    [
      call("s3", "PutBucketPolicy", { bucketName: "b", bucketPolicy: JSON.parse(policy(everyone)) as object }),
      call("s3", "PutBucketPolicy", { bucketPolicy: { Statement: { ...everyone, Principal: { AWS: "*" } } } }),
      call("s3", "DeletePublicAccessBlock", {}),
      call("s3", "DeleteBucketPublicAccessBlock"),
      call("s3", "PutBucketPublicAccessBlock", { PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
    ],
    [
      call("s3", "PutBucketPolicy", { bucketPolicy: { Statement: [{ ...everyone, Effect: "Deny" }] } }),
      call("s3", "PutBucketPolicy", {
        bucketPolicy: { Statement: [{ ...everyone, Condition: { StringEquals: { "aws:SourceAccount": "1" } } }] },
      }),
      call("s3", "PutBucketPublicAccessBlock", { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    ],
  ],
  [
    "shared-snapshot",
    [
      call("ec2", "ModifySnapshotAttribute", {
        createVolumePermission: { add: { items: [{ userId: "999999999999" }] } },
      }),
    ],
    [call("ec2", "ModifySnapshotAttribute", { createVolumePermission: { remove: { items: [{ userId: "9" }] } } })],
  ],
  [
    "open-port",
    [
      call("ec2", "AuthorizeSecurityGroupIngress", {
        ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } }] },
      }),
    ],
    [
      call("ec2", "AuthorizeSecurityGroupIngress", {
        ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: "10.0.0.0/8" }] } }] },
      }),
    ],
  ],
  ["console-login", [consoleLogin(callers.user, "No")], [call("signin", "SwitchRole")]],
  [
    "denied-run",
    times(6, at(later, refused("ec2", "RunInstances", "Client.UnauthorizedOperation"))),
    [
      ...times(4, at(later, refused("s3", "ListBuckets", "AccessDenied"))),
      ...times(9, call("s3", "Get", {}, { errorCode: "NoSuchKey" })),
    ],
  ],
  [
    "reconnaissance",
    Array.from({ length: 12 }, (_, index) => call("iam", `List${index}`)),
    times(50, call("ec2", "DescribeInstances")),
  ],
  [
    "bulk-creation",
    times(11, call("ec2", "RunInstances")),
    [...times(11, call("ec2", "RunInstances"), 3600), ...times(30, call("logs", "CreateLogStream"))],
  ],
  [
    "bulk-reads",
    times(101, call("s3", "GetObject", { bucketName: "b" }), 1),
    times(99, call("s3", "GetObject", { bucketName: "b" }), 1),
  ],
  ["bulk-deletion", times(10, call("s3", "DeleteBucket")), times(9, call("s3", "DeleteBucket"))],
  [
    "new-region",
    [at(usual, apiCall("ec2", "X")), call("ec2", "RunInstances", {}, { awsRegion: "ap-east-1" })],
    [at(usual, apiCall("ec2", "X")), call("ec2", "X"), call("iam", "CreateUser", {}, { awsRegion: "us-west-2" })],
  ],
  [
    "new-address",
    // By whatever name the thief goes.
    [
      at(usual, apiCall("ec2", "X")),
      call("ec2", "X", {}, { sourceIPAddress: "198.51.100.7", userAgent: "cloudformation.amazonaws.com" }),
    ],
    [
      at(usual, apiCall("ec2", "X")),
      call("ec2", "X"),
      call("ec2", "X", {}, { sourceIPAddress: "cloudformation.amazonaws.com" }),
    ],
  ],
  [
    "new-agent",
    [at(usual, apiCall("ec2", "X")), call("ec2", "X", {}, { userAgent: "Boto3/1.40 linux" })],
    [at(usual, apiCall("ec2", "X")), call("ec2", "X", {}, { userAgent: "aws-cli/2.99.0" })],
  ],
  [
    "used-again",
    [at("2026-10-20T10:00:00Z", apiCall("ec2", "X")), call("ec2", "X")],
    [
      at("2026-10-25T10:00:00Z", apiCall("ec2", "X")),
      call("ec2", "X"),
      at("2026-12-24T10:00:00Z", apiCall("ec2", "X", { sourceIPAddress: "autoscaling.amazonaws.com" })),
    ],
  ],
  [
    "attack-tool",
    [call("ec2", "X", {}, { userAgent: "aws-cli/1.29 Linux/6.3.0-kali1-amd64" })],
    [call("ec2", "X", {}, { userAgent: "aws-cli/1.29 Linux/6.3.0-generic" })],
  ],
  [
    "night",
    [at(usual, apiCall("ec2", "X")), at(night, apiCall("ec2", "X"))],
    [call("ec2", "X"), at(night, apiCall("ec2", "X", { sourceIPAddress: "autoscaling.amazonaws.com" }))],
  ],
];

describe("the rules of a timeline", () => {
  for (const [rule, found, nothing] of pairs) {
    it(`${rule}: finds what is one`, () => {
      assert.ok(sightings(rule, found).length > 0);
    });
    it(`${rule}: leaves what is none`, () => {
      assert.deepEqual(sightings(rule, nothing), []);
    });
  }

  it("are all tested, each by a pair", () => {
    assert.deepEqual(pairs.map(([rule]) => rule).sort(), rules.map(({ id }) => id).sort());
  });

  it("find each kind of call that a pair shows", () => {
    for (const rule of ["new-key", "permissions-changed", "gpu-launch", "public-bucket"]) {
      const found = pairs.find(([id]) => id === rule)![1];
      assert.equal(sightings(rule, found).length, found.length, rule);
    }
  });

  it("tell an attempt that AWS refused as less than the deed", () => {
    const [sighting] = sightings("trail-stopped", [at(later, refused("cloudtrail", "StopLogging", "AccessDenied"))]);
    assert.deepEqual([sighting?.severity, /refused/.test(sighting?.detail ?? "")], ["medium", true]);
  });

  it("count a run from its beginning, and the next one after a pause apart", () => {
    const one = refused("s3", "GetObject", "AccessDenied");
    const found = sightings("denied-run", [...times(6, at(later, one)), ...times(5, at(plus(later, 7200), one))]);
    assert.deepEqual(
      found.map(({ events = 1 }) => events),
      [5, 1, 5],
    );
    assert.deepEqual([found[0]?.since, new Set(found.map(({ key }) => key)).size], [plus(later, 0), 2]);
  });

  it("find a first use after a long window without any, unless something is usual by then", () => {
    const found = (more: object) => sightings("used-again", [call("ec2", "X")], more).map(({ detail }) => detail);
    assert.deepEqual(found({ idleSince: Date.parse("2026-09-01T10:00:00Z") }), ["after 80 days without a call"]);
    assert.deepEqual(found({}), []);
  });

  it("take given regions for the usual ones, whatever was done in others before", () => {
    const records = [at(usual, apiCall("ec2", "X", { awsRegion: "ap-east-1" })), call("ec2", "X")];
    const found = sightings("new-region", records, { knownRegions: ["us-east-1"] });
    assert.deepEqual(
      found.map(({ detail }) => detail),
      ["ap-east-1"],
    );
  });

  it("take nights for usual where three of them were worked before", () => {
    const nights = ["01", "02", "03"].map((day) => at(`2026-11-${day}T18:00:00Z`, apiCall("ec2", "X")));
    assert.deepEqual(sightings("night", [...nights, at(night, apiCall("ec2", "X"))]), []);
  });

  it("take reading everything for usual where it was done before", () => {
    const reads = (time: string) => Array.from({ length: 12 }, (_, index) => at(time, apiCall("iam", `List${index}`)));
    assert.deepEqual(sightings("reconnaissance", [...reads(usual), ...reads(later)]), []);
  });
});
