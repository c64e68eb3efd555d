import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

interface Recorded {
  admin: string[];
  nearly: string[];
  others: string[];
}
const recorded = JSON.parse(readFileSync(join(__dirname, "managed-policies.json"), "utf8")) as Recorded;

const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const exclusive = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
const arn = (name: string, partition = "aws"): string => `arn:${partition}:iam::aws:policy/${name}`;

const cases: [name: string, expected: Outcome, policyArn: unknown][] = [
  ["r01 AdministratorAccess", "block", arn("AdministratorAccess")],
  ["r02 in China", "block", arn("AdministratorAccess", "aws-cn")],
  ["r03 in GovCloud", "block", arn("AdministratorAccess", "aws-us-gov")],
  ["in a partition to come", "block", arn("AdministratorAccess", "aws-new")],
  ["the partition as a CloudFormation variable", "block", "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"],
  ["r04 IAMFullAccess", "block", arn("IAMFullAccess")],
  ["below a path", "block", arn("job-function/AdministratorAccess")],
  ["in another case, with blanks", "block", " ARN:aws:iam::aws:policy/administratoraccess "],
  ["r05 PowerUserAccess", "warn", arn("PowerUserAccess")],
  ["a service role with a condition", "warn", arn("service-role/AWSCodeStarServiceRole")],
  ["r06 ReadOnlyAccess", "pass", arn("ReadOnlyAccess")],
  ["an Elastic Beanstalk administrator", "pass", arn("AdministratorAccess-AWSElasticBeanstalk")],
  ["a name that begins like it", "pass", arn("AdministratorAccessLite")],
  ["r07 a customer's policy of that name", "pass", "arn:aws:iam::123456789012:policy/AdministratorAccess"],
  ["an unknown ARN", "unknown", unknown],
  ["an unknown partition", "block", arn("AdministratorAccess", unknown)],
  ["an unknown name of an AWS policy", "unknown", arn(unknown)],
  ["an unknown name of a customer's policy", "pass", `arn:aws:iam::123456789012:policy/${unknown}`],
  ["no text", "pass", { arn: arn("AdministratorAccess") }],
  ["nothing", "pass", undefined],
];

describe("iam-no-admin-managed-policy", () => {
  for (const [name, expected, policyArn] of cases) {
    it(`${expected}: ${name}`, () => assert.equal(outcome(attachment, { role: "r", policyArn }), expected));
  }

  const { admin, nearly } = recorded;
  const others = recorded.others.flatMap((line) => line.split(" "));
  const verdicts = [
    ["block", admin],
    ["warn", nearly],
    ["pass", others],
  ] as const;
  for (const [expected, names] of verdicts) {
    it(`${expected}: each of ${names.length} AWS-managed policies`, () => {
      for (const name of names) assert.equal(outcome(attachment, { policyArn: arn(name) }), expected, name);
    });
  }

  it("has a verdict recorded on all 1,523", () => {
    assert.equal(new Set([...admin, ...nearly, ...others]).size, 1523);
  });

  it("reports what is certain before what is unknown, each with its place", () => {
    const policyArns = [unknown, arn("ReadOnlyAccess"), arn("PowerUserAccess"), arn("IAMFullAccess")];
    assert.deepEqual(
      results(exclusive, { roleName: "r", policyArns }).map(({ level, certainty, path }) => [level, certainty, path]),
      [
        ["mandatory", "violation", "policyArns[3]"],
        ["advisory", "violation", "policyArns[2]"],
        ["advisory", "unknown", "policyArns[0]"],
      ],
    );
    assert.equal(outcome(exclusive, { policyArns: unknown }), "unknown");
  });

  it("r15 says nothing of a permissions boundary, nor of what grants by name", () => {
    const boundary = arn("AdministratorAccess");
    assert.equal(outcome("aws:iam/role:Role", { permissionsBoundary: boundary }), "pass");
    assert.equal(outcome("aws-native:iam:User", { permissionsBoundary: boundary }), "pass");
    assert.equal(outcome("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", { policyNames: ["x"] }), "pass");
  });

  it("r41 warns of a cluster's administrator, but not within namespaces", () => {
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    const access = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    assert.equal(outcome(access, { policyArn, accessScope: { type: "cluster" } }), "warn");
    assert.equal(outcome(access, { policyArn, accessScope: { type: "namespace", namespaces: ["n"] } }), "pass");
  });

  it("explains itself within five lines", () => {
    const [found] = results(attachment, { policyArn: arn("AdministratorAccess-Amplify", "aws-cn") });
    assert.match(found!.message, /^Attaches the AWS-managed policy AdministratorAccess-Amplify, which makes an/);
    assert.match(found!.message, /\nWhere: policyArn\nWhy: it lets its holder attach any policy to any role\nFix: /);
  });
});
