import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Emulator } from "../../sandbox/emulator";
import { createClients, createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import { startEmulator } from "../support/emulator";

const urnOf = (type: string, name = "it") => `urn:pulumi:test::baseline::a:b:C$${type}::${name}`;
const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const POLICY = "aws:iam/policy:Policy";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

describe("sandbox provider", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  async function create(type: string, given: Props, name = "it"): Promise<{ id: string; outs: Props }> {
    const { inputs } = (await provider.check(urnOf(type, name), {}, given)) as { inputs: Props };
    return (await provider.create(urnOf(type, name), inputs)) as { id: string; outs: Props };
  }

  describe("check", () => {
    it("names what has no name like @pulumi/aws, and keeps the name", async () => {
      const first = await provider.check(urnOf(POLICY, "deny"), {}, { policy: "{}" });
      const name = (first.inputs as Props)["name"];
      assert.match(String(name), /^deny-[0-9a-f]{7}$/);
      const second = await provider.check(urnOf(POLICY, "deny"), first.inputs as Props, { policy: "{}" });
      assert.equal((second.inputs as Props)["name"], name);
    });
    it("names a bucket in lower case", async () => {
      const checked = await provider.check(urnOf("aws:s3/bucket:Bucket", "Logs"), {}, {});
      assert.match(String((checked.inputs as Props)["bucket"]), /^logs-[0-9a-f]{7}$/);
    });
    it("fills in the provider's region, for regional types only", async () => {
      const regional = (await provider.check(urnOf(DETECTOR), {}, {})).inputs as Props;
      assert.deepEqual(regional, { enable: true, region: "us-east-1" });
      const global = (await provider.check(urnOf("aws:iam/group:Group"), {}, { name: "g" })).inputs as Props;
      assert.equal("region" in global, false);
    });
    it("makes text of a policy given as an object, and a secret or an unknown of one that holds such", async () => {
      const checked = async (policy: unknown) =>
        ((await provider.check(urnOf(POLICY), {}, { name: "n", policy })).inputs as Props)["policy"];
      assert.equal(await checked({ Version: "2012-10-17" }), '{"Version":"2012-10-17"}');
      assert.deepEqual(await checked({ Statement: secret("s") }), secret('{"Statement":"s"}'));
      assert.equal(await checked({ Statement: [{ Resource: UNKNOWN }] }), UNKNOWN);
    });
    it("says which type it cannot provision", async () => {
      const { failures } = await provider.check(urnOf("aws:rds/instance:Instance"), {}, {});
      assert.match(String(failures?.[0]?.reason), /cannot provision aws:rds\/instance:Instance/);
    });
    it("says what is missing", async () => {
      const { failures } = await provider.check(urnOf(FEATURE), {}, { name: "S3_DATA_EVENTS" });
      assert.deepEqual(
        failures?.map(({ property }) => property),
        ["detectorId", "status"],
      );
    });
  });

  describe("diff", () => {
    const olds = { arn: "arn:x", __inputs: { name: "n", path: "/", policy: "{}", description: "d" } };
    const diff = (news: Props) => provider.diff("id", urnOf(POLICY), olds, news);
    it("sees no change in the same document spelt otherwise", async () => {
      assert.equal((await diff({ name: "n", path: "/", policy: " { } ", description: "d" })).changes, false);
    });
    it("sees a property taken out of the program, and replaces where AWS cannot change it", async () => {
      const { changes, replaces } = await diff({ name: "n", path: "/", policy: "{}" });
      assert.deepEqual({ changes, replaces }, { changes: true, replaces: ["description"] });
    });
    it("takes what is not known yet for a change", async () => {
      const { changes, replaces } = await diff({ name: "n", path: "/", policy: UNKNOWN, description: "d" });
      assert.deepEqual({ changes, replaces }, { changes: true, replaces: [] });
    });
    it("deletes first what the program gives a name, as the AWS plugin does, also another name", async () => {
      const change = { path: "/other/", policy: "{}", description: "d" };
      assert.equal((await diff({ name: "n", ...change })).deleteBeforeReplace, true);
      assert.equal((await diff({ name: "m", ...change })).deleteBeforeReplace, true);
    });
  });

  it("keeps secret what came as a secret", async () => {
    const { outs } = await create("aws:iam/group:Group", { name: secret("hidden"), path: "/x/" });
    assert.deepEqual(outs["name"], secret("hidden"));
    assert.equal(outs["path"], "/x/");
    await provider.delete("hidden", urnOf("aws:iam/group:Group"), outs);
  });

  it("keeps in its own record what it does not implement, and says so", async () => {
    const given = { name: "g", nameOfTheMoon: "luna" };
    const { id, outs } = await create("aws:iam/group:Group", given, "moon");
    const urn = urnOf("aws:iam/group:Group", "moon");
    assert.deepEqual(
      provider
        .recorded()
        .filter((each) => each.urn === urn)
        .map(({ property }) => property),
      ["nameOfTheMoon"],
    );
    const found = await provider.read(id, urn, outs);
    assert.equal((found.inputs as Props)["nameOfTheMoon"], "luna");
    await provider.delete(id, urn, outs);
    assert.deepEqual(
      provider.recorded().filter((each) => each.urn === urn),
      [],
    );
  });

  it("reads a resource it has no record of, as an import does", async () => {
    const { id } = await create("aws:iam/group:Group", { name: "there", path: "/a/" });
    const found = await provider.read(id, urnOf("aws:iam/group:Group"));
    assert.deepEqual(found.inputs, { name: "there", path: "/a/" });
  });

  it("reads a regional resource by the import id of @pulumi/aws", async () => {
    const { id } = await create("aws:sns/topic:Topic", { region: "eu-central-1", name: "imported" });
    const found = await provider.read(`${id}@eu-central-1`, urnOf("aws:sns/topic:Topic"));
    assert.equal(found.id, id);
    assert.equal((found.inputs as Props)["region"], "eu-central-1");
    assert.equal((found.inputs as Props)["name"], "imported");
  });

  it("tells the id of what was made before a later call failed", async () => {
    const ingress = [{ protocol: "tcp", fromPort: 1, toPort: 1, cidrBlocks: ["nonsense"] }];
    const given = { region: "eu-west-1", name: "half", ingress };
    await assert.rejects(create("aws:ec2/securityGroup:SecurityGroup", given), (error: Error & { id?: string }) => {
      assert.match(String(error.id), /^sg-/);
      assert.match(error.message, /nonsense/);
      return true;
    });
  });

  it("loses none of the features set on a detector at the same time", async () => {
    const { id, outs } = await create(DETECTOR, { region: "us-west-2" });
    const names = [
      "S3_DATA_EVENTS",
      "EKS_AUDIT_LOGS",
      "EBS_MALWARE_PROTECTION",
      "RDS_LOGIN_EVENTS",
      "LAMBDA_NETWORK_LOGS",
    ];
    const feature = (name: string) => create(FEATURE, { region: "us-west-2", detectorId: id, name, status: "ENABLED" });
    const made = await Promise.all(names.map(feature));
    const { Features } = await provider.clients.guardduty("us-west-2").getDetector({ DetectorId: id });
    assert.deepEqual(Features?.map(({ Name }) => Name).sort(), [...names].sort());
    await provider.delete(id, urnOf(DETECTOR), outs);
    const gone = await Promise.all(made.map((each) => provider.read(each.id, urnOf(FEATURE), each.outs)));
    assert.deepEqual(
      gone.map((each) => each.id),
      names.map(() => ""),
      "a feature goes with its detector",
    );
  });

  it("refuses a second detector in a region, like AWS", async () => {
    await create(DETECTOR, { region: "eu-west-3" });
    await assert.rejects(create(DETECTOR, { region: "eu-west-3" }), /detector already exists/);
  });

  it("keeps five versions of a policy", async () => {
    const document = (action: string) =>
      JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Deny", Action: action, Resource: "*" } });
    const { id, outs } = await create(POLICY, { name: "often", policy: document("s3:A0") });
    let state = outs;
    for (const round of [1, 2, 3, 4, 5, 6]) {
      const news = { name: "often", path: "/", policy: document(`s3:A${round}`) };
      state = (await provider.update(id, urnOf(POLICY), state, news)).outs as Props;
    }
    const { Versions = [] } = await provider.clients.iam().listPolicyVersions({ PolicyArn: id });
    assert.deepEqual(Versions.map(({ VersionId }) => VersionId).sort(), ["v3", "v4", "v5", "v6", "v7"]);
    assert.equal(Versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId, "v7");
  });

  it("says which action the emulator lacks, without minutes of retries", async () => {
    await assert.rejects(
      provider.clients.cloudtrail().listImports({}),
      (error: Error & { $metadata?: { attempts?: number } }) =>
        error.name === "NotImplemented" && /list_imports/.test(error.message) && error.$metadata?.attempts === 1,
    );
  });

  describe("invoke", () => {
    const invoke = async (token: string, inputs: Props = {}) => (await provider.invoke(token, inputs)).outputs as Props;
    it("tells the 17 regions of a new account", async () => {
      const { names } = (await invoke("aws:index/getRegions:getRegions")) as { names: string[] };
      assert.equal(names.length, 17);
      assert.ok(names.includes("eu-north-1") && !names.includes("af-south-1") && !names.includes("us-gov-west-1"));
    });
    it("tells all regions, or those asked for", async () => {
      const all = await invoke("aws:index/getRegions:getRegions", { allRegions: true });
      assert.ok((all["names"] as string[]).includes("af-south-1"));
      const filters = [{ name: "opt-in-status", values: ["not-opted-in"] }];
      const off = await invoke("aws:index/getRegions:getRegions", { allRegions: true, filters });
      assert.equal((off["names"] as string[]).length, (all["names"] as string[]).length - 17);
    });
    it("tells who and where", async () => {
      assert.equal((await invoke("aws:index/getCallerIdentity:getCallerIdentity"))["accountId"], emulator.accountId);
      assert.equal((await invoke("aws:index/getPartition:getPartition"))["partition"], "aws");
      assert.equal((await invoke("aws:index/getRegion:getRegion"))["region"], "us-east-1");
    });
    it("tells users, by a pattern", async () => {
      await provider.clients.iam().createUser({ UserName: "ann" });
      await provider.clients.iam().createUser({ UserName: "bob" });
      assert.deepEqual((await invoke("aws:iam/getUsers:getUsers", { nameRegex: "^a" }))["names"], ["ann"]);
    });
    it("says which function it does not know", async () => {
      await assert.rejects(invoke("aws:ec2/getAmi:getAmi"), /cannot answer aws:ec2\/getAmi:getAmi/);
    });
  });
});

describe("sandbox clients", () => {
  it("sign with credentials of their own, whatever the environment says", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.writeHead(400).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const marker = { AWS_ACCESS_KEY_ID: "AKIAMARKER", AWS_SECRET_ACCESS_KEY: "m", AWS_SESSION_TOKEN: "TOKENMARKER" };
    const others = {
      AWS_PROFILE: "nobody",
      AWS_REGION: "ap-south-1",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_ENDPOINT_URL: "https://iam.amazonaws.com",
    };
    const before = { ...process.env };
    Object.assign(process.env, marker, others);
    try {
      const clients = createClients(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const calls = [
        clients.iam().listUsers({}),
        clients.s3().listBuckets({}),
        clients.sts().getCallerIdentity({}),
        clients.ec2("eu-west-1").describeVpcs({}),
        // Its SDK would put the account's id before the host's name.
        clients.s3control().getPublicAccessBlock({ AccountId: "123456789012" }),
        clients.account().getAlternateContact({ AlternateContactType: "SECURITY" }),
        clients.backup().listBackupPlans({}),
        clients.ssm().getServiceSetting({ SettingId: "/x" }),
      ];
      await Promise.allSettled(calls);
      clients.destroy();
    } finally {
      process.env = before;
      server.close();
    }
    assert.ok(seen.length >= 8, "every call arrived here");
    assert.ok(
      seen.every((headers) => headers.includes("Credential=sandbox/")),
      "signed as the sandbox",
    );
    assert.ok(!seen.some((headers) => /MARKER/.test(headers)), "and never with the environment's credentials");
    assert.ok(!seen.some((headers) => headers.includes("ap-south-1")), "nor for the environment's region");
  });

  it("are not made for an endpoint elsewhere", () => {
    assert.throws(() => createClients("https://iam.amazonaws.com"), { code: "endpoint-not-loopback" });
    assert.throws(() => createSandboxProvider({ endpoint: undefined }), { code: "endpoint-not-loopback" });
  });
});
