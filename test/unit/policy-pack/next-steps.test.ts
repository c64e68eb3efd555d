import assert from "node:assert/strict";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

const bucket = "aws:s3/bucket:Bucket";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const point = "aws:s3/accessPoint:AccessPoint";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";
const defaults = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const database = "aws:rds/instance:Instance";
const snapshot = "aws:rds/snapshot:Snapshot";

const on = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const allow = (Principal: unknown, Condition?: unknown, Effect: unknown = "Allow") => ({
  policy: { Statement: [{ Effect, Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*", Condition }] },
});
const { policy: everyone } = allow("*");
const uri = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

const cases: [name: string, expected: Outcome, type: string, props: Record<string, unknown>][] = [
  ["nothing said", "pass", bucket, {}],
  ["public-read", "warn", bucket, { acl: "public-read" }],
  ["public-read-write in capitals", "warn", bucket, { acl: " PUBLIC-READ-WRITE " }],
  ["any AWS account", "warn", bucket, { acl: "authenticated-read" }],
  ["private", "pass", bucket, { acl: "private" }],
  ["log delivery", "pass", bucket, { acl: "log-delivery-write" }],
  ["grant to any AWS account", "warn", bucket, { grants: [{ type: "Group", permissions: ["READ"], uri }] }],
  ["unknown grants", "unknown", bucket, { grants: unknown }],
  ["unknown grant beside a public one", "warn", bucket, { grants: [unknown, { uri }] }],
  ["inline policy", "warn", bucket, { policy: JSON.stringify(everyone) }],
  ["website", "warn", bucket, { website: { indexDocument: "index.html" } }],
  ["redirect", "pass", bucket, { website: { redirectAllRequestsTo: "https://example.com" } }],
  ["websites of BucketV2", "warn", "aws:s3/bucketV2:BucketV2", { websites: [{ indexDocument: "index.html" }] }],

  ["everybody", "warn", bucketPolicy, allow("*")],
  ["everybody by AWS", "warn", bucketPolicy, allow({ AWS: ["arn:aws:iam::123456789012:root", "*"] })],
  [
    "all but one",
    "warn",
    bucketPolicy,
    { policy: { Statement: [{ Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "s3:*", Resource: "*" }] } },
  ],
  ["an account", "pass", bucketPolicy, allow({ AWS: "123456789012" })],
  ["a service", "pass", bucketPolicy, allow({ Service: "cloudtrail.amazonaws.com" })],
  ["denied to everybody", "pass", bucketPolicy, allow("*", undefined, "Deny")],
  ["of the organisation", "pass", bucketPolicy, allow("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } })],
  ["from an endpoint", "pass", bucketPolicy, allow("*", { StringEquals: { "aws:SourceVpce": "vpce-1" } })],
  ["over TLS", "warn", bucketPolicy, allow("*", { Bool: { "aws:SecureTransport": "true" } })],
  [
    "from a page anybody can name",
    "warn",
    bucketPolicy,
    allow("*", { StringLike: { "aws:Referer": "https://example.com/*" } }),
  ],
  [
    "from every address",
    "warn",
    bucketPolicy,
    allow("*", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }),
  ],
  ["from the office", "pass", bucketPolicy, allow("*", { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } })],
  ["unknown policy", "unknown", bucketPolicy, { policy: unknown }],
  ["unknown principal", "unknown", bucketPolicy, allow({ AWS: unknown })],
  ["unknown principal beside everybody", "warn", bucketPolicy, allow({ AWS: [unknown, "*"] })],
  [
    "unknown resource",
    "pass",
    bucketPolicy,
    {
      policy: {
        Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:*", Resource: unknown }],
      },
    },
  ],

  ["all on", "pass", block, on],
  ["one off", "warn", block, { ...on, restrictPublicBuckets: false }],
  ["off as text", "warn", block, { ...on, ignorePublicAcls: "false" }],
  ["one absent", "warn", block, { ...on, ignorePublicAcls: undefined }],
  ["one unknown", "unknown", block, { ...on, blockPublicAcls: unknown }],
  ["one unknown, one off", "warn", block, { ...on, blockPublicAcls: unknown, blockPublicPolicy: false }],
  ["access point, absent is on", "pass", point, { publicAccessBlockConfiguration: { blockPublicAcls: true } }],
  ["access point, off", "warn", point, { publicAccessBlockConfiguration: { blockPublicAcls: false } }],
  ["access point, unknown", "unknown", point, { publicAccessBlockConfiguration: unknown }],
  [
    "aws-native, absent is off",
    "warn",
    "aws-native:s3:Bucket",
    { publicAccessBlockConfiguration: { blockPublicAcls: true } },
  ],

  ["required", "pass", template, { metadataOptions: { httpTokens: "required" } }],
  ["optional", "warn", template, { metadataOptions: { httpTokens: "optional" } }],
  ["not set", "warn", template, {}],
  ["other options only", "warn", template, { metadataOptions: { httpPutResponseHopLimit: 1 } }],
  ["service off", "pass", template, { metadataOptions: { httpEndpoint: "disabled" } }],
  ["unknown options", "unknown", template, { metadataOptions: unknown }],
  ["unknown tokens", "unknown", template, { metadataOptions: { httpTokens: unknown } }],
  ["aws-native, unknown data", "unknown", "aws-native:ec2:LaunchTemplate", { launchTemplateData: unknown }],
  ["from a launch template", "pass", instance, { launchTemplate: { id: unknown } }],
  [
    "from a launch template, and optional",
    "warn",
    instance,
    { launchTemplate: { id: "lt-1" }, metadataOptions: { httpTokens: "optional" } },
  ],
  ["not set on an instance", "warn", instance, {}],
  ["account default", "pass", defaults, { httpTokens: "required" }],
  ["account default taken back", "warn", defaults, { httpTokens: "optional" }],
  ["account default without a preference", "pass", defaults, { httpTokens: "no-preference" }],
  ["account default of something else", "pass", defaults, { httpPutResponseHopLimit: 2 }],

  ["public", "warn", database, { publiclyAccessible: true }],
  ["public as text", "warn", database, { publiclyAccessible: "True" }],
  ["private", "pass", database, { publiclyAccessible: false }],
  ["not set", "pass", database, {}],
  ["unknown", "unknown", database, { publiclyAccessible: unknown }],
  ["shared with all", "warn", snapshot, { sharedAccounts: ["123456789012", "all"] }],
  ["shared with one", "pass", snapshot, { sharedAccounts: ["123456789012"] }],
  ["shared with whom is unknown", "unknown", snapshot, { sharedAccounts: unknown }],
];

const others = { "no-hardcoded-credentials": "disabled", "baseline-integrity": "disabled" } as const;

describe("the next steps of an intruder: s3-no-public, imds-v2-required, db-not-public", () => {
  for (const [name, expected, type, props] of cases) {
    it(`${expected}: ${type.replace(/.*:/, "")}: ${name}`, () => {
      assert.equal(outcome(type, props, others), expected);
      for (const { message } of results(type, props)) assert.ok(message.split("\n").length <= 5);
    });
  }

  it("can be raised, and excepted", () => {
    assert.equal(outcome(database, { publiclyAccessible: true }, { ...others, "db-not-public": "mandatory" }), "block");
    assert.equal(outcome(template, {}, { ...others, "imds-v2-required": { acceptUnset: true } }), "pass");
    const exceptions = [{ resource: "subject", reason: "a public data set", expires: "2999-12-31" }];
    assert.equal(outcome(bucketPolicy, allow("*"), { ...others, "s3-no-public": { exceptions } }), "pass");
  });

  it("say where and why", () => {
    const [found] = results(bucketPolicy, allow("*", { Bool: { "aws:SecureTransport": "true" } }), others);
    assert.match(
      found?.message ?? "",
      /by policy\.\nWhere: policy: Statement\[0\]\.Principal\nWhy: statement 1 allows/,
    );
    const [off] = results(block, { ...on, blockPublicAcls: false, blockPublicPolicy: false }, others);
    assert.match(off?.message ?? "", /Where: blockPublicAcls, blockPublicPolicy\n/);
  });
});
