import assert from "node:assert/strict";
import fc from "fast-check";
import { BaselineError } from "../../../common/errors";
import { checkVpcs, oneSubnetPerZone, type VpcFacts } from "../../../components/ssm-endpoints/vpc-facts";

const fit: VpcFacts = {
  region: "eu-west-1",
  vpcId: "vpc-0a1b2c3d",
  cidrBlocks: ["10.0.0.0/16"],
  enableDnsSupport: true,
  enableDnsHostnames: true,
  subnetIds: ["subnet-a", "subnet-b"],
  zones: ["eu-west-1a", "eu-west-1b"],
  routeTableIds: ["rtb-a"],
};

function complaint(...vpcs: VpcFacts[]): BaselineError {
  let thrown: unknown;
  assert.throws(
    () => checkVpcs(vpcs),
    (error) => (thrown = error) instanceof BaselineError,
  );
  return thrown as BaselineError;
}

describe("checkVpcs", () => {
  it("is content with VPCs that can have endpoints", () => checkVpcs([fit, { ...fit, vpcId: "vpc-2" }]));

  const command = "aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0a1b2c3d";
  const cases: [what: string, facts: Partial<VpcFacts>, says: string][] = [
    ["DNS support is off", { enableDnsSupport: false }, `run ${command} --enable-dns-support '{"Value":true}'`],
    ["DNS hostnames are off", { enableDnsHostnames: false }, `run ${command} --enable-dns-hostnames '{"Value":true}'`],
    ["there is no subnet", { subnetIds: [], zones: [] }, "no subnet in an availability zone"],
    ["there is no IPv4 range", { cidrBlocks: [] }, "no IPv4 address range"],
    ["there is no route table", { routeTableIds: [] }, "no route table"],
    [
      "two subnets share a zone",
      { zones: ["eu-west-1a", "eu-west-1a"] },
      "subnet-a and subnet-b are both in eu-west-1a",
    ],
  ];
  for (const [what, facts, says] of cases) {
    it(`says what to do where ${what}`, () => {
      const { message, exitCode, code } = complaint({ ...fit, ...facts });
      assert.ok(message.includes(says) && message.includes("vpc-0a1b2c3d in eu-west-1"), message);
      assert.deepEqual([code, exitCode], ["vpc-not-ready", 2]);
    });
  }

  it("tells everything that is wrong with all of them at once", () => {
    const off = { enableDnsSupport: false, enableDnsHostnames: false };
    const { message } = complaint({ ...fit, ...off }, fit, {
      ...fit,
      ...off,
      vpcId: "vpc-3",
      subnetIds: [],
      zones: [],
    });
    assert.equal(message.split("\n  ").length - 1, 5);
  });
});

describe("oneSubnetPerZone", () => {
  it("takes the lowest id of each zone, sorted by zone, and no local or Wavelength zone", () => {
    const subnets = [
      { id: "subnet-9", zone: "us-east-1b" },
      { id: "subnet-3", zone: "us-east-1a" },
      { id: "subnet-1", zone: "us-east-1b" },
      { id: "subnet-0", zone: "us-east-1-bos-1a" },
      { id: "subnet-2", zone: "us-east-1-wl1-bos-wlz-1" },
      { id: "subnet-4", zone: "us-gov-east-1a" },
    ];
    assert.deepEqual(
      oneSubnetPerZone(subnets).map(({ id }) => id),
      ["subnet-3", "subnet-1", "subnet-4"],
    );
  });

  it("covers every zone once, whatever the order", () => {
    const subnet = fc.record({
      id: fc.stringMatching(/^subnet-[0-9a-f]{4}$/),
      zone: fc.stringMatching(/^eu-west-[12][a-c]$/),
    });
    const several = fc.uniqueArray(subnet, { selector: ({ id }) => id, maxLength: 12 });
    fc.assert(
      fc.property(several, (subnets) => {
        const chosen = oneSubnetPerZone(subnets);
        assert.deepEqual(oneSubnetPerZone([...subnets].reverse()), chosen);
        assert.deepEqual(
          chosen.map(({ zone }) => zone),
          [...new Set(subnets.map(({ zone }) => zone))].sort(),
        );
        assert.ok(chosen.every((each) => subnets.includes(each)));
      }),
    );
  });
});
