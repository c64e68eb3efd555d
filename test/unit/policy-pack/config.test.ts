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

describe("values of the configuration", () => {
  const network = "network-no-open-admin-ports";
  const iam = "iam-no-admin-wildcard";
  const wrong: [config: unknown, ...problems: RegExp[]][] = [
    [
      { [network]: { ports: [22, 70000] } },
      /^network-no-open-admin-ports\.ports\[1\] = 70000: allowed is a whole number at/,
    ],
    [{ [network]: { ports: ["22"] } }, /ports\[0\] = "22": allowed is a whole number at least 0 and at most 65535/],
    [{ [network]: { ports: [22.5] } }, /ports\[0\] = 22\.5: /],
    [
      { [network]: { ports: 22 } },
      /ports = 22: allowed is a list, each a whole number .* default of ports, \[22,3389\], is/,
    ],
    [
      { [network]: { internetShare: 0 } },
      /internetShare = 0: allowed is a number above 0 and at most 1; .* 0\.01, is used/,
    ],
    [{ [network]: { internetShare: -1 } }, /internetShare = -1: /],
    [{ [network]: { internetShare: 7 } }, /internetShare = 7: /],
    [{ [network]: { internetShare: NaN } }, /internetShare = NaN: /],
    [{ [network]: { internetShare: Infinity } }, /internetShare = Infinity: /],
    [{ [network]: { internetShare: "0.5" } }, /internetShare = "0\.5": /],
    [{ [network]: { allowedCidrs: "0.0.0.0/0" } }, /allowedCidrs = "0\.0\.0\.0\/0": allowed is a list, each a text/],
    [{ [network]: { allowedCidrs: [7] } }, /allowedCidrs\[0\] = 7: /],
    [{ [network]: { exceptions: { resource: "*" } } }, /exceptions = \{"resource":"\*"\}: allowed is a list/],
    [
      { [network]: { enforcementLevel: "mandtory" } },
      /ports\.enforcementLevel = "mandtory": allowed is one of advisory, m/,
    ],
    [{ [network]: "advisroy" }, /ports = "advisroy": allowed is an object with .* or one of advisory, /],
    [{ [network]: null }, /network-no-open-admin-ports = null: /],
    [{ [network]: ["disabled"] }, /network-no-open-admin-ports = \["disabled"\]: /],
    [{ [network]: 7 }, /network-no-open-admin-ports = 7: /],
    [{ all: "advisroy" }, /^all = "advisroy": /],
    [{ all: { enforcementLevel: "off" } }, /^all\.enforcementLevel = "off": /],
    [{ all: { ports: [22] } }, /key "ports" of all does not exist/],
    [
      { [iam]: { allowAdminWithMfa: "yes" } },
      /allowAdminWithMfa = "yes": allowed is true or false; .* false, is used\.$/,
    ],
    [{ [network]: { ports: [-1], internetShare: 2 } }, /ports\[0\] = -1/, /internetShare = 2/],
    [{ [network]: { constructor: 1 } }, /"constructor" .* does not exist/],
    [null, /^configuration = null: allowed is an object of policy names/],
    [undefined, /^configuration = undefined: /],
    [[], /^configuration = \[\]: /],
    ["mandatory", /^configuration = "mandatory": /],
    [7, /^configuration = 7: /],
  ];
  for (const [config, ...expected] of wrong) {
    it(`are reported and weaken nothing: ${JSON.stringify(config)} ${String(expected[0]).slice(0, 40)}`, () => {
      const problems = packConfigProblems(config);
      assert.equal(problems.length, expected.length, problems.join("\n"));
      expected.forEach((pattern, index) => assert.match(problems[index]!, pattern));
      const found = evaluateResource(resource, config as Parameters<typeof evaluateResource>[1]);
      assert.deepEqual(
        found.map(({ level }) => level),
        ["mandatory"],
      );
    });
  }

  it("are no problem when they are right", () => {
    const config = {
      all: { enforcementLevel: "advisory" },
      [network]: {
        enforcementLevel: "remediate",
        ports: [0, 65535],
        internetShare: 1,
        allowedCidrs: [],
        exceptions: [],
      },
      [iam]: "disabled",
    };
    assert.deepEqual(packConfigProblems(config), []);
    assert.deepEqual(configProblems(policy, { enforcementLevel: "mandatory", allowedPrefixLists: ["pl-1"] }), []);
  });

  it("are checked for one policy, whatever is given for an object", () => {
    for (const value of [null, undefined, [], "x", 7]) {
      assert.equal(configProblems(policy, value).length, 1);
      assert.equal(evaluatePolicy(policy, resource, value as never)[0]?.level, "mandatory");
    }
  });

  it("a misspelt level does not fall back to a lower one for all", () => {
    const [found] = evaluateResource(resource, { all: "disabled", [network]: { enforcementLevel: "mandtory" } });
    assert.equal(found?.level, "mandatory");
  });

  it("no share of the internet switches the policy off, checked or not", () => {
    for (const internetShare of [1.5, 100, Infinity, 0, -1, NaN]) {
      assert.equal(policy.evaluate(resource, { internetShare }).length, 1);
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
