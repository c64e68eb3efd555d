import assert from "node:assert/strict";
import { anonymousPrincipal, runSimulation } from "@cloud-copilot/iam-simulate";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { SsmEndpoints, type SsmEndpointsArgs } from "../../components/ssm-endpoints/ssm-endpoints";
import { interfaceEndpointPolicy, s3EndpointPolicy } from "../../components/ssm-endpoints/ssm-endpoint-policies";
import { type Registration } from "../../engine/in-process/registration";
import { declared, inputsText, place } from "../support/declared";
import { ofType, only } from "../support/graph";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const vpc = {
  region: "eu-west-1",
  vpcId: "vpc-0a1b2c3d",
  cidrBlocks: ["10.0.0.0/16", "100.64.0.0/20"],
  subnetIds: ["subnet-a", "subnet-b"],
  routeTableIds: ["rtb-a"],
};

const endpoints =
  (args: Partial<SsmEndpointsArgs> = {}) =>
  () =>
    new SsmEndpoints("ssm", { ...place, ...vpc, optionalServices: [], ...args });

const services = (all: Registration[]) =>
  ofType(all, endpointType).map(
    ({ inputs }) => `${String(inputs["vpcEndpointType"])} ${String(inputs["serviceName"])}`,
  );

describe("endpoints of Systems Manager", () => {
  const wanted: [what: string, args: Partial<SsmEndpointsArgs>, services: string[]][] = [
    ["the two that are needed, and S3", {}, ["ssm", "ssmmessages"]],
    ["those asked for besides", { optionalServices: ["kms", "logs"] }, ["ssm", "ssmmessages", "kms", "logs"]],
    ["each once", { optionalServices: ["ssm", "ec2messages"] }, ["ssm", "ssmmessages", "ec2messages"]],
    ["the same names in China", { region: "cn-north-1", partition: "aws-cn" }, ["ssm", "ssmmessages"]],
  ];
  for (const [what, args, names] of wanted) {
    it(`are ${what}`, async () => {
      const region = args.region ?? vpc.region;
      const expected = names.map((name) => `Interface com.amazonaws.${region}.${name}`);
      assert.deepEqual(services(await declared(endpoints(args))).sort(), [
        `Gateway com.amazonaws.${region}.s3`,
        ...expected.sort(),
      ]);
    });
  }

  it("answer by AWS's own names, in the subnets given; S3 by the route tables given", async () => {
    for (const { inputs } of ofType(await declared(endpoints()), endpointType)) {
      const { vpcEndpointType, privateDnsEnabled, subnetIds, routeTableIds, vpcId, region } = inputs;
      const gateway = vpcEndpointType === "Gateway";
      assert.deepEqual({ vpcId, region }, { vpcId: vpc.vpcId, region: vpc.region });
      assert.deepEqual(
        { privateDnsEnabled, subnetIds, routeTableIds },
        gateway
          ? { privateDnsEnabled: undefined, subnetIds: undefined, routeTableIds: vpc.routeTableIds }
          : { privateDnsEnabled: true, subnetIds: vpc.subnetIds, routeTableIds: undefined },
      );
    }
  });

  it("are reached on 443 from the VPC, and on nothing else from anywhere; and ask nobody", async () => {
    const all = await declared(endpoints());
    const doors = ofType(all, ruleType).map(({ inputs }) => {
      const { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = inputs;
      return [ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId];
    });
    const none = [undefined, undefined, undefined];
    assert.deepEqual(
      doors,
      vpc.cidrBlocks.map((range) => ["tcp", 443, 443, range, ...none]),
    );
    const { inputs } = only(all, groupType);
    assert.deepEqual([inputs["egress"], inputs["ingress"], inputs["vpcId"]], [[], undefined, vpc.vpcId]);
    assert.ok(!all.some(({ type }) => /egress/i.test(type)));
  });

  it("pass the project's own policies, with nothing left to be known", async () => {
    const all = await declared(endpoints({ optionalServices: ["ec2messages", "kms", "logs"] }));
    // What cannot be known at preview is the group's id, which says nothing about who is let in.
    for (const { urn, type, name, inputs } of all.filter(({ custom }) => custom)) {
      assert.deepEqual(evaluateResource({ urn, type, name, props: inputs }), [], name);
    }
  });

  it("name no other partition than the account's", async () => {
    const text = inputsText(await declared(endpoints({ region: "us-gov-west-1", partition: "aws-us-gov" })));
    assert.ok(!/arn:aws:/.test(text) && /arn:aws-us-gov:s3:::aws-ssm-us-gov-west-1\/\*/.test(text));
  });
});

describe("policies of the endpoints of Systems Manager", () => {
  const own = place.accountId;
  const other = "999999999999";
  const where = { partition: "aws", region: "eu-west-1", accountId: own };
  const object = (bucket: string) => `arn:aws:s3:::${bucket}/key`;
  const instance = `arn:aws:ec2:eu-west-1:${own}:instance/i-0a1b2c3d4e5f60718`;
  const amazon = "123123123123";

  const context = (asks: string, of: string) => ({
    ...(asks && { "aws:PrincipalAccount": asks }),
    "aws:ResourceAccount": of,
  });

  type Case = [
    what: string,
    service: string,
    /** Account of who asks; empty for nobody who says so. */
    asks: string,
    action: string,
    resource: string,
    /** Account of what is asked for. */
    of: string,
    allowed: boolean,
  ];
  const cases: Case[] = [
    ["an instance reports in", "ssm", own, "ssm:UpdateInstanceInformation", instance, own, true],
    ["a stolen key of another account", "ssm", other, "ssm:UpdateInstanceInformation", instance, other, false],
    ["a stolen key of another account, here", "ssm", other, "ssm:UpdateInstanceInformation", instance, own, false],
    ["own parameters", "ssm", own, "ssm:GetParameter", `arn:aws:ssm:eu-west-1:${own}:parameter/x`, own, true],
    [
      "another's parameters",
      "ssm",
      own,
      "ssm:GetParameter",
      `arn:aws:ssm:eu-west-1:${other}:parameter/x`,
      other,
      false,
    ],
    [
      "AWS's documents",
      "ssm",
      own,
      "ssm:GetDocument",
      "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
      amazon,
      true,
    ],
    ["another's documents", "ssm", own, "ssm:GetDocument", `arn:aws:ssm:eu-west-1:${other}:document/x`, other, false],
    [
      "AWS's parameters",
      "ssm",
      own,
      "ssm:GetParameter",
      "arn:aws:ssm:eu-west-1::parameter/aws/service/x",
      amazon,
      true,
    ],
    [
      "AWS's patch baselines",
      "ssm",
      own,
      "ssm:GetPatchBaseline",
      `arn:aws:ssm:eu-west-1:${amazon}:patchbaseline/pb-0a1b2c3d4e5f60718`,
      amazon,
      true,
    ],
    ["the agent's channel", "ssmmessages", own, "ssmmessages:OpenControlChannel", "*", own, true],
    ["another account's channel", "ssmmessages", other, "ssmmessages:OpenControlChannel", "*", other, false],
    ["the old agent's channel", "ec2messages", own, "ec2messages:GetMessages", "*", own, true],
    ["another account's old channel", "ec2messages", other, "ec2messages:GetMessages", "*", other, false],
    ["own keys", "kms", own, "kms:Decrypt", `arn:aws:kms:eu-west-1:${own}:key/x`, own, true],
    ["another's keys", "kms", own, "kms:Decrypt", `arn:aws:kms:eu-west-1:${other}:key/x`, other, false],
    ["own buckets", "s3", own, "s3:PutObject", object("ours"), own, true],
    ["data carried out to another's bucket", "s3", own, "s3:PutObject", object("theirs"), other, false],
    ["data carried out with another's key", "s3", other, "s3:PutObject", object("theirs"), other, false],
    ["another's key on own buckets", "s3", other, "s3:GetObject", object("ours"), own, false],
    ["modules of documents", "s3", own, "s3:GetObject", object("aws-ssm-eu-west-1"), amazon, true],
    ["patch baselines, unsigned", "s3", "", "s3:GetObject", object("patch-baseline-snapshot-eu-west-1"), amazon, true],
    ["agent updates, unsigned", "s3", "", "s3:GetObject", object("amazon-ssm-eu-west-1"), amazon, true],
    ["patching, unsigned", "s3", "", "s3:GetObject", object("aws-patch-manager-eu-west-1-5522fb710"), amazon, true],
    ["packages, unsigned", "s3", "", "s3:GetObject", object("al2023-repos-eu-west-1-de612dc2"), amazon, true],
    ["a bucket named like AWS's", "s3", own, "s3:GetObject", object("aws-ssm-eu-west-1-evil"), other, false],
    ["AWS's buckets of another region", "s3", own, "s3:GetObject", object("aws-ssm-us-east-1"), amazon, false],
    ["writing to AWS's buckets", "s3", own, "s3:PutObject", object("aws-ssm-eu-west-1"), amazon, false],
    ["others' public data, unsigned", "s3", "", "s3:GetObject", object("public-data"), other, false],
  ];
  for (const [what, service, asks, action, resource, of, allowed] of cases) {
    it(`${allowed ? "let through" : "stop"} ${what} (${action})`, async () => {
      const document = service === "s3" ? s3EndpointPolicy(where) : interfaceEndpointPolicy(service, where);
      // What belongs to no account the simulator does not take.
      const standIn = (text: string) => text.replaceAll(":eu-west-1::", `:eu-west-1:${amazon}:`);
      const signed = { principal: `arn:aws:iam::${asks}:role/x`, contextVariables: context(asks, of) };
      const unsigned = { principal: anonymousPrincipal, contextVariables: context("", of) };
      const result = await runSimulation(
        {
          request: {
            action,
            resource: { resource: standIn(resource), accountId: of },
            ...(asks ? signed : unsigned),
          },
          identityPolicies: [],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          vpcEndpointPolicies: [{ name: "endpoint", policy: JSON.parse(standIn(document)) as object }],
        },
        {},
      );
      const said = JSON.stringify(result).slice(0, 1000);
      assert.equal(result.resultType, "single", said);
      // Whether the request is granted is for other policies to say; the endpoint's part is all that counts here.
      const { analysis } = (result as { result: { analysis: { endpointAnalysis?: { result: string } } } }).result;
      assert.ok(analysis.endpointAnalysis, said);
      assert.equal(analysis.endpointAnalysis.result === "Allowed", allowed, said);
    });
  }

  it("stay below what EC2 takes for an endpoint policy in every region", () => {
    for (const region of ["us-east-1", "ap-southeast-4", "me-south-1", "cn-north-1"]) {
      assert.ok(s3EndpointPolicy({ ...where, region }).length < 20_480);
    }
  });
});
