import assert from "node:assert/strict";
import { decide } from "../../../../operations/apply/adopt/decide";
import { type Endpoints, type FoundEndpoint } from "../../../../operations/apply/adopt/found";
import { changesTo } from "../../../../operations/apply/adopt/merge";
import { type Action } from "../../../../operations/apply/adopt/model";
import { factsOf } from "./facts";

const endpoint: FoundEndpoint = {
  id: "vpce-1",
  region: "eu-west-1",
  vpcId: "vpc-1",
  service: "ssm",
  collides: true,
  requesterManaged: false,
  tags: {},
};
const resource = "baseline-ssm-endpoints-vpc-1-ssm";

function rowsOf(endpoints: Partial<Endpoints>, rest: Parameters<typeof factsOf>[2] = {}) {
  return decide({ ...factsOf({}, {}, rest), endpoints: { found: [], absent: [], problems: [], ...endpoints } });
}

describe("VPC endpoints that exist already", () => {
  const cases: [what: string, found: Partial<FoundEndpoint>[], is: Action[], why: RegExp][] = [
    ["one with the private DNS name is taken over", [{}], ["import"], /policy, subnets and security group/],
    ["a gateway that routes the same tables is taken over", [{ service: "s3" }], ["import"], /policy and route tables/],
    ["one without a private DNS name stays", [{ collides: false }], ["keep"], /no private DNS name/],
    ["a gateway for other route tables stays", [{ service: "s3", collides: false }], ["keep"], /route tables/],
    [
      "one that an AWS service manages is for people to decide",
      [{ requesterManaged: true }],
      ["conflict"],
      /AWS service/,
    ],
    [
      "one of a CloudFormation stack is for people to decide",
      [{ tags: { "aws:cloudformation:stack-name": "net" } }],
      ["conflict"],
      /CloudFormation stack net/,
    ],
    [
      "of two gateways the program can take over neither",
      [{ service: "s3" }, { service: "s3", id: "vpce-2" }],
      ["conflict", "conflict"],
      /There are 2/,
    ],
    [
      "one in another VPC is no rival",
      [{ service: "s3" }, { service: "s3", id: "vpce-2", vpcId: "vpc-2" }],
      ["import", "import"],
      /takes this one over/,
    ],
    [
      "the baseline's own is left as it is",
      [{ tags: { "baseline:project": "aws-prevention-baseline" } }],
      ["ours"],
      /stack/,
    ],
  ];
  for (const [what, found, is, why] of cases) {
    it(what, () => {
      const rows = rowsOf({ found: found.map((each) => ({ ...endpoint, ...each })) });
      assert.deepEqual(
        rows.map(({ action }) => action),
        is,
      );
      assert.match(rows[0]?.why ?? "", why);
    });
  }

  it("may have left their security group, whose name a VPC gives once", () => {
    const group = {
      id: "sg-1",
      region: "eu-west-1",
      vpcId: "vpc-1",
      tags: { "baseline:project": "aws-prevention-baseline" },
    };
    const action = (tags: Record<string, string>, rest = {}) =>
      rowsOf({ groups: [{ ...group, tags }] }, rest).map((each) => each.action);
    assert.deepEqual(action({}), ["conflict"]);
    assert.deepEqual(action(group.tags), ["ours"]);
    assert.deepEqual(action(group.tags, { manages: () => false }), ["conflict"]);
    assert.deepEqual(action({}, { manages: () => true }), ["ours"]);
  });

  it("are told by the state where there is one", () => {
    const [row] = rowsOf(
      { found: [endpoint] },
      { manages: (type, id) => type.endsWith(":VpcEndpoint") && id === "vpce-1" },
    );
    assert.equal(row?.action, "ours");
  });

  it("that cannot be read are not known", () => {
    const problem = { kind: "x", region: "eu-west-1", action: "ec2:DescribeVpcEndpoints", reason: "Denied." };
    const actions = (cause: "denied" | "unsupported") =>
      rowsOf({ problems: [{ ...problem, cause }] }).map(({ action }) => action);
    assert.deepEqual([actions("denied"), actions("unsupported")], [["unknown"], []]);
  });

  it("lose their entry when they are gone", () => {
    const facts = {
      ...factsOf({}, { adopt: { import: { [resource]: "vpce-0123456789abcdef0@eu-west-1" } } }),
      endpoints: { found: [], absent: [resource], problems: [] },
    };
    assert.deepEqual(changesTo(facts.settings.adopt, decide(facts), facts).stale, [resource]);
  });
});
