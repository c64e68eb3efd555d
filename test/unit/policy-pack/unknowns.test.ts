import assert from "node:assert/strict";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

const policy = "aws:iam/policy:Policy";
const role = "aws:iam/role:Role";
const group = "aws:ec2/securityGroup:SecurityGroup";

const document = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown, more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const admin = allow("*", "*");

const documents: [name: string, expected: Outcome, statements: unknown][] = [
  ["r31 the whole document", "unknown", unknown],
  ["a text with an unknown part", "unknown", `{"Statement":[${unknown}]}`],
  ["r32 Action * on an unknown resource", "unknown", document(allow("*", unknown))],
  ["r32 Action * on * and an unknown one", "block", document(allow("*", ["*", unknown]))],
  ["r32 a Deny of unknown resources", "unknown", document(admin, { Effect: "Deny", Action: "*", Resource: unknown })],
  ["r32 a Deny of unknown actions", "unknown", document(admin, { Effect: "Deny", Action: unknown, Resource: "*" })],
  [
    "a Deny under an unknown condition",
    "unknown",
    document(admin, { Effect: "Deny", Action: "*", Resource: "*", Condition: unknown }),
  ],
  [
    "a Deny of one service, unknown bucket",
    "block",
    document(admin, { Effect: "Deny", Action: "s3:*", Resource: unknown }),
  ],
  ["an unknown statement beside admin", "unknown", document(admin, unknown)],
  ["an unknown statement", "unknown", document(unknown)],
  ["unknown statements", "unknown", { Version: "2012-10-17", Statement: unknown }],
  ["an unknown effect", "unknown", document({ Effect: unknown, Action: "*", Resource: "*" })],
  ["an unknown action", "unknown", document(allow(unknown, "*"))],
  ["an unknown action of S3", "pass", document(allow(`s3:${unknown}`, "*"))],
  ["a known action on an unknown resource", "pass", document(allow("s3:GetObject", unknown))],
  ["an unknown bucket", "pass", document(allow("*", `arn:aws:s3:::${unknown}/*`))],
  ["an unknown user", "unknown", document(allow("iam:*", `arn:aws:iam::123456789012:user/${unknown}`))],
  ["an unknown NotAction", "unknown", document({ Effect: "Allow", NotAction: ["s3:*", unknown], Resource: "*" })],
  ["an unknown NotResource", "unknown", document({ Effect: "Allow", Action: "*", NotResource: unknown })],
  [
    "admin where the organisation is unknown",
    "block",
    document(allow("*", "*", { Condition: { StringEquals: { "aws:PrincipalOrgID": unknown } } })),
  ],
  ["admin under an unknown condition", "unknown", document(allow("*", "*", { Condition: unknown }))],
];

describe("unknown inputs", () => {
  for (const [name, expected, value] of documents) {
    it(`${expected}: ${name}`, () => {
      assert.equal(outcome(policy, { policy: value }), expected);
      if (typeof value !== "string") assert.equal(outcome(policy, { policy: JSON.stringify(value) }), expected);
    });
  }

  it("names the input that is unknown", () => {
    const [found] = results(policy, { policy: document(allow("*", ["arn:aws:s3:::b", unknown])) });
    assert.equal(found?.level, "advisory");
    assert.match(found?.message ?? "", /policy: Statement\[0\]\.Resource\[1\]/);
  });

  it("does not let an unknown inline policy hide a known one", () => {
    const inlinePolicies = [
      { name: "a", policy: unknown },
      { name: "b", policy: JSON.stringify(document(admin)) },
    ];
    assert.equal(outcome(role, { inlinePolicies }), "block");
    assert.equal(outcome(role, { inlinePolicies: unknown }), "unknown");
    assert.equal(outcome(role, { inlinePolicies: [unknown] }), "unknown");
  });

  const rule = (cidrBlocks: unknown, more = {}) => ({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks, ...more });
  const rules: [name: string, expected: Outcome, ingress: unknown][] = [
    ["n07 unknown block, known port", "unknown", [rule([unknown])]],
    ["n08 unknown block beside an open one", "block", [rule([unknown, "0.0.0.0/0"])]],
    ["n09 unknown block, other port", "pass", [rule([unknown], { fromPort: 443, toPort: 443 })]],
    ["n10 unknown rule beside an open one", "block", [unknown, rule(["0.0.0.0/0"])]],
    ["unknown rules", "unknown", unknown],
    ["unknown blocks", "unknown", [rule(unknown)]],
    ["unknown port, open", "unknown", [rule(["0.0.0.0/0"], { toPort: unknown })]],
    ["unknown port, private", "pass", [rule(["10.0.0.0/8"], { toPort: unknown })]],
    ["unknown protocol, open", "unknown", [rule(["0.0.0.0/0"], { protocol: unknown })]],
    ["unknown source group", "pass", [{ protocol: "tcp", fromPort: 22, toPort: 22, securityGroups: [unknown] }]],
  ];
  for (const [name, expected, ingress] of rules) {
    it(`${expected}: ${name}`, () => assert.equal(outcome(group, { ingress }), expected));
  }

  it("an unknown direction of a rule", () => {
    const props = { ...rule(["0.0.0.0/0"]), type: unknown };
    assert.equal(outcome("aws:ec2/securityGroupRule:SecurityGroupRule", props), "unknown");
  });
});
