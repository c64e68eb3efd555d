import assert from "node:assert/strict";
import { lookInside } from "../../../policy-pack/embedded/look-inside";
import { tokenOf } from "../../../policy-pack/embedded/cloudformation-names";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

const cloudControl = "aws:cloudcontrol/resource:Resource";
const extension = "aws-native:index:ExtensionResource";
const stack = "aws:cloudformation/stack:Stack";
const nativeStack = "aws-native:cloudformation:Stack";

const document = (Action: unknown, Resource: unknown = "*") => ({ Statement: [{ Effect: "Allow", Action, Resource }] });
const admin = { PolicyDocument: document("*") };
const ssh = { IpProtocol: "tcp", FromPort: 22, ToPort: 22 };
const group = (CidrIp: unknown) => ({ GroupDescription: "d", SecurityGroupIngress: [{ ...ssh, CidrIp }] });
const template = (...resources: [Type: string, Properties: unknown][]) =>
  JSON.stringify({
    Resources: Object.fromEntries(resources.map(([Type, Properties], i) => [`R${i}`, { Type, Properties }])),
  });

const yaml = `
Parameters: { Name: { Type: String } }
Resources:
  Office:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !Sub "\${AWS::StackName} ssh"
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Office }
        - IpProtocol: "-1"
          CidrIpv6: ::/0
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement: [{ Effect: Allow, Action: '*', Resource: !Join [':', [arn, '*']] }]
`;

const aliased = `
x: &open 0.0.0.0/0
Resources: { A: { Type: AWS::EC2::SecurityGroupIngress, Properties: { IpProtocol: "-1", CidrIp: *open } } }
`;

const cases: [name: string, expected: Outcome, type: string, props: Record<string, unknown>][] = [
  ["r37 managed policy", "block", extension, { type: "AWS::IAM::ManagedPolicy", properties: admin }],
  [
    "r37 in Pulumi's spelling",
    "block",
    extension,
    { type: "AWS::IAM::ManagedPolicy", properties: { policyDocument: document("*") } },
  ],
  [
    "r37 narrow",
    "pass",
    extension,
    { type: "AWS::IAM::ManagedPolicy", properties: { PolicyDocument: document("s3:GetObject") } },
  ],
  [
    "r38 managed policy",
    "block",
    cloudControl,
    { typeName: "AWS::IAM::ManagedPolicy", desiredState: JSON.stringify(admin) },
  ],
  [
    "r38 role policy as text",
    "block",
    cloudControl,
    {
      typeName: "AWS::IAM::RolePolicy",
      desiredState: JSON.stringify({ PolicyDocument: JSON.stringify(document("*")) }),
    },
  ],
  [
    "security group",
    "block",
    cloudControl,
    { typeName: "AWS::EC2::SecurityGroup", desiredState: JSON.stringify(group("0.0.0.0/0")) },
  ],
  [
    "office",
    "pass",
    cloudControl,
    { typeName: "AWS::EC2::SecurityGroup", desiredState: JSON.stringify(group("198.51.100.0/24")) },
  ],
  ["ingress", "block", extension, { type: "AWS::EC2::SecurityGroupIngress", properties: { ...ssh, CidrIpv6: "::/0" } }],
  ["unknown part", "unknown", extension, { type: "AWS::EC2::SecurityGroup", properties: group(unknown) }],
  [
    "unknown part beside a certain one",
    "block",
    extension,
    {
      type: "AWS::EC2::SecurityGroup",
      properties: { SecurityGroupIngress: [unknown, { ...ssh, CidrIp: "0.0.0.0/0" }] },
    },
  ],
  ["unknown state", "unknown", cloudControl, { typeName: "AWS::EC2::SecurityGroup", desiredState: unknown }],
  ["unknown type", "unknown", cloudControl, { typeName: unknown, desiredState: "{}" }],
  [
    "public database, acronyms",
    "warn",
    cloudControl,
    { typeName: "AWS::RDS::DBInstance", desiredState: '{"PubliclyAccessible":true}' },
  ],
  [
    "game servers, acronyms",
    "block",
    extension,
    {
      type: "AWS::GameLift::Fleet",
      properties: { EC2InboundPermissions: [{ FromPort: 3389, ToPort: 3389, Protocol: "TCP", IpRange: "0.0.0.0/0" }] },
    },
  ],
  [
    "NACL entry",
    "warn",
    extension,
    {
      type: "AWS::EC2::NetworkAclEntry",
      properties: {
        Protocol: 6,
        PortRange: { From: 0, To: 65535 },
        RuleAction: "allow",
        RuleNumber: 1,
        CidrBlock: "0.0.0.0/0",
      },
    },
  ],
  ["a type nobody looks at", "pass", cloudControl, { typeName: "AWS::SQS::Queue", desiredState: "{}" }],
  ["a type of somebody else", "warn", cloudControl, { typeName: "Contoso::Things::Thing", desiredState: "{}" }],
  ["not JSON", "warn", cloudControl, { typeName: "AWS::SQS::Queue", desiredState: "{" }],

  ["r39 template with admin", "warn", stack, { templateBody: template(["AWS::IAM::ManagedPolicy", admin]) }],
  [
    "inline policy of CloudFormation",
    "warn",
    stack,
    { templateBody: template(["AWS::IAM::Policy", { ...admin, Users: ["u"] }]) },
  ],
  [
    "stack set",
    "warn",
    "aws:cloudformation/stackSet:StackSet",
    { templateBody: template(["AWS::EC2::SecurityGroup", group("0.0.0.0/0")]) },
  ],
  [
    "template as an object",
    "warn",
    nativeStack,
    { templateBody: JSON.parse(template(["AWS::EC2::SecurityGroup", group("::/0")])) as object },
  ],
  [
    "template, office",
    "pass",
    stack,
    { templateBody: template(["AWS::EC2::SecurityGroup", group("198.51.100.0/24")]) },
  ],
  [
    "template, parameter",
    "unknown",
    stack,
    { templateBody: template(["AWS::EC2::SecurityGroup", group({ Ref: "Cidr" })]) },
  ],
  [
    "template, parameter for another port",
    "pass",
    stack,
    {
      templateBody: template([
        "AWS::EC2::SecurityGroup",
        { SecurityGroupIngress: [{ ...ssh, FromPort: 443, ToPort: 443, CidrIp: { Ref: "Cidr" } }] },
      ]),
    },
  ],
  [
    "template, no value",
    "pass",
    stack,
    { templateBody: template(["AWS::EC2::SecurityGroup", { SecurityGroupIngress: [{ Ref: "AWS::NoValue" }] }]) },
  ],
  ["YAML", "warn", stack, { templateBody: yaml }],
  ["YAML that is none", "warn", stack, { templateBody: "a: [" }],
  ["YAML with an alias, which CloudFormation has not", "unknown", stack, { templateBody: aliased }],
  ["text", "warn", stack, { templateBody: "hello" }],
  ["unknown template", "unknown", stack, { templateBody: unknown }],
  ["template elsewhere", "warn", stack, { templateUrl: "https://s3.amazonaws.com/b/t.json" }],
  ["custom resource", "warn", stack, { templateBody: template(["AWS::CloudFormation::CustomResource", {}]) }],
  [
    "nested by URL",
    "warn",
    stack,
    { templateBody: template(["AWS::CloudFormation::Stack", { TemplateURL: "https://x" }]) },
  ],
  ["macro", "warn", stack, { templateBody: '{"Transform":"AWS::Serverless-2016-10-31","Resources":{}}' }],
  ["dynamic provider", "warn", "pulumi-nodejs:dynamic:Resource", { __provider: unknown }],
];

describe("what resources carry", () => {
  for (const [name, expected, type, props] of cases) {
    it(`${expected}: ${type.replace(/.*:/, "")}: ${name}`, () => assert.equal(outcome(type, props), expected));
  }

  it("is found by every policy, at its place, in either spelling", () => {
    const found = results(stack, { templateBody: yaml });
    const said = (id: string): string => found.find(({ policyId }) => policyId === id)?.message ?? "";
    assert.match(
      said("network-no-open-admin-ports"),
      /Where: templateBody: Resources\.Office: securityGroupIngress\[1\]/,
    );
    assert.match(
      said("iam-no-admin-wildcard"),
      /Where: templateBody: Resources\.Role: policies\[0\]\.policyDocument: Statement\[0\]/,
    );
    assert.ok(found.every(({ level, message }) => level === "advisory" && message.split("\n").length <= 5));
    const [unsure] = results(stack, { templateBody: template(["AWS::EC2::SecurityGroup", group({ Ref: "Cidr" })]) });
    assert.match(unsure?.message ?? "", /securityGroupIngress\[0\]\.cidrIp\nWhy: CloudFormation decides this input/);
  });

  it("is in a template inside a template, too", () => {
    const inner = template(["AWS::EC2::SecurityGroup", group("0.0.0.0/0")]);
    const body = template(["AWS::CloudFormation::StackSet", { TemplateBody: inner }]);
    assert.match(
      results(stack, { templateBody: body })[0]?.message ?? "",
      /Resources\.R0: templateBody: Resources\.R0: security/,
    );
  });

  it("is reported once for each resource where nobody can look", () => {
    const body = template(["Custom::A", {}], ["Custom::B", {}], ["AWS::Serverless::Function", {}]);
    const [found, ...more] = results(stack, { templateBody: body });
    assert.deepEqual([found?.policyId, found?.level, more.length], ["no-unseen-resources", "advisory", 0]);
    assert.match(found?.message ?? "", /Resources\.R0, .*R1, .*R2\n/);
  });

  it("does not undo a Deny with a function in it, nor run away on aliases", () => {
    const deny = { Effect: "Deny", Action: "*", Resource: { "Fn::Sub": "*" } };
    const body = { Statement: [...document("*").Statement, deny] };
    assert.equal(
      outcome(stack, { templateBody: template(["AWS::IAM::ManagedPolicy", { PolicyDocument: body }]) }),
      "pass",
    );
    const bomb = [
      "a: &a [x,x]",
      ..."bcdefghijklmnopqrstuvwxyz"
        .split("")
        .map((c, i) => `${c}: &${c} [*${"abcdefghijklmnopqrstuvwxyz"[i]},*${"abcdefghijklmnopqrstuvwxyz"[i]}]`),
    ];
    assert.deepEqual(
      lookInside({ type: stack, name: "n", urn: "u", props: { templateBody: bomb.join("\n") } }).embedded,
      [],
    );
  });

  it("never breaks, whatever is in it", () => {
    for (const value of [
      null,
      7,
      true,
      [],
      {},
      "",
      "[]",
      "null",
      '{"Resources":[1,null]}',
      '{"Resources":{"A":null,"B":{"Type":{}},"C":{"Type":"AWS::IAM::Role","Properties":[]}}}',
      '{"Resources":{"__proto__":{"Type":"AWS::IAM::Role"}}}',
    ]) {
      for (const [type, key] of [
        [stack, "templateBody"],
        [cloudControl, "desiredState"],
        [extension, "properties"],
        [extension, "type"],
      ] as const) {
        const found = results(type, {
          typeName: "AWS::IAM::Role",
          type: "AWS::IAM::Role",
          properties: {},
          [key]: value,
        });
        assert.ok(found.every(({ level, message }) => level === "advisory" && !message.includes("internal error")));
      }
    }
  });

  it("has its type spelt as aws-native spells it", () => {
    const spelt = [
      "AWS::RDS::DBInstance",
      "AWS::EKS::Nodegroup",
      "AWS::Timestream::InfluxDBInstance",
      "AWS::EC2::VPC",
      "AWS::AmazonMQ::Broker",
      "AWS::X",
    ];
    assert.deepEqual(spelt.map(tokenOf), [
      ...[
        "aws-native:rds:DbInstance",
        "aws-native:eks:Nodegroup",
        "aws-native:timestream:InfluxDbInstance",
        "aws-native:ec2:Vpc",
      ],
      ...["aws-native:amazonmq:Broker", undefined],
    ]);
  });
});
