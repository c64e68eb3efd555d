import assert from "node:assert/strict";
import { type AwsClients } from "../../aws/clients";
import { settingsFromConfig } from "../../components/stack-config";
import { planAdoption } from "../../operations/apply/adopt/adopt";
import { withChanges } from "../../operations/apply/adopt/merge";
import { managedIn } from "../../operations/apply/adopt/state";
import { accountClients } from "../../aws/account-clients";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { project } from "../support/graph";
import { practice, type Practice } from "../support/practice";

const region = "us-east-1";

describe("adopting an account with VPC endpoints, and a user in ten groups", function () {
  this.timeout(180_000);
  let stage: Practice;
  let aws: AwsClients;
  let vpcId: string;
  let groupId: string;
  const ids: Record<string, string> = {};
  const settings: Record<string, unknown> = {
    excludeRegions: defaultRegions.filter((each) => each !== region),
    alertChannel: { emails: ["security@example.com"] },
  };

  before(async () => {
    stage = await practice();
    aws = accountClients({ endpoint: stage.emulator.endpoint });
    const ec2 = stage.aws.ec2(region);
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
    vpcId = Vpc?.VpcId ?? "";
    await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsSupport: { Value: true } });
    await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true } });
    const zone = { AvailabilityZone: "us-east-1a", CidrBlock: "10.9.0.0/24" };
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, ...zone });
    const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
    const make = async (service: string, more: object) => {
      const ServiceName = `com.amazonaws.${region}.${service}`;
      const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId: vpcId, ServiceName, ...more });
      ids[service] = VpcEndpoint?.VpcEndpointId ?? "";
    };
    const subnets = { VpcEndpointType: "Interface" as const, SubnetIds: [Subnet?.SubnetId ?? ""] };
    await make("ssm", { ...subnets, PrivateDnsEnabled: true });
    await make("ssmmessages", { ...subnets, PrivateDnsEnabled: false });
    await make("s3", { VpcEndpointType: "Gateway", RouteTableIds: [RouteTable?.RouteTableId ?? ""] });
    const GroupName = "baseline-ssm-endpoints";
    const { GroupId = "" } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName, Description: "left behind" });
    groupId = GroupId;
    const iam = stage.aws.iam();
    for (const UserName of ["crowded", "fine", "exempt"]) {
      await iam.createUser({ UserName });
    }
    for (let each = 1; each <= 10; each += 1) {
      const GroupName = `team-${each}`;
      await iam.createGroup({ GroupName });
      for (const UserName of ["crowded", "exempt", ...(each < 10 ? ["fine"] : [])]) {
        await iam.addUserToGroup({ GroupName, UserName });
      }
    }
    settings["ssmEndpoints"] = { vpcs: [{ region, vpcId }] };
    settings["mfaEnforcement"] = { exemptUsers: ["exempt"] };
    Object.entries(settings).forEach(([key, value]) => stage.set(key, value));
  });
  after(async () => {
    aws?.destroy();
    await stage?.end();
  });

  async function plan() {
    const resources = await stage.host.resources();
    const config = withDefaults(project, { "aws:region": region, ...settings });
    const report = await planAdoption({
      aws,
      settings: settingsFromConfig(project.name, config),
      file: "Pulumi.test.yaml",
      allowedAccountIds: [],
      trail: "beside",
      manages: managedIn(resources),
    });
    const rows = report.decisions.filter(({ control }) => ["SsmEndpoints", "MfaEnforcement"].includes(control));
    return { ...report, rows: rows.map(({ thing, name, action }) => [thing, name, action]) };
  }

  it("finds what `up` would fail over", async () => {
    const { rows, decisions, changes } = await plan();
    assert.deepEqual(rows, [
      ["Security group of endpoints", groupId, "conflict"],
      ["VPC endpoint for ssm", ids["ssm"], "import"],
      ["VPC endpoint for ssmmessages", ids["ssmmessages"], "keep"],
      ["VPC endpoint for s3", ids["s3"], "import"],
      ["IAM user", "crowded", "conflict"],
    ]);
    assert.deepEqual(changes.imports, {
      [`baseline-ssm-endpoints-${vpcId}-ssm`]: `${ids["ssm"]}@${region}`,
      [`baseline-ssm-endpoints-${vpcId}-s3`]: `${ids["s3"]}@${region}`,
    });
    assert.match(decisions.find(({ name }) => name === "crowded")?.why ?? "", /mfaEnforcement\.exemptUsers/);
  });

  it("takes the endpoints over, and finds nothing to do afterwards", async () => {
    await stage.aws.ec2(region).deleteSecurityGroup({ GroupId: groupId });
    const { changes } = await plan();
    settings["adopt"] = withChanges({ import: {}, skip: [] }, changes);
    settings["mfaEnforcement"] = { groups: ["team-1"], exemptUsers: ["exempt", "crowded"] };
    Object.entries(settings).forEach(([key, value]) => stage.set(key, value));
    const { outcome, steps } = await stage.host.up("index");
    assert.equal(outcome, "done");
    assert.equal(steps.filter(({ op }) => op === "import").length, 2);
    const { VpcEndpoints = [] } = await stage.aws.ec2(region).describeVpcEndpoints({
      Filters: [{ Name: "vpc-id", Values: [vpcId] }],
    });
    const of = (service: string) => VpcEndpoints.filter(({ ServiceName }) => ServiceName?.endsWith(`.${service}`));
    assert.deepEqual(
      ["ssm", "ssmmessages", "s3"].map((service) => of(service).length),
      [1, 2, 1],
    );
    assert.match(of("ssm")[0]?.PolicyDocument ?? "", /aws:PrincipalAccount/);
    const again = await plan();
    assert.deepEqual(again.changes, { imports: {}, skips: [], stale: [] });
    assert.deepEqual(
      again.rows.filter(([, , action]) => action !== "ours"),
      [["VPC endpoint for ssmmessages", ids["ssmmessages"], "keep"]],
    );
  });
});
