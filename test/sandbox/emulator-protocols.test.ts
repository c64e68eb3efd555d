import assert from "node:assert/strict";
import { request } from "node:http";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "../support/emulator";

describe("what other SDKs and providers ask of the emulator", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let aws: Clients;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
  });
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  describe("CloudWatch in RPC v2 CBOR", () => {
    let cloudwatch: CloudWatch;
    before(() => {
      cloudwatch = new CloudWatch({
        endpoint: emulator.endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: "practice", secretAccessKey: "practice" },
        protocol: AwsSmithyRpcV2CborProtocol,
      });
    });
    after(() => cloudwatch?.destroy());

    it("makes an alarm, and reads it back with numbers and times", async () => {
      await cloudwatch.putMetricAlarm({
        AlarmName: "a",
        Namespace: "N",
        MetricName: "M",
        Statistic: "Sum",
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1.5,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        Dimensions: [{ Name: "d", Value: "v" }],
        Tags: [{ Key: "k", Value: "v" }],
      });
      const { MetricAlarms: [alarm] = [] } = await cloudwatch.describeAlarms({ AlarmNames: ["a"] });
      const { Threshold, Dimensions, AlarmArn, StateUpdatedTimestamp } = alarm ?? {};
      assert.deepEqual([Threshold, Dimensions], [1.5, [{ Name: "d", Value: "v" }]]);
      assert.ok(
        StateUpdatedTimestamp instanceof Date && Math.abs(Date.now() - StateUpdatedTimestamp.getTime()) < 60_000,
      );
      const { Tags } = await cloudwatch.listTagsForResource({ ResourceARN: AlarmArn });
      assert.deepEqual(Tags, [{ Key: "k", Value: "v" }]);
      // The same alarm as for who speaks the older protocol.
      const { MetricAlarms: twins = [] } = await aws.cloudwatch("eu-west-1").describeAlarms({});
      assert.deepEqual(
        twins.map(({ AlarmName }) => AlarmName),
        ["a"],
      );
    });

    it("says by its name what is wrong", async () => {
      await assert.rejects(cloudwatch.getDashboard({ DashboardName: "none" }), { name: "ResourceNotFound" });
    });
  });

  const machine = (next: object) => JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", ...next } } });
  const definitions: [what: string, definition: string, result: string][] = [
    ["a definition that can be carried out", machine({ End: true }), "OK"],
    ["a definition of an unknown kind of state", machine({ Type: "Wish", End: true }), "FAIL"],
    ["what is no JSON", "{", "FAIL"],
  ];
  for (const [what, definition, result] of definitions) {
    it(`validates ${what} before there is a machine: ${result}`, async () => {
      const answer = await aws.sfn().validateStateMachineDefinition({ definition });
      assert.equal(answer.result, result);
      assert.equal(answer.diagnostics?.length, result === "OK" ? 0 : 1);
    });
  }

  it("lists the versions of a machine, none unless somebody published one", async () => {
    const roleArn = `arn:aws:iam::${emulator.accountId}:role/r`;
    const made = await aws.sfn().createStateMachine({ name: "m", definition: machine({ End: true }), roleArn });
    const of = { stateMachineArn: made.stateMachineArn };
    assert.deepEqual((await aws.sfn().listStateMachineVersions(of)).stateMachineVersions, []);
    const published = await aws.sfn().createStateMachine({
      name: "n",
      definition: machine({ End: true }),
      roleArn,
      publish: true,
    });
    const { stateMachineVersions: versions = [] } = await aws
      .sfn()
      .listStateMachineVersions({ stateMachineArn: published.stateMachineArn });
    assert.deepEqual(
      versions.map(({ stateMachineVersionArn: arn }) => arn),
      [published.stateMachineVersionArn],
    );
  });

  it("keeps the tags that a bucket is made with", async () => {
    const CreateBucketConfiguration = { Tags: [{ Key: "k", Value: "v" }] };
    await aws.s3().createBucket({ Bucket: "made-with-tags", CreateBucketConfiguration });
    const { TagSet } = await aws.s3().getBucketTagging({ Bucket: "made-with-tags" });
    assert.deepEqual(TagSet, CreateBucketConfiguration.Tags);
  });

  it("tells a bucket's tags through S3 Control too, asked under the account's own host by way of a proxy", async () => {
    await aws.s3().createBucket({ Bucket: "bucket" });
    await aws.s3().putBucketTagging({ Bucket: "bucket", Tagging: { TagSet: [{ Key: "k", Value: "v" }] } });
    const { hostname, port } = new URL(emulator.endpoint);
    const host = `${emulator.accountId}.localhost:${port}`;
    const scope = "Credential=practice/20260101/us-east-1/s3/aws4_request";
    // As a client asks that is told to use the emulator as its proxy for HTTP.
    const path = `http://${host}/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket`;
    const headers = { host, "x-amz-account-id": emulator.accountId, authorization: `AWS4-HMAC-SHA256 ${scope}, x` };
    const text = await new Promise<string>((resolve, reject) => {
      const sent = request({ hostname, port, path, headers }, (answer) => {
        let body = "";
        answer.on("data", (chunk: Buffer) => (body += chunk.toString())).on("end", () => resolve(body));
      });
      sent.on("error", reject).end();
    });
    assert.match(text, /<Key>k<\/Key>\s*<Value>v<\/Value>/);
  });
});
