import assert from "node:assert/strict";
import { decide } from "../../../../operations/apply/adopt/decide";
import { changesTo, withChanges } from "../../../../operations/apply/adopt/merge";
import { type Survey } from "../../../../operations/account/survey/model";
import { parseSettings } from "../../../../components/settings";
import { factsOf, home } from "./facts";

const detector = { region: "eu-west-1", id: "d1", tags: {}, enabled: true, publishingFrequency: "SIX_HOURS" };
const name = "baseline-threat-detection-eu-west-1-detector";

function changes(survey: Partial<Survey>, adopt: object, settings: Record<string, unknown> = {}) {
  const facts = factsOf(survey, { ...settings, adopt });
  return changesTo(facts.settings.adopt, decide(facts), facts);
}

const nothing = { imports: {}, skips: [], stale: [] };
const listed = { import: { [name]: "d1@eu-west-1" } };
const denied = { kind: "detectors", region: "eu-west-1", action: "x:Y", cause: "denied", reason: "No." } as const;

describe("what adopt writes", () => {
  const cases: [what: string, survey: Partial<Survey>, adopt: object, is: object, settings?: Record<string, unknown>][] = [
    ["an import", { detectors: [detector] }, {}, { ...nothing, imports: { [name]: "d1@eu-west-1" } }],
    ["nothing about an import that stands there", { detectors: [detector] }, listed, nothing],
    ["another id for another thing", { detectors: [{ ...detector, id: "d2" }] }, listed, { ...nothing, imports: { [name]: "d2@eu-west-1" } }],
    ["out: what is gone", {}, listed, { ...nothing, stale: [name] }],
    ["nothing about what could not be seen", { problems: [denied] }, listed, nothing],
    ["nothing about a region that was not looked at", { regions: [home] }, listed, nothing],
    ["out: what is in a region that is excluded now", { regions: [home] }, listed, { ...nothing, stale: [name] }, { excludeRegions: ["eu-west-1"] }],
    ["out: what belongs to a control that is off now", { detectors: [detector] }, listed, { ...nothing, stale: [name] }, { threatDetection: { enabled: false } }],
    ["nothing about what people entered for other resources", {}, { import: { "baseline-mfa-enforcement-group": "people" } }, nothing],
    ["a skip", { controlTowerRoles: ["AWSControlTowerExecution"] }, {}, { ...nothing, skips: ["ConfigRecording", "ComplianceRules"] }],
    ["no skip twice", { controlTowerRoles: ["AWSControlTowerExecution"] }, { skip: ["ConfigRecording", "ComplianceRules"] }, nothing],
    ["no region of what is skipped as a whole", { detectors: [{ ...detector, administratorId: "999999999999" }] }, { skip: ["ThreatDetection"] }, nothing],
  ]; // prettier-ignore
  for (const [what, survey, adopt, is, settings] of cases) {
    it(`is ${what}`, () => {
      assert.deepEqual(changes(survey, adopt, settings), is);
    });
  }

  it("leaves nothing to write the second time, whatever the first time wrote", () => {
    const survey = {
      detectors: [detector, { ...detector, region: home, administratorId: "999999999999" }],
      recorders: [{ region: home, name: "aws-controltower-BaselineConfigRecorder", arn: "", tags: {}, recording: true, allTypes: true, roleArn: "" }],
    }; // prettier-ignore
    const first = changes(survey, {});
    const adopt = withChanges({ import: {}, skip: [] }, first);
    assert.deepEqual(adopt.skip, ["ConfigRecording", "ComplianceRules@eu-west-1", `ThreatDetection@${home}`]);
    assert.deepEqual(parseSettings({ homeRegion: home, adopt }).adopt, adopt);
    assert.deepEqual(changes(survey, adopt), nothing);
  });
});
