import assert from "node:assert/strict";
import { controls } from "../../components/controls";
import { type DriftRequest, lookForDrift, type StackDrift } from "../../operations/watch/drift/look";
import { lookAndFix } from "../../operations/watch/drift/session";
import { accountClients } from "../../aws/account-clients";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { type AwsClients } from "../../aws/clients";
import { titled } from "../support/conditions";
import { everything } from "../support/graph";
import { practice, type Practice } from "../support/practice";
import { type Scene } from "./drift-case";
import { driftCases } from "./drift-cases";

const home = "ap-northeast-2";
const away = "eu-west-1";
const regions = [home, "us-east-1", away];

describe("drift, with each control tampered with", function () {
  this.timeout(600_000);
  let stage: Practice;
  let aws: AwsClients;
  let scene: Scene;
  let request: DriftRequest & { host: Practice["host"] };
  let clean: StackDrift;
  let found: StackDrift;

  before(async () => {
    stage = await practice(undefined, { ...everything, "aws:region": home });
    await stage.aws.iam().createUser({ UserName: "mina" });
    await stage.aws.iam().createGroup({ GroupName: "developers" });
    const { Vpcs: [vpc] = [] } = await stage.aws.ec2(away).describeVpcs({});
    stage.set(
      "excludeRegions",
      defaultRegions.filter((each) => !regions.includes(each)),
    );
    stage.set("ssmEndpoints", { vpcs: [{ region: away, vpcId: vpc?.VpcId }] });
    await stage.host.up("index");
    aws = accountClients({ endpoint: stage.emulator.endpoint, defaultRegion: home });
    scene = { aws, accountId: stage.emulator.accountId, home, away };
    request = { host: stage.host, project: "p", stack: "practice", aws, who: false, regions };
    clean = await lookForDrift(request);
    for (const { tamper } of driftCases) {
      await tamper?.(scene);
    }
    found = await lookForDrift(request);
  });
  after(async () => {
    aws?.destroy();
    await stage?.end();
  });

  it("is clean before", () => assert.deepEqual([clean.state, clean.items], ["clean", []]));

  it("knows a way to tamper with every control there is", () =>
    assert.deepEqual(driftCases.map(({ control }) => control).sort(), controls.map(({ id }) => id).sort()));

  for (const { control, says, skipped, type, region, change = "changed", properties = [], severity } of driftCases) {
    it(titled(`${control}: ${says}`, skipped && `skipped: ${skipped}`), function () {
      if (skipped !== undefined) {
        this.skip();
      }
      const items = found.items.filter((each) => each.control === control);
      assert.deepEqual(
        items.map((each) => [each.type.split(":").at(-1), each.region, each.change, each.severity]),
        [[type, region?.(scene), change, severity]],
      );
      assert.deepEqual(items[0]?.differences.map(({ path }) => path).sort(), [...properties].sort());
      assert.match(items[0]?.at?.path ?? "", /^components\/.+\.ts$/);
    });
  }

  it("reports nothing else, the worst first", () => {
    const tampered = driftCases.filter(({ tamper }) => tamper);
    assert.equal(found.items.length, tampered.length);
    assert.equal(found.state, "drifted");
    assert.deepEqual([found.items[0]?.severity, found.items.at(-1)?.severity], ["critical", "medium"]);
  });

  it("sees what the program does not manage", async () => {
    await aws.iam().createUser({ UserName: "intruder" });
    await aws.s3("us-east-1").createBucket({ Bucket: "elsewhere-logs" });
    await aws.cloudtrail("us-east-1").createTrail({ Name: "shadow", S3BucketName: "elsewhere-logs" });
    await aws.guardduty("eu-north-1").createDetector({ Enable: true });
    const { items } = await lookForDrift({ ...request, regions: [...regions, "eu-north-1"] });
    assert.deepEqual(
      items
        .filter(({ change }) => change === "unmanaged")
        .map(({ control, severity, region, name }) => [control, severity, region, name.slice(0, 8)]),
      [
        ["AuditTrail", "high", "us-east-1", "shadow"],
        ["MfaEnforcement", "high", undefined, "intruder"],
        [
          "ThreatDetection",
          "medium",
          "eu-north-1",
          items.find(({ region }) => region === "eu-north-1")?.name.slice(0, 8),
        ],
      ],
    );
    const known = { ...request, exemptUsers: ["intruder"] };
    const { items: fewer } = await lookForDrift(known);
    assert.ok(!fewer.some(({ name }) => name === "intruder"));
  });

  it("puts back what is drifted and nothing else, and is clean after", async () => {
    const said: string[] = [];
    const output = { write: (text: string) => said.push(text) } as unknown as NodeJS.WritableStream;
    const { report, exitCode } = await lookAndFix(
      { ...request, unmanaged: false },
      { yes: true, terminal: { input: process.stdin, output } },
    );
    assert.deepEqual([exitCode, report.state, report.items], [0, "clean", []]);
    assert.match(said.join(""), /enableLogging: false becomes true/);
    // Made while tampered with, and none of the program's business.
    await aws.iam().getUser({ UserName: "intruder" });
  });
});
