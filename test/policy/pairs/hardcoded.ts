import { fakeKeyId, fakeSecret } from "../../support/fake-keys";
import { type Pair } from "./pair";

const policy = "no-hardcoded-credentials";
const id = fakeKeyId();
const secret = fakeSecret();
const settled = true;
const variables = (more: Record<string, string>) => ({ environment: { variables: { STAGE: "dev", ...more } } });
const task = (value: string) => JSON.stringify([{ name: "web", environment: [{ name: "SETTING", value }] }]);
const script = (line: string): string => Buffer.from(`#!/bin/sh\n${line}\n`).toString("base64");
const machine = { metadataOptions: { httpTokens: "required" } };

/** The policy looks at every type; these stand for the ways a key gets into an input. */
export const hardcodedPairs: readonly Pair[] = [
  {
    policy,
    type: "aws:lambda/function:Function",
    level: "mandatory",
    bad: variables({ AWS_SECRET_ACCESS_KEY: secret }),
    good: variables({ ROLE: "arn:aws:iam::123456789012:role/app" }),
    decisive: ["environment", "variables", "AWS_SECRET_ACCESS_KEY"],
  },
  {
    policy,
    type: "aws:ec2/instance:Instance",
    level: "mandatory",
    bad: { ...machine, userDataBase64: script(`export KEY=${id}`) },
    good: { ...machine, userDataBase64: script("yum update") },
    decisive: ["userDataBase64"],
    settled,
  },
  {
    policy,
    type: "aws:ecs/taskDefinition:TaskDefinition",
    level: "mandatory",
    bad: { family: "web", containerDefinitions: task(id) },
    good: { family: "web", containerDefinitions: task("no key") },
    decisive: ["containerDefinitions"],
    settled,
  },
  {
    policy,
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    level: "advisory",
    bad: { secretId: "s", secretString: JSON.stringify({ id, secret }) },
    good: { secretId: "s", secretString: "correct horse battery staple" },
    decisive: ["secretString"],
    settled,
  },
  {
    policy,
    type: "pulumi:providers:aws",
    level: "advisory",
    bad: { region: "us-east-1", accessKey: id, secretKey: secret },
    good: { region: "us-east-1", profile: "dev" },
    decisive: ["accessKey"],
    settled,
  },
];
