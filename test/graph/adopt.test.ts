import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { nameIn } from "../../components/foundation/adoption";
import { controls } from "../../components/controls";
import { skippable } from "../../components/settings";
import { resourceNames } from "../../operations/apply/adopt/resource-names";
import { controlOf } from "../../engine/control-of";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, only } from "../support/graph";

const [home, other] = ["us-east-1", "eu-west-1"];
const trailArn = `arn:aws:cloudtrail:${home}:123456789012:trail/corp`;
/** Every resource that can be taken over, with an id. */
const imports: Record<string, string> = {
  [resourceNames.trail]: `${trailArn}@${home}`,
  [resourceNames.passwordPolicy]: "iam-account-password-policy",
  [resourceNames.publicAccessBlock]: "123456789012",
  [resourceNames.budget]: "123456789012:baseline-monthly-cost",
  [resourceNames.unusedAccessAnalyzer]: `corp-unused@${home}`,
  [resourceNames.detector(other)]: `d1@${other}`,
  [resourceNames.recorder(other)]: `default@${other}`,
  [resourceNames.channel(other)]: `corp.channel@${other}`,
  [resourceNames.analyzer(other)]: `corp_analyzer@${other}`,
  [resourceNames.defaultSecurityGroup(other)]: `sg-1@${other}`,
};

function made(adopt: object, more: Record<string, unknown> = {}): Promise<Registration[]> {
  return graph({ settings: { ...everything, ...more, "aws-prevention-baseline:adopt": adopt } });
}

describe("taking over what exists", () => {
  let plain: Registration[];
  let adopting: Registration[];
  before(async () => {
    [plain, adopting] = [await made({}), await made({ import: imports })];
  });

  it("gives each import id to the resource it is meant for, and to no other", () => {
    const given = adopting.filter(({ importId }) => importId !== "").map(({ name, importId }) => [name, importId]);
    assert.deepEqual(Object.fromEntries(given), imports);
    assert.deepEqual(
      plain.filter(({ importId }) => importId !== ""),
      [],
    );
  });

  it("lets what is its name keep it", () => {
    const names = adopting.flatMap(({ name, inputs }) => {
      const kept = inputs["analyzerName"] ?? inputs["name"];
      return name in imports && typeof kept === "string" ? [[name, kept]] : [];
    });
    assert.deepEqual(Object.fromEntries(names), {
      [resourceNames.trail]: "corp",
      [resourceNames.budget]: "baseline-monthly-cost",
      [resourceNames.unusedAccessAnalyzer]: "corp-unused",
      [resourceNames.recorder(other)]: "default",
      [resourceNames.channel(other)]: "corp.channel",
      [resourceNames.analyzer(other)]: "corp_analyzer",
    });
  });

  it("changes nothing else but what names the trail and the recorder", () => {
    const before = new Map(plain.map((each) => [each.urn, each.inputs]));
    const changed = adopting.filter(({ urn, name, inputs, custom }) => {
      return custom && !(name in imports) && !isDeepStrictEqual(before.get(urn), inputs);
    });
    assert.equal(adopting.length, plain.length);
    assert.deepEqual(changed.map(({ name }) => name).sort(), [
      "baseline-audit-trail-key",
      "baseline-audit-trail-logs-policy",
      `baseline-config-recording-status-${other}`,
    ]);
    const policy = JSON.stringify(adopting.find(({ name }) => name === "baseline-audit-trail-logs-policy")?.inputs);
    assert.ok(policy.includes(trailArn) && !policy.includes('baseline-trail\\"'));
  });

  it("says which import the program has no place for", async () => {
    await assert.rejects(made({ import: { "baseline-nothing": "x" } }), /adopt\.import names .*: baseline-nothing\./);
    const off = { "aws-prevention-baseline:threatDetection": { enabled: false } };
    await assert.rejects(made({ import: imports }, off), new RegExp(resourceNames.detector(other)));
  });

  it("knows the name in every form of id", () => {
    const ids = ["default@eu-west-1", "default", "a.b@us-gov-west-1", `${trailArn}@us-east-1`, trailArn];
    assert.deepEqual(ids.map(nameIn), ["default", "default", "a.b", "corp", "corp"]);
  });
});

describe("leaving controls out", () => {
  it("can be said of every control but the channel of the others", () => {
    const ids = controls.map(({ id }) => id).filter((id) => id !== "AlertChannel");
    assert.deepEqual(Object.keys(skippable).sort(), ids.sort());
  });

  const whole = (control: string) => [control, ...(control === "AuditTrail" ? ["TrailAlarms"] : [])];
  // Access logs of the recorder's bucket go to a bucket of the trail's.
  const goesAlong = (control: string, { type }: Registration) =>
    control === "AuditTrail" && type === "aws:s3/bucketLogging:BucketLogging";
  for (const control of Object.keys(skippable)) {
    it(`takes ${whole(control).join(" and ")} away as a whole, and nothing else`, async () => {
      const [plain, without] = [await made({}), await made({ skip: [control] })];
      const rest = plain.filter((each) => !whole(control).includes(controlOf(each.urn)) && !goesAlong(control, each));
      assert.deepEqual(custom(without), custom(rest));
    });
  }

  for (const control of Object.keys(skippable).filter((each) => skippable[each]?.byRegion)) {
    it(`takes ${control} away in one region, and nothing else`, async () => {
      const [plain, without] = [await made({}), await made({ skip: [`${control}@${other}`] })];
      const isIt = ({ urn, inputs }: Registration) => controlOf(urn) === control && inputs["region"] === other;
      assert.ok(plain.some(isIt));
      assert.deepEqual(custom(without), custom(plain.filter((each) => !isIt(each))));
    });
  }

  it("records IAM elsewhere when the home region is left out", async () => {
    const without = await made({ skip: [`ConfigRecording@${home}`] });
    const recorder = only(without, "aws:cfg/recorder:Recorder");
    assert.equal(recorder.inputs["region"], other);
    assert.ok(!JSON.stringify(recorder.inputs["recordingGroup"]).includes("AWS::IAM::User"));
  });

  function custom(registrations: Registration[]): string[] {
    return registrations
      .filter((each) => each.custom)
      .map(({ urn }) => urn)
      .sort();
  }
});
