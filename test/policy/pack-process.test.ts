import assert from "node:assert/strict";
import { resolve } from "node:path";
import { everyPolicy } from "../../policy-pack/policies";
import { unknownString } from "../../policy-pack/values";
import { PolicyProcess, type PolicyResult } from "../../engine/policies/policy-process";
import { pairOf, pairs, withValue } from "./pairs";

const packDir = resolve(__dirname, "../../policy-pack");
const start = (policyConfig = {}): Promise<PolicyProcess> =>
  PolicyProcess.start({ packDir, project: "shop", stack: "dev", dryRun: true, policyConfig });

const admin = pairOf("iam-no-admin-wildcard", "aws:iam/policy:Policy").bad;
const secretOf = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const urnOf = (type: string): string => `urn:pulumi:dev::shop::${type}::subject`;

function analyze(pack: PolicyProcess, type: string, properties: unknown): Promise<PolicyResult[]> {
  return pack.analyze({ type, name: "subject", urn: urnOf(type), properties: properties as Record<string, unknown> });
}

describe("the pack in its process", () => {
  let pack: PolicyProcess;
  before(async () => (pack = await start()));
  after(() => pack.close());

  it("describes itself as the source does", () => {
    const { name, version, policies: served } = pack.info();
    assert.equal(name, "aws-prevention-baseline");
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(
      served.map(({ name: id, level, severity, url }) => ({ id, level, severity, url })),
      everyPolicy.map(({ id, level, severity, url }) => ({ id, level, severity, url })),
    );
    assert.ok(served.every(({ configProperties }) => "exceptions" in configProperties));
  });

  for (const { policy, type, level, bad, good, decisive, settled } of pairs) {
    const found = async (properties: unknown): Promise<PolicyResult[]> =>
      (await analyze(pack, type, properties)).filter(({ policyName }) => policyName === policy);

    it(`${policy}, ${type}: refused, passed, unknown, secret`, async () => {
      const [first, ...more] = await found(bad);
      assert.deepEqual([first?.level, first?.urn, more.length], [level, urnOf(type), 0]);
      assert.deepEqual(await found(good), []);

      const unknown = await found(withValue(bad, decisive, () => unknownString));
      assert.ok(
        unknown.every((each) => each.level === "advisory"),
        "an unknown input never blocks",
      );
      if (!settled) assert.match(unknown[0]?.message ?? "", /^Cannot tell yet/);

      const secret = await found(withValue(bad, decisive, secretOf));
      assert.equal(secret[0]?.level, level);
    });
  }

  it("reports what is certain before what is unknown", async () => {
    const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
    const rdp = { protocol: "tcp", fromPort: 3389, toPort: 3389 };
    const ingress = [
      { ...ssh, cidrBlocks: [unknownString] },
      { ...rdp, cidrBlocks: ["0.0.0.0/0"] },
    ];
    const found = await analyze(pack, "aws:ec2/securityGroup:SecurityGroup", { ingress });
    assert.deepEqual(
      found.map(({ level }) => level),
      ["mandatory", "advisory"],
    );
  });

  it("does not print a secret document", async () => {
    const marker = "hunter2Tr0ub4dor";
    const policy = JSON.stringify({
      Statement: [{ Sid: "Admin", Effect: "Allow", Action: ["*", marker], Resource: ["*", `arn:aws:s3:::${marker}`] }],
    });
    const found = await analyze(pack, "aws:iam/policy:Policy", { policy: secretOf(policy) });
    assert.equal(found[0]?.level, "mandatory");
    assert.match(found[0]?.message ?? "", /statement 1 \(Sid Admin\) allows iam:AttachUserPolicy on every user/);
    assert.ok(!JSON.stringify(found).includes(marker));
  });

  it("never fails on a malformed document, and answers afterwards", async () => {
    const values = ["{", "null", "[[]]", '"', 7, true, [], {}, { Statement: 7 }, { Statement: [null, 1, "x"] }, null];
    for (const value of values) {
      const found = await analyze(pack, "aws:iam/policy:Policy", { policy: value });
      assert.ok(found.every(({ level }) => level === "advisory"));
    }
    for (const ingress of [
      null,
      7,
      "x",
      {},
      [null],
      [7],
      [{ cidrBlocks: {} }],
      [{ protocol: [], cidrBlocks: [null, 7] }],
    ]) {
      await analyze(pack, "aws:ec2/securityGroup:SecurityGroup", { ingress });
    }
    assert.equal((await analyze(pack, "aws:iam/policy:Policy", admin)).length, 1);
  });

  it("says nothing about other resources, nor about a stack", async () => {
    assert.deepEqual(await analyze(pack, "aws:s3/bucket:Bucket", { policy: '{"Statement":' }), []);
    const type = "aws:iam/policy:Policy";
    assert.deepEqual(await pack.analyzeStack([{ type, name: "subject", urn: urnOf(type), properties: admin }]), []);
  });
});

describe("the pack under a configuration", () => {
  const type = "aws:ec2/securityGroup:SecurityGroup";
  const winrm = { ingress: [{ protocol: "tcp", fromPort: 5986, toPort: 5986, cidrBlocks: ["0.0.0.0/0"] }] };
  const withPack = async (
    config: Record<string, unknown>,
    use: (pack: PolicyProcess) => Promise<void>,
  ): Promise<void> => {
    const pack = await start(config);
    try {
      await use(pack);
    } finally {
      await pack.close();
    }
  };

  it("ports, exceptions that hold, exceptions that expired, other levels", async () => {
    const exceptions = [
      { resource: "subject", reason: "until the tender is over", expires: "2999-12-31" },
      { resource: "other", reason: "was needed once", expires: "2020-01-31" },
    ];
    const config = {
      "network-no-open-admin-ports": { ports: [5986], exceptions },
      "iam-no-admin-wildcard": "advisory",
    };
    await withPack(config, async (pack) => {
      const as = (name: string) =>
        pack.analyze({ type, name, urn: `urn:pulumi:dev::shop::${type}::${name}`, properties: winrm });
      assert.equal((await as("third"))[0]?.level, "mandatory");
      assert.deepEqual(await as("subject"), []);
      const [expired] = await as("other");
      assert.equal(expired?.level, "mandatory");
      assert.match(expired?.message ?? "", /expired on 2020-01-31/);
      assert.deepEqual(await analyze(pack, type, pairOf("network-no-open-admin-ports", type).bad), []);
      const [found] = await analyze(pack, "aws:iam/policy:Policy", admin);
      assert.equal(found?.level, "advisory");
    });
  });

  it("a misspelt key and a malformed exception are reported once, and never block", async () => {
    const config = { "network-no-open-admin-ports": { prots: [22], exceptions: [{ resource: "x", reason: "y" }] } };
    await withPack(config, async (pack) => {
      const first = await analyze(pack, "aws:s3/bucket:Bucket", {});
      assert.equal(first.length, 2);
      assert.ok(first.every(({ level }) => level === "advisory"));
      assert.match(first[0]?.message ?? "", /"prots" .* does not exist/);
      assert.match(first[1]?.message ?? "", /exceptions\[0\] .* no expires/);
      assert.deepEqual(await analyze(pack, "aws:s3/bucket:Bucket", {}), []);
    });
  });
});
