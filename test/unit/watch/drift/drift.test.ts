import assert from "node:assert/strict";
import { type EngineEvent } from "@pulumi/pulumi/automation";
import { type Observation } from "../../../../common/observation";
import { driftReport } from "../../../../operations/watch/drift/model";
import { driftAsText } from "../../../../operations/watch/drift/render";
import { type ExportedResource, findingsIn, observationsIn, stepsIn } from "../../../../engine/pulumi/engine-events";

const urn = (component: string, type: string, name: string) =>
  `urn:pulumi:s::p::baseline:index:AccountBaseline$baseline:index:${component}$${type}::${name}`;
const detectorUrn = urn("ThreatDetection", "aws:guardduty/detector:Detector", "detector");
const trailUrn = urn("AuditTrail", "aws:cloudtrail/trail:Trail", "trail");

function observed(more: Partial<Observation> = {}): Observation {
  const { urn: of = trailUrn } = more;
  const [, , types = "", name = ""] = of.split("::");
  return {
    urn: of,
    type: types.split("$").at(-1) ?? "",
    name,
    id: `id-of-${name}`,
    state: "same",
    differences: [],
    dependsOn: [],
    ...more,
  };
}

describe("drift model", () => {
  const stopped = { path: "enableLogging", expected: true, found: false };

  it("is clean when everything is as the program says", () => {
    const report = driftReport([observed(), observed({ urn: detectorUrn })]);
    const controls = ["AuditTrail", "ThreatDetection"].map((control) => ({ control, checked: 1, clean: 1 }));
    assert.deepEqual(report, { state: "clean", checked: 2, clean: 2, controls, items: [] });
  });

  it("says what was expected and what is there", () => {
    const { state, items } = driftReport([observed({ state: "changed", differences: [stopped], region: "us-east-1" })]);
    assert.equal(state, "drifted");
    assert.deepEqual(items[0], {
      state: "drifted",
      change: "changed",
      severity: "critical",
      means: "nothing the account does is recorded",
      control: "AuditTrail",
      region: "us-east-1",
      urn: trailUrn,
      type: "aws:cloudtrail/trail:Trail",
      name: "trail",
      id: "id-of-trail",
      differences: [stopped],
      consequences: [],
    });
  });

  it("folds what went with a deleted resource into it, however deep", () => {
    const feature = urn("ThreatDetection", "aws:guardduty/detectorFeature:DetectorFeature", "s3");
    const deeper = urn("ThreatDetection", "aws:guardduty/filter:Filter", "deep");
    const { items } = driftReport([
      observed({ urn: deeper, state: "deleted", dependsOn: [feature] }),
      observed({ urn: feature, state: "deleted", dependsOn: [detectorUrn] }),
      observed({ urn: detectorUrn, state: "deleted" }),
    ]);
    assert.deepEqual(
      items.map(({ name }) => name),
      ["detector"],
    );
    assert.deepEqual(items[0]?.consequences.map(({ name }) => name).sort(), ["deep", "s3"]);
  });

  it("keeps a deletion whose cause still exists, and a change beside a deletion, apart", () => {
    const feature = urn("ThreatDetection", "aws:guardduty/detectorFeature:DetectorFeature", "s3");
    const { items } = driftReport([
      observed({ urn: feature, state: "deleted", dependsOn: [detectorUrn] }),
      observed({ urn: detectorUrn }),
      observed({ state: "changed", dependsOn: [feature], differences: [stopped] }),
    ]);
    assert.deepEqual(
      items.map(({ name, change }) => [name, change]),
      [
        ["trail", "changed"],
        ["s3", "deleted"],
      ],
    );
  });

  it("survives resources that depend on each other", () => {
    const { items } = driftReport([
      observed({ state: "deleted", dependsOn: [detectorUrn] }),
      observed({ urn: detectorUrn, state: "deleted", dependsOn: [trailUrn] }),
    ]);
    assert.ok(items.length <= 2);
  });

  const states: [what: string, observations: Observation[], state: string][] = [
    [
      "doubt alone is unknown, never clean",
      [observed(), observed({ urn: detectorUrn, state: "unknown", reason: "AccessDenied" })],
      "unknown",
    ],
    [
      "drift outweighs doubt",
      [observed({ state: "changed" }), observed({ urn: detectorUrn, state: "unknown" })],
      "drifted",
    ],
    ["nothing managed is clean", [], "clean"],
  ];
  for (const [what, observations, state] of states) {
    it(what, () => assert.equal(driftReport(observations).state, state));
  }
});

describe("drift as text", () => {
  it("names control, region, property, expected and found within 80 columns", () => {
    const text = driftAsText(
      driftReport([
        observed({
          state: "changed",
          region: "us-east-1",
          differences: [{ path: "enableLogging", expected: true, found: false }],
        }),
      ]),
    );
    assert.match(text, /^Drift: 1 of 1 resources/);
    assert.match(text, /AuditTrail, us-east-1: Trail changed/);
    assert.match(text, /enableLogging: expected true, found false/);
    assert.ok(text.split("\n").every((line) => line.length <= 80));
  });

  it("never shows a secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
    const text = driftAsText(
      driftReport([
        observed({ state: "changed", differences: [{ path: "password", expected: secret, found: secret }] }),
      ]),
    );
    assert.ok(!text.includes("hunter2"), text);
    assert.match(text, /\[secret\]/);
  });

  it("says why something could not be read", () => {
    assert.match(
      driftAsText(driftReport([observed({ state: "unknown", reason: "AccessDenied: no" })])),
      /could not be read[^]*AccessDenied: no/,
    );
  });
});

describe("the real engine's events", () => {
  const state: ExportedResource[] = [
    { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack" },
    { urn: "urn:pulumi:s::p::pulumi:providers:aws::default", type: "pulumi:providers:aws", custom: true, id: "x" },
    {
      urn: trailUrn,
      type: "aws:cloudtrail/trail:Trail",
      custom: true,
      id: "arn",
      inputs: { region: "us-east-1" },
      dependencies: [],
    },
    {
      urn: detectorUrn,
      type: "aws:guardduty/detector:Detector",
      custom: true,
      id: "d",
      inputs: {},
      dependencies: [trailUrn],
    },
  ];
  const metadata = (of: string, op: string, more: object = {}) => ({ op, urn: of, type: "", provider: "", ...more });
  const side = (inputs: object) => ({
    type: "aws:x",
    urn: trailUrn,
    custom: true,
    id: "i",
    parent: "",
    inputs,
    outputs: {},
    provider: "",
  });
  const outputs = (of: string, op: string, more: object = {}): EngineEvent =>
    ({ sequence: 1, timestamp: 1, resOutputsEvent: { metadata: metadata(of, op, more) } }) as unknown as EngineEvent;

  it("tells changed, deleted and same apart, by the outputs events", () => {
    const events = [
      outputs(trailUrn, "update", {
        old: side({ enableLogging: true, name: "t" }),
        new: side({ enableLogging: false, name: "t" }),
      }),
      outputs(detectorUrn, "delete", { old: side({}), new: null }),
    ];
    assert.deepEqual(
      observationsIn(events, state).map(({ urn: of, state: is, differences, region }) => [of, is, differences, region]),
      [
        [trailUrn, "changed", [{ path: "enableLogging", expected: true, found: false }], "us-east-1"],
        [detectorUrn, "deleted", [], undefined],
      ],
    );
  });

  it("follows the engine's own paths where it gives them", () => {
    const detailedDiff = { "rules[0].status": { diffKind: "update", inputDiff: true } };
    const events = [
      outputs(trailUrn, "update", {
        detailedDiff,
        old: side({ rules: [{ status: "on" }] }),
        new: side({ rules: [{ status: "off" }] }),
      }),
    ];
    assert.deepEqual(observationsIn(events, state)[0]?.differences, [
      { path: "rules[0].status", expected: "on", found: "off" },
    ]);
  });

  it("calls what failed to be read, or was never mentioned, unknown", () => {
    const failed = {
      sequence: 1,
      timestamp: 1,
      resOpFailedEvent: { metadata: metadata(trailUrn, "refresh"), status: 0, steps: 0 },
    } as unknown as EngineEvent;
    const why = {
      sequence: 2,
      timestamp: 1,
      diagnosticEvent: { urn: trailUrn, severity: "error", message: "<{%fg 1%}>AccessDenied<{%reset%}>\n" },
    } as unknown as EngineEvent;
    const seen = observationsIn([failed, why], state);
    assert.deepEqual(
      seen.map(({ state: is, reason }) => [is, reason]),
      [
        ["unknown", "AccessDenied"],
        ["unknown", "the engine did not read it"],
      ],
    );
  });

  it("reads policy findings, without colour marks", () => {
    const event = {
      sequence: 1,
      timestamp: 1,
      policyEvent: {
        resourceUrn: trailUrn,
        message: "<{%bold%}>no<{%reset%}>\n",
        policyName: "p",
        enforcementLevel: "mandatory",
        severity: "high",
      },
    } as unknown as EngineEvent;
    assert.deepEqual(findingsIn([event]), [
      { policy: "p", level: "mandatory", severity: "high", urn: trailUrn, message: "no" },
    ]);
  });

  it("counts steps of custom resources only", () => {
    const component = { ...side({}), custom: false };
    const events = [
      outputs(trailUrn, "create", { new: side({ region: "eu-west-1" }) }),
      outputs(detectorUrn, "create", { new: component }),
      outputs(trailUrn, "refresh", { new: side({}) }),
    ];
    assert.deepEqual(
      stepsIn(events, "outputs").map(({ op, region }) => [op, region]),
      [["create", "eu-west-1"]],
    );
  });
});
