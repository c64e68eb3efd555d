import assert from "node:assert/strict";
import { offlineAnswers } from "../../../../operations/preview/plan/offline-account";

describe("offline answers about networks", () => {
  const answer = offlineAnswers(["us-east-1", "eu-west-1"]);
  const ask = (name: string, args: Record<string, unknown>) => answer(`aws:ec2/${name}:${name}`, args);

  it("know one VPC in each region, the default one", () => {
    for (const name of ["is-default", "isDefault"]) {
      const filters = [{ name, values: ["true"] }];
      const { ids, region } = ask("getVpcs", { region: "eu-west-1", filters });
      assert.deepEqual([ids, region], [["vpc-0123456789abcdef0"], "eu-west-1"]);
    }
    assert.deepEqual(ask("getVpcs", { filters: [{ name: "is-default", values: ["false"] }] })["ids"], []);
    assert.equal(ask("getVpcs", {})["region"], "us-east-1");
  });
  it("take a VPC asked for by its id to be there and ready for endpoints", () => {
    const vpc = ask("getVpc", { region: "eu-west-1", id: "vpc-1" });
    assert.deepEqual([vpc["id"], vpc["enableDnsSupport"], vpc["enableDnsHostnames"]], ["vpc-1", true, true]);
    assert.match(String(vpc["arn"]), /^arn:aws:ec2:eu-west-1:\d{12}:vpc\/vpc-1$/);
    const [association] = vpc["cidrBlockAssociations"] as Record<string, unknown>[];
    assert.deepEqual([association?.["cidrBlock"], association?.["state"]], [vpc["cidrBlock"], "associated"]);
  });
  it("put no two subnets into one zone", () => {
    const ids = [...(ask("getSubnets", {})["ids"] as string[]), "subnet-mine", "subnet-yours"];
    const zones = ids.map((id) => ask("getSubnet", { region: "eu-west-1", id, vpcId: "vpc-1" })["availabilityZone"]);
    assert.equal(new Set(zones).size, ids.length);
    assert.deepEqual(zones.slice(0, 2), ["eu-west-1a", "eu-west-1b"]);
  });
  it("know a route table", () => {
    assert.equal((ask("getRouteTables", { vpcId: "vpc-1" })["ids"] as string[]).length, 1);
  });
});
