import assert from "node:assert/strict";
import {
  configProblems,
  evaluatePolicy,
  evaluateResource,
  packConfigProblems,
  policies,
  type Policy,
} from "../../../policy-pack/policies";

const urn = "urn:pulumi:prod::shop::aws:ec2/securityGroup:SecurityGroup::bastion";
const resource = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "bastion",
  urn,
  props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
};
const policy = policies.find(({ id }) => id === "network-no-open-admin-ports")!;
const today = new Date("2026-11-21T12:00:00Z");
const decide = (...exceptions: unknown[]) => evaluatePolicy(policy, resource, { exceptions }, policy.level, today);
const exception = (over: Record<string, unknown> = {}) => ({
  resource: "bastion",
  reason: "tender",
  expires: "2026-12-31",
  ...over,
});

describe("exceptions", () => {
  it("takes a resource out by its name, its URN, or a pattern of either", () => {
    for (const pattern of ["bastion", "bast*", urn, "urn:pulumi:prod::*::bastion", "*"]) {
      assert.deepEqual(decide(exception({ resource: pattern })), [], pattern);
    }
    for (const pattern of ["bastio", "Bastion", "urn:pulumi:dev::*", ""]) {
      assert.equal(decide(exception({ resource: pattern }))[0]?.level, "mandatory", pattern);
    }
  });

  it("holds through its last day, and blocks again after it, saying so", () => {
    assert.deepEqual(decide(exception({ expires: "2026-11-21" })), []);
    const [found] = decide(exception({ expires: "2026-11-20" }));
    assert.equal(found?.level, "mandatory");
    assert.match(found?.message ?? "", /expired on 2026-11-20/);
    assert.equal(found?.message.split("\n").length, 5);
    assert.deepEqual(decide(exception({ expires: "2026-11-20" }), exception()), []);
  });

  it("counts for nothing when it is malformed, and is reported", () => {
    const malformed = [
      [exception({ reason: "" }), /no reason/],
      [{ resource: "bastion", reason: "x" }, /no expires/],
      [exception({ expires: "31.12.2026" }), /not a date/],
      [exception({ expires: "2026-02-30" }), /not a date/],
      ["bastion", /not an object/],
      [null, /not an object/],
    ] as const;
    for (const [entry, problem] of malformed) {
      assert.equal(decide(entry)[0]?.level, "mandatory");
      const problems = configProblems(policy, { exceptions: [exception(), entry] });
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, problem);
      assert.match(problems[0]!, /exceptions\[1\]/);
    }
  });
});

describe("configuration", () => {
  it("reports misspelt keys and policies", () => {
    const problems = packConfigProblems({
      all: "mandatory",
      "network-no-open-admin-port": { ports: [22] },
      "network-no-open-admin-ports": { enforcementLevel: "advisory", port: [22] },
    });
    assert.equal(problems.length, 2);
    assert.match(problems[0]!, /"network-no-open-admin-port" does not exist/);
    assert.match(problems[1]!, /"port" .* does not exist; known are ports,/);
    assert.deepEqual(packConfigProblems({}), []);
  });

  it("takes the level of a policy before the level of all", () => {
    const levels = (config: Parameters<typeof evaluateResource>[1]) =>
      evaluateResource(resource, config).map(({ level }) => level);
    assert.deepEqual(levels({}), ["mandatory"]);
    assert.deepEqual(levels({ all: "advisory" }), ["advisory"]);
    assert.deepEqual(levels({ all: "disabled", "network-no-open-admin-ports": "mandatory" }), ["mandatory"]);
    assert.deepEqual(levels({ all: "disabled", "network-no-open-admin-ports": { ports: [22] } }), []);
    assert.deepEqual(levels({ "network-no-open-admin-ports": { enforcementLevel: "remediate" } }), ["mandatory"]);
  });

  it("survives a configuration that does not follow the schema", () => {
    for (const value of [null, "22", 22, {}, [null], [{}], ["x"]]) {
      for (const key of Object.keys(policy.configSchema.properties)) {
        assert.doesNotThrow(() => evaluatePolicy(policy, resource, { [key]: value }));
      }
    }
  });
});

describe("a policy that fails", () => {
  it("is an advisory that quotes nothing of the input", () => {
    const broken: Policy = {
      ...policy,
      evaluate: () => {
        throw new TypeError("cannot read hunter2");
      },
    };
    const [found, ...rest] = evaluatePolicy(broken, resource, {});
    assert.deepEqual(rest, []);
    assert.equal(found?.level, "advisory");
    assert.match(found?.message ?? "", /^Could not be evaluated: internal error \(TypeError\)/);
    assert.ok(!found?.message.includes("hunter2"));
  });
});

describe("every policy", () => {
  for (const { id, description, remediationSteps, url, frameworks, configSchema, resourceTypes } of policies) {
    it(`${id} describes itself`, () => {
      assert.match(id, /^[a-z0-9-]+$/);
      assert.ok(description.length > 20 && remediationSteps.length > 20);
      assert.match(url, /^https:\/\//);
      assert.ok(frameworks.every((each) => each.name && each.version && each.reference && each.specification));
      assert.ok("exceptions" in configSchema.properties);
      assert.ok(Object.values(configSchema.properties).every((schema) => (schema.description ?? "").length > 10));
      assert.equal(new Set(resourceTypes).size, resourceTypes.length);
    });
  }
});
