import assert from "node:assert/strict";
import { parseSettings } from "../../components/settings";
import { controlOf } from "../../engine/control-of";
import { type Registration } from "../../engine/in-process/registration";
import { graph, ofType, only } from "../support/graph";

const type = "aws:ec2/flowLog:FlowLog";
const vpc = (region: string, digit = 0) => ({ region, vpcId: `vpc-0123456789abcdef${digit}` });
const made = async (vpcFlowLogs: object, more: object = {}) =>
  (await graph({ settings: { vpcFlowLogs: { enabled: true, ...vpcFlowLogs }, ...more } })).filter(
    ({ urn }) => controlOf(urn) === "VpcFlowLogs",
  );
const statementsOf = (registration: Registration, property: string) =>
  (JSON.parse(registration.inputs[property] as string) as { Statement: Record<string, unknown>[] }).Statement;

describe("VpcFlowLogs", () => {
  it("is off by default", async () => {
    assert.deepEqual(ofType(await graph(), type), []);
  });

  it("covers every VPC of every region, and records what is refused", async () => {
    const all = await made({});
    assert.deepEqual(
      ofType(all, type).map(({ inputs }) => [inputs["region"], inputs["trafficType"], inputs["logDestinationType"]]),
      [
        ["us-east-1", "REJECT", "cloud-watch-logs"],
        ["eu-west-1", "REJECT", "cloud-watch-logs"],
      ],
    );
    const groups = ofType(all, "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      groups.map(({ inputs, protect }) => [inputs["region"], inputs["name"], inputs["retentionInDays"], protect]),
      [
        ["us-east-1", "/baseline/vpc-flow-logs", 365, true],
        ["eu-west-1", "/baseline/vpc-flow-logs", 365, true],
      ],
    );
  });

  it("covers only those that are named, and not in a region that is left out", async () => {
    const vpcs = [vpc("eu-west-1", 1), vpc("us-east-1", 2)];
    const ids = (all: Registration[]) => ofType(all, type).map(({ inputs }) => inputs["vpcId"]);
    assert.deepEqual(
      ids(await made({ vpcs })),
      vpcs.map(({ vpcId }) => vpcId),
    );
    const skipped = await made({ vpcs }, { adopt: { skip: ["VpcFlowLogs@eu-west-1"] } });
    assert.deepEqual(ids(skipped), [vpcs[1]?.vpcId]);
  });

  it("lets only flow logs of this account take its role, and the role write to its log groups only", async () => {
    const all = await made({ vpcs: [vpc("us-east-1")] });
    const [trust] = statementsOf(only(all, "aws:iam/role:Role"), "assumeRolePolicy");
    assert.deepEqual(trust?.["Condition"], {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:*:123456789012:vpc-flow-log/*" },
    });
    const [write] = statementsOf(only(all, "aws:iam/rolePolicy:RolePolicy"), "policy");
    const group = "arn:aws:logs:*:123456789012:log-group:/baseline/vpc-flow-logs";
    assert.deepEqual(write?.["Resource"], [group, `${group}:*`]);
  });

  it("delivers to one bucket of its own instead, with its lock, and then has no role", async () => {
    const all = await made({ destination: "s3", trafficType: "ALL", retentionDays: 90 });
    const bucket = only(all, "aws:s3/bucket:Bucket");
    assert.equal(bucket.inputs["bucket"], "baseline-vpc-flow-logs-123456789012-us-east-1");
    assert.ok(bucket.protect && bucket.retainOnDelete);
    const policy = statementsOf(only(all, "aws:s3/bucketPolicy:BucketPolicy"), "policy");
    const allowed = policy.filter(({ Effect }) => Effect === "Allow");
    assert.deepEqual(
      [...new Set(allowed.map(({ Principal }) => JSON.stringify(Principal)))],
      ['{"Service":"delivery.logs.amazonaws.com"}'],
    );
    assert.ok(
      policy.some(
        ({ Effect, Condition }) => Effect === "Deny" && JSON.stringify(Condition).includes("SecureTransport"),
      ),
    );
    assert.deepEqual(ofType(all, "aws:iam/role:Role"), []);
    assert.deepEqual(
      ofType(all, type).map(({ inputs }) => [inputs["logDestinationType"], inputs["trafficType"]]),
      [
        ["s3", "ALL"],
        ["s3", "ALL"],
      ],
    );
  });

  const wrong: [what: string, settings: object, said: RegExp][] = [
    ["another kind of traffic", { trafficType: "ACCEPT" }, /trafficType = "ACCEPT"\n.*REJECT or ALL/],
    ["another destination", { destination: "kinesis" }, /cloud-watch-logs or s3/],
    ["a VPC given twice", { vpcs: [vpc("us-east-1"), vpc("us-east-1")] }, /a list of VPCs, each once/],
    ["a region of another partition", { vpcs: [vpc("cn-north-1")] }, /vpcs\[0\]\.region = .*\n.*partition aws/],
    ["an odd retention", { retentionDays: 100 }, /a period CloudWatch Logs offers/],
  ];
  for (const [what, vpcFlowLogs, said] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseSettings({ homeRegion: "us-east-1", vpcFlowLogs }), { message: said, exitCode: 2 });
    });
  }
});
