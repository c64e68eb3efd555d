import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import { startEmulator } from "../support/emulator";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const REGION = "eu-central-1";
const urnOf = (type: string) => `urn:pulumi:test::baseline::${type}::it`;

describe("sandbox provider: networks", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;
  let vpcId = "";
  let routeTableId = "";

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
    const ec2 = provider.clients.ec2(REGION);
    const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: "is-default", Values: ["true"] }] });
    vpcId = Vpcs?.[0]?.VpcId ?? "";
    const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
    routeTableId = RouteTables?.[0]?.RouteTableId ?? "";
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  async function create(type: string, given: Props): Promise<{ id: string; outs: Props }> {
    const { inputs, failures } = (await provider.check(urnOf(type), {}, { region: REGION, ...given })) as {
      inputs: Props;
      failures: [];
    };
    assert.deepEqual(failures, []);
    return (await provider.create(urnOf(type), inputs)) as { id: string; outs: Props };
  }
  const service = (name: string) => `com.amazonaws.${REGION}.${name}`;
  const interfaceFor = (name: string, more: Props = {}) =>
    create(ENDPOINT, { vpcId, serviceName: service(name), vpcEndpointType: "Interface", ...more });
  const remove = ({ id, outs }: { id: string; outs: Props }) => provider.delete(id, urnOf(ENDPOINT), outs);

  describe("a gateway endpoint", () => {
    it("is made without a type, tells its prefix list, follows its route tables, and goes", async () => {
      const made = await create(ENDPOINT, { vpcId, serviceName: service("s3"), routeTableIds: [routeTableId] });
      const { outs } = made;
      assert.equal(outs["vpcEndpointType"], "Gateway");
      assert.equal(outs["privateDnsEnabled"], false);
      assert.match(String(outs["prefixListId"]), /^pl-/);
      assert.deepEqual(outs["routeTableIds"], [routeTableId]);
      assert.equal(outs["arn"], `arn:aws:ec2:${REGION}:${emulator.accountId}:vpc-endpoint/${made.id}`);

      const { RouteTable } = await provider.clients.ec2(REGION).createRouteTable({ VpcId: vpcId });
      const moved = { ...(outs["__inputs"] as Props), routeTableIds: [RouteTable?.RouteTableId] };
      const updated = (await provider.update(made.id, urnOf(ENDPOINT), outs, moved)).outs as Props;
      assert.deepEqual(updated["routeTableIds"], [RouteTable?.RouteTableId]);
      await remove({ id: made.id, outs: updated });
      assert.equal((await provider.read(made.id, urnOf(ENDPOINT), updated)).id, "");
    });
  });

  describe("an interface endpoint", () => {
    it("has no private names unless asked for, and the VPC's default group unless another is named", async () => {
      const made = await interfaceFor("ssm");
      assert.equal(made.outs["privateDnsEnabled"], false);
      const { SecurityGroups: [group] = [] } = await provider.clients.ec2(REGION).describeSecurityGroups({
        GroupIds: made.outs["securityGroupIds"] as string[],
      });
      assert.deepEqual([group?.GroupName, group?.VpcId], ["default", vpcId]);
      await remove(made);
    });
    it("shares its private names with no other in the VPC, until it is deleted", async () => {
      const first = await interfaceFor("ec2messages", { privateDnsEnabled: true });
      await assert.rejects(interfaceFor("ec2messages", { privateDnsEnabled: true }), /conflicting DNS domain/);
      await remove(first);
      await remove(await interfaceFor("ec2messages", { privateDnsEnabled: true }));
    });
    it("has private names only where the VPC resolves them", async () => {
      const { Vpc } = await provider.clients.ec2(REGION).createVpc({ CidrBlock: "10.9.0.0/16" });
      const there = { vpcId: Vpc?.VpcId, privateDnsEnabled: true };
      await assert.rejects(interfaceFor("ssm", there), /requires both enableDnsSupport and enableDnsHostnames/);
      const made = await interfaceFor("ssm", { ...there, privateDnsEnabled: false });
      const wanted = { ...(made.outs["__inputs"] as Props), privateDnsEnabled: true };
      await assert.rejects(provider.update(made.id, urnOf(ENDPOINT), made.outs, wanted), /requires both/);
      await remove(made);
    });
  });

  it("strips a VPC's default security group of what AWS puts there, and leaves it behind like that", async () => {
    const { Vpc } = await provider.clients.ec2(REGION).createVpc({ CidrBlock: "10.8.0.0/16" });
    const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
    const rules = async () => {
      const { SecurityGroups: [group] = [] } = await provider.clients.ec2(REGION).describeSecurityGroups({
        Filters: [{ Name: "vpc-id", Values: [Vpc?.VpcId ?? ""] }],
      });
      return [group?.IpPermissions?.length, group?.IpPermissionsEgress?.length];
    };
    assert.deepEqual(await rules(), [1, 1]);
    const { id, outs } = await create(type, { vpcId: Vpc?.VpcId });
    assert.deepEqual(await rules(), [0, 0]);
    assert.equal(outs["name"], "default");
    await provider.delete(id, urnOf(type), outs);
    assert.deepEqual(await rules(), [0, 0]);
  });
  it("says where there is no default security group", async () => {
    const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
    await assert.rejects(create(type, { vpcId: "vpc-1" }), /eu-central-1 has no default security group in vpc-1/);
  });

  describe("invoke", () => {
    const invoke = async (name: string, inputs: Props = {}) =>
      (await provider.invoke(`aws:ec2/${name}:${name}`, { region: REGION, ...inputs })).outputs as Props;
    it("tells the VPCs of a region, by filters and tags", async () => {
      const filters = [{ name: "is-default", values: ["true"] }];
      assert.deepEqual((await invoke("getVpcs", { filters }))["ids"], [vpcId]);
      assert.equal((await invoke("getVpcs", { filters }))["region"], REGION);
      assert.deepEqual((await invoke("getVpcs", { tags: { no: "where" } }))["ids"], []);
      const elsewhere = (await invoke("getVpcs", { region: "us-west-1" }))["ids"] as string[];
      assert.ok(elsewhere.length === 1 && elsewhere[0] !== vpcId);
    });
    it("tells what a VPC is like", async () => {
      const byId = await invoke("getVpc", { id: vpcId });
      assert.deepEqual(
        [byId["default"], byId["enableDnsSupport"], byId["enableDnsHostnames"], byId["cidrBlock"]],
        [true, true, true, "172.31.0.0/16"],
      );
      assert.deepEqual(
        (byId["cidrBlockAssociations"] as Props[]).map(({ cidrBlock }) => cidrBlock),
        ["172.31.0.0/16"],
      );
      assert.equal(byId["mainRouteTableId"], routeTableId);
      assert.equal((await invoke("getVpc", { default: true }))["id"], vpcId);
      assert.equal((await invoke("getVpc", { cidrBlock: "10.8.0.0/16" }))["enableDnsHostnames"], false);
      await assert.rejects(invoke("getVpc", { cidrBlock: "10.1.2.0/24" }), /no EC2 VPC matched/);
      await assert.rejects(invoke("getVpc"), /multiple EC2 VPC matched/);
    });
    it("tells subnets and their zones", async () => {
      const filters = [{ name: "vpc-id", values: [vpcId] }];
      const ids = (await invoke("getSubnets", { filters }))["ids"] as string[];
      assert.ok(ids.length >= 2);
      const subnet = await invoke("getSubnet", { id: ids[0] });
      assert.match(String(subnet["availabilityZone"]), /^eu-central-1[a-c]$/);
      assert.equal(subnet["vpcId"], vpcId);
      const zone = { vpcId, availabilityZone: subnet["availabilityZone"] };
      assert.equal((await invoke("getSubnet", zone))["id"], ids[0]);
    });
    it("tells route tables of a VPC", async () => {
      const ids = (await invoke("getRouteTables", { vpcId }))["ids"] as string[];
      assert.ok(ids.includes(routeTableId));
    });
    it("tells roles by their path, and what a role is like", async () => {
      const trust = '{"Version":"2012-10-17","Statement":[]}';
      await provider.clients.iam().createRole({
        RoleName: "there",
        Path: "/aws-service-role/x/",
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: "a", Value: "1" }],
      });
      const iam = async (name: string, inputs: Props) =>
        (await provider.invoke(`aws:iam/${name}:${name}`, inputs)).outputs as Props;
      assert.deepEqual((await iam("getRoles", { pathPrefix: "/aws-service-role/" }))["names"], ["there"]);
      const role = await iam("getRole", { name: "there" });
      assert.deepEqual([role["tags"], role["assumeRolePolicy"]], [{ a: "1" }, trust]);
    });
  });
});
