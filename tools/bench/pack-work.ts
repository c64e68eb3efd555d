import { type Resource } from "aws-prevention-baseline-policy-pack/policies";

/** What the policy pack is given to do, by name. */
export const packWork: Readonly<Record<string, () => Resource[]>> = {
  "1,000 IAM documents of 20 statements": () => documents(1000, 20),
  "one document of 1,000 statements": () => documents(1, 1000),
  "10 MB of wildcards": () => [
    policy(0, [allow(["iam:*Policy*".repeat(400_000)], ["arn:aws:iam::*"]), ...wildcards()]),
  ],
  "10 MB of user data": () => [resource("aws:ec2/instance:Instance", 0, { userData: "echo AKIA ".repeat(1_000_000) })],
};

const services = ["s3", "ec2", "iam", "lambda", "dynamodb", "kms", "sqs", "sns", "logs", "rds"];

function documents(number: number, statements: number): Resource[] {
  return Array.from({ length: number }, (_, at) =>
    policy(
      at,
      Array.from({ length: statements }, (_, index) => varied(at + index)),
    ),
  );
}

/** Every tenth of them is about IAM, some deny, some have a condition, as in programs. */
function varied(at: number): object {
  const service = services[at % services.length] ?? "s3";
  const actions = [`${service}:Get*`, `${service}:List*`, `${service}:Put*Policy`, `${service}:Describe?*`];
  const resources = [
    `arn:aws:${service}:*:123456789012:thing/team-${at % 7}/*`,
    `arn:aws:${service}:::shared-${at % 5}*`,
  ];
  const condition = at % 4 === 0 ? { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } } : {};
  return { ...allow(actions, resources), Effect: at % 6 === 0 ? "Deny" : "Allow", ...condition };
}

function allow(Action: string[], Resource: string[]): object {
  return { Effect: "Allow", Action, Resource };
}

function wildcards(): object[] {
  return Array.from({ length: 100 }, (_, at) => allow([`${"*?".repeat(25_000)}${at}`], ["*"]));
}

function policy(at: number, Statement: object[]): Resource {
  return resource("aws:iam/policy:Policy", at, { policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}

function resource(type: string, at: number, props: Record<string, unknown>): Resource {
  return { type, name: `r${at}`, urn: `urn:pulumi:bench::bench::${type}::r${at}`, props };
}

/** The resources of a preview: some of each of the types that programs have most of. */
export function previewResources(number: number): Resource[] {
  const kinds: ((at: number) => Resource)[] = [
    (at) =>
      policy(
        at,
        Array.from({ length: 5 }, (_, index) => varied(at + index)),
      ),
    (at) => resource("aws:s3/bucket:Bucket", at, { bucket: `b-${at}`, tags: { team: "a" } }),
    (at) =>
      resource("aws:lambda/function:Function", at, { environment: { variables: { TABLE: `t-${at}`, STAGE: "dev" } } }),
    (at) =>
      resource("aws:ec2/securityGroup:SecurityGroup", at, {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
      }),
    (at) => resource("aws:iam/role:Role", at, { assumeRolePolicy: JSON.stringify({ Statement: [trust] }) }),
  ];
  return Array.from({ length: number }, (_, at) => kinds[at % kinds.length]!(at));
}

const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };

// Run as a process of its own, so that what it takes is measured from outside: `pack-work.js <name>`.
if (require.main === module) {
  void import("aws-prevention-baseline-policy-pack/policies").then(({ evaluateResource }) => {
    const make = packWork[process.argv[2] ?? ""];
    if (make === undefined) throw new Error("no such work");
    make().forEach((each) => void evaluateResource(each));
  });
}
