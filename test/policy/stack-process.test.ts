import assert from "node:assert/strict";
import { resolve } from "node:path";
import { everyPolicy, stackPolicies } from "../../policy-pack/policies";
import { unknownString } from "../../policy-pack/values";
import { PolicyProcess, type PolicyResult } from "../../engine/policies/policy-process";
import { dependencies, type StackMember, stackPairs, urnOf } from "./pairs/stack";

const packDir = resolve(__dirname, "../../policy-pack");
const secretOf = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

async function analyze(pack: PolicyProcess, members: readonly StackMember[]): Promise<PolicyResult[]> {
  return pack.analyzeStack(
    members.map((member) => ({
      type: member.type,
      name: member.name,
      urn: urnOf(member),
      properties: member.properties,
      propertyDependencies: dependencies(member, members),
    })),
  );
}

const secret = (members: readonly StackMember[]): StackMember[] =>
  members.map(({ properties, ...member }) => ({
    ...member,
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, value === unknownString ? value : secretOf(value)]),
    ),
  }));

describe("policies on stacks, in the pack's process", () => {
  const id = "network-no-open-admin-ports-combined";
  let pack: PolicyProcess;
  before(async () => (pack = await PolicyProcess.start({ packDir, project: "shop", stack: "dev", dryRun: true })));
  after(() => pack.close());

  it("are served as such, after the others", () => {
    assert.deepEqual(
      pack.info().policies.map(({ name, type, level, severity }) => ({ name, type, level, severity })),
      everyPolicy.map(({ id: name, level, severity }) => ({
        ...{ name, level, severity },
        type: stackPolicies.some((each) => each.id === name) ? "stack" : "resource",
      })),
    );
  });

  it("have a pair for every type they look at", () => {
    const needed = stackPolicies.flatMap(({ id: policy, resourceTypes }) => resourceTypes.map((t) => `${policy} ${t}`));
    assert.deepEqual(stackPairs.map(({ policy, type }) => `${policy} ${type}`).sort(), needed.sort());
    assert.ok(stackPairs.every(({ type, bad }) => bad.some((member) => member.type === type)));
  });

  for (const { policy, type, level, bad, good, unsure } of stackPairs) {
    it(`${policy}, ${type}: refused, passed, unknown, secret`, async () => {
      const [first, ...more] = await analyze(pack, bad);
      assert.deepEqual([first?.policyName, first?.level, more.length], [policy, level, 0]);
      assert.ok(bad.map(urnOf).includes(first?.urn ?? ""));
      assert.deepEqual(await analyze(pack, good), []);

      const [unknown, ...others] = await analyze(pack, unsure);
      assert.deepEqual([unknown?.level, others.length], ["advisory", 0]);
      assert.match(unknown?.message ?? "", /^Cannot tell yet/);

      assert.deepEqual(
        (await analyze(pack, secret(bad))).map((each) => [each.level, each.urn]),
        [[level, first?.urn]],
      );
    });
  }

  it("say nothing twice: what the policies on single resources refused", async () => {
    const members = stackPairs.flatMap(({ bad }) => bad.slice(0, 1));
    for (const member of members) {
      const found = await pack.analyze({ ...member, urn: urnOf(member) });
      assert.deepEqual(
        found.filter(({ policyName }) => policyName.startsWith("network-")),
        [],
      );
    }
  });

  it("never fail on malformed resources, and answer afterwards", async () => {
    const [{ bad } = { bad: [] }] = stackPairs;
    const values = [null, 7, "x", [], {}, [null, 7], unknownString, [{ cidrBlocks: {} }]];
    for (const value of values) {
      const broken = bad.map((member) => ({
        ...member,
        properties: Object.fromEntries(Object.keys(member.properties).map((key) => [key, value])),
      }));
      await analyze(pack, broken);
    }
    assert.equal((await analyze(pack, bad)).length, 1);
  });

  it("take a configuration, and report what is wrong with it once", async () => {
    const [{ bad } = { bad: [] }] = stackPairs;
    const policyConfig = { [id]: { ports: [5986], prots: [22] } };
    const other = await PolicyProcess.start({ packDir, project: "shop", stack: "dev", dryRun: false, policyConfig });
    try {
      const found = await analyze(other, bad);
      assert.deepEqual(
        found.map(({ level, message }) => [level, /"prots" .* does not exist/.test(message)]),
        [["advisory", true]],
      );
      assert.deepEqual(await analyze(other, bad), []);
    } finally {
      await other.close();
    }
  });
});
