import assert from "node:assert/strict";
import { type Registration } from "../../engine/in-process/registration";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { takes } from "../support/aws-types";
import { everything, graph } from "../support/graph";

const takesRegion = (type: string) => takes(type, "region");

describe("the program's graph, everything switched on, in 17 regions", () => {
  let all: Registration[];
  let custom: Registration[];

  before(async () => {
    all = await graph({ regions: defaultRegions, settings: everything });
    custom = all.filter((each) => each.custom);
  });

  it("gives every resource a component as its parent", () => {
    const components = new Set(all.filter((each) => !each.custom).map(({ urn }) => urn));
    const orphans = custom.filter(({ parent }) => parent === undefined || !components.has(parent));
    assert.deepEqual(
      orphans.map(({ urn }) => urn),
      [],
    );
    assert.ok(custom.every(({ parent }) => parent?.includes("baseline:index:")));
  });

  it("names the region on every resource that takes one", () => {
    const without = custom.filter(({ type, inputs }) => takesRegion(type) && typeof inputs["region"] !== "string");
    assert.deepEqual(
      without.map(({ type, name }) => `${type} ${name}`),
      [],
    );
  });

  it("gives no region to what is not regional", () => {
    const odd = custom.filter(({ type, inputs }) => !takesRegion(type) && "region" in inputs);
    assert.deepEqual(
      odd.map(({ type }) => type),
      [],
    );
  });

  it("names every resource once, by the engine's rule", () => {
    assert.equal(new Set(all.map(({ urn }) => urn)).size, all.length);
  });

  const keepsEvidence = ["aws:s3/bucket:Bucket", "aws:cloudwatch/logGroup:LogGroup", "aws:backup/vault:Vault"];
  /** The settings of a bucket or vault: whatever names it as what it is a part of. */
  const locksEvidence = ({ type, inputs }: Registration) =>
    type !== "aws:s3/bucket:Bucket" && ("bucket" in inputs || "backupVaultName" in inputs);
  const isTrailKey = ({ name }: Registration) => /-audit-trail-key(-alias)?$/.test(name);

  it("leaves the evidence in the account with everything that locks it, and its key, whatever Pulumi deletes", () => {
    const kept = custom.filter((each) => keepsEvidence.includes(each.type) || locksEvidence(each) || isTrailKey(each));
    assert.deepEqual(
      custom.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name),
      kept.map(({ name }) => name),
    );
    assert.equal(kept.filter(locksEvidence).length, 3 * 6 + 2 + 1 + 1);
  });

  it("protects the evidence, what writes it and the keys, and nothing that can be made again", () => {
    const others = ["aws:cloudtrail/trail:Trail", "aws:kms/key:Key"];
    const changeableLock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
    for (const { type, name, protect, retainOnDelete } of custom) {
      const expected = others.includes(type) || (retainOnDelete && type !== changeableLock);
      assert.equal(protect, expected, `${type} ${name}`);
    }
  });

  it("names a bucket as the target of access logs only once its policy lets S3 write there", () => {
    const logged = custom.filter(({ type }) => type === "aws:s3/bucketLogging:BucketLogging");
    for (const { name, inputs, propertyDependencies } of logged) {
      assert.equal(typeof inputs["targetBucket"], "string", name);
      const after = (propertyDependencies["targetBucket"] ?? []).map((urn) => urn.split("::").at(-1));
      assert.ok(after.includes("baseline-audit-trail-access-logs-policy"), name);
    }
    assert.equal(logged.length, 2);
  });

  it("deletes first what an account or a region can have only one of", () => {
    const once =
      /:(Trail|Recorder|RecorderStatus|DeliveryChannel|Analyzer|SlackChannelConfiguration|TeamsChannelConfiguration)$/;
    assert.deepEqual(
      [...new Set(custom.filter(({ deleteBeforeReplace }) => deleteBeforeReplace).map(({ type }) => type))].sort(),
      [...new Set(custom.map(({ type }) => type).filter((type) => once.test(type)))].sort(),
    );
  });

  it("makes anew under another name what the AWS provider would rename, and what it would not start again", () => {
    const renamed = custom.filter(({ type }) => /:(Group|RecorderStatus)$/.test(type));
    assert.equal(renamed.length, defaultRegions.length + 1);
    renamed.forEach(({ name, replaceOnChanges }) => assert.deepEqual(replaceOnChanges, ["name"], name));
  });

  it("uses one provider: the default one", () => {
    assert.deepEqual(
      custom.filter(({ provider }) => provider !== "").map(({ name }) => name),
      [],
    );
  });

  it("passes its own policy pack, with nothing left to be decided at up", () => {
    const results = custom.flatMap(({ urn, type, name, inputs }) =>
      evaluateResource({ urn, type, name, props: inputs }),
    );
    assert.deepEqual(results, []);
  });

  it("puts the home region first into what depends on order, and covers each region once", () => {
    const detectors = custom.filter(({ type }) => type === "aws:guardduty/detector:Detector");
    assert.deepEqual(detectors.map(({ inputs }) => inputs["region"]).sort(), [...defaultRegions].sort());
  });

  it("can be inferred for other languages: no component name is taken twice", () => {
    const tokens = new Set(all.filter((each) => each.type.startsWith("baseline:")).map(({ type }) => type));
    for (const token of tokens) {
      assert.match(token, /^baseline:index:[A-Z][A-Za-z]+$/);
    }
  });
});

describe("growth with the number of regions", () => {
  const many = [...defaultRegions, "af-south-1", "ap-east-1", "eu-south-1", "me-south-1"];

  it("adds the same number of resources for each further region", async () => {
    const regions = ["us-east-1", ...many.filter((each) => each !== "us-east-1")];
    // AWS Health's copy is in one region alone: a rule and its target, once that region is covered.
    const copy = /-leak-response-health-us-west-2(-target)?$/;
    const sizes = await Promise.all(
      [1, 2, 4, 21].map(
        async (number) =>
          (await graph({ regions: regions.slice(0, number) })).filter(({ name }) => !copy.test(name)).length,
      ),
    );
    const [one = 0, two = 0, four = 0, twentyOne = 0] = sizes;
    const each = two - one;
    assert.deepEqual([four, twentyOne], [one + 3 * each, one + 20 * each]);
  });

  it("leaves an excluded region alone", async () => {
    const resources = await graph({ settings: { "aws-prevention-baseline:excludeRegions": ["eu-west-1"] } });
    assert.deepEqual(
      resources.filter(({ inputs }) => inputs["region"] === "eu-west-1"),
      [],
    );
  });

  it("refuses to exclude the home region", async () => {
    await assert.rejects(graph({ settings: { "aws-prevention-baseline:excludeRegions": ["us-east-1"] } }), {
      code: "region-not-enabled",
      exitCode: 2,
    });
  });
});

describe("switching controls off and on", () => {
  const names = (all: Registration[]) =>
    new Set(all.map(({ type }) => type).filter((each) => each.startsWith("baseline:")));
  const setting = (name: string, value: object) => ({ [`aws-prevention-baseline:${name}`]: value });
  const off = { enabled: false };

  for (const [name, component, also = {}] of [
    ["mfaEnforcement", "MfaEnforcement"],
    ["passwordPolicy", "PasswordPolicy"],
    ["auditTrail", "AuditTrail", setting("trailAlarms", off)],
    ["trailAlarms", "TrailAlarms"],
    ["iamAlerts", "IamAlerts"],
    ["threatDetection", "ThreatDetection"],
    ["leakResponse", "LeakResponse"],
    ["configRecording", "ConfigRecording"],
    ["complianceRules", "ComplianceRules"],
    ["externalAccess", "ExternalAccess"],
    ["accountGuards", "AccountGuards"],
    ["billingAlarm", "BillingAlarm"],
  ] as [string, string, object?][]) {
    it(`${name}.enabled: false leaves ${component} out and the rest in`, async () => {
      const [full, less] = await Promise.all([graph(), graph({ settings: { ...setting(name, off), ...also } })]);
      assert.ok(names(full).has(`baseline:index:${component}`));
      assert.ok(!names(less).has(`baseline:index:${component}`));
      assert.ok(names(less).has("baseline:index:AlertChannel"));
    });
  }

  for (const [name, component] of [
    ["supportRole", "SupportRole"],
    ["securityContact", "SecurityContact"],
    ["backup", "Backup"],
    ["ssmEndpoints", "SsmEndpoints"],
  ] as const) {
    it(`${component} comes only when it is asked for`, async () => {
      const key = `aws-prevention-baseline:${name}`;
      const asked = { [key]: everything[key] };
      const [usual, more] = await Promise.all([graph(), graph({ settings: asked })]);
      assert.ok(!names(usual).has(`baseline:index:${component}`));
      assert.ok(names(more).has(`baseline:index:${component}`));
      assert.deepEqual(
        [...names(usual)].filter((each) => !names(more).has(each)),
        [],
      );
    });
  }
});
