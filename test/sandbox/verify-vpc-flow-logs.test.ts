import assert from "node:assert/strict";
import { verify } from "../../components/vpc-flow-logs/verify";
import { type VerifyScope } from "../../components/foundation/verify/verifier";
import { type Props } from "../../common/properties";
import { type Emulator, startEmulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";

describe("the verifier of VPC flow logs", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;
  let scope: VerifyScope;
  const region = "eu-west-1";

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
    const { clients: aws } = provider;
    const regions = ["us-east-1", region];
    scope = { aws, accountId: emulator.accountId, homeRegion: "us-east-1", regions, namePrefix: "baseline" };
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  async function make(type: string, given: Props): Promise<{ id: string; outs: Props }> {
    const urn = `urn:pulumi:test::baseline::${type}::it`;
    const { inputs } = (await provider.check(urn, {}, given)) as { inputs: Props };
    return (await provider.create(urn, inputs)) as { id: string; outs: Props };
  }

  it("says that it is switched off, whatever others log", async () => {
    const { Vpcs: [vpc] = [] } = await scope.aws.ec2(region).describeVpcs({});
    const { outs } = await make("aws:cloudwatch/logGroup:LogGroup", { region, name: "/others" });
    const iamRoleArn = `arn:aws:iam::${emulator.accountId}:role/flows`;
    await make("aws:ec2/flowLog:FlowLog", {
      region,
      vpcId: vpc?.VpcId,
      trafficType: "ALL",
      logDestination: outs["arn"],
      iamRoleArn,
    });
    assert.deepEqual(await verify(scope), [{ holds: true, neutral: true, says: "switched off" }]);
  });

  it("tells of each flow log of the baseline, and of one that delivers nothing", async () => {
    const { Vpcs: [vpc] = [] } = await scope.aws.ec2(region).describeVpcs({});
    const vpcId = vpc?.VpcId;
    const { outs } = await make("aws:cloudwatch/logGroup:LogGroup", { region, name: "/baseline/vpc-flow-logs" });
    const iamRoleArn = `arn:aws:iam::${emulator.accountId}:role/flows`;
    const own = { region, vpcId, trafficType: "REJECT", iamRoleArn, tags: { "baseline:control": "VpcFlowLogs" } };
    await make("aws:ec2/flowLog:FlowLog", { ...own, logDestination: outs["arn"] });
    const fine = { holds: true, region, says: `${vpcId}: REJECT to /baseline/vpc-flow-logs, ACTIVE` };
    assert.deepEqual(await verify(scope), [fine]);

    const missing = `arn:aws:logs:${region}:${emulator.accountId}:log-group:/gone`;
    await make("aws:ec2/flowLog:FlowLog", { ...own, logDestination: missing });
    const [, broken] = await verify(scope);
    assert.deepEqual(broken, {
      holds: false,
      region,
      says: `${vpcId}: REJECT to /gone, ACTIVE, not delivered: Access error`,
    });
  });
});
