import assert from "node:assert/strict";
import { settingsFromConfig } from "../../../../components/stack-config";
import { leftAloneBy } from "../../../../operations/watch/drift/left-alone";
import { unmanagedIn, untold } from "../../../../operations/watch/drift/unmanaged";
import { type Survey, type SurveyProblem } from "../../../../operations/account/survey/model";
import { withDefaults } from "../../../../engine/stack-files/stack-file";
import { project } from "../../../support/graph";

const survey: Survey = {
  accountId: "123456789012",
  partition: "aws",
  regions: ["us-east-1", "eu-west-1"],
  detectors: ["us-east-1", "eu-west-1"].map((region) => ({
    region,
    id: `d-${region}`,
    tags: {},
    enabled: true,
    publishingFrequency: "SIX_HOURS",
  })),
  recorders: [],
  channels: [],
  trails: [
    {
      name: "strange",
      arn: "arn:aws:cloudtrail:eu-west-1:123456789012:trail/strange",
      homeRegion: "eu-west-1",
      tags: {},
      logging: true,
      multiRegion: true,
      organization: false,
      bucket: "somebody",
    },
  ],
  analyzers: [],
  defaultSecurityGroups: [],
  budgets: [],
  users: [{ name: "mina", arn: "arn:aws:iam::123456789012:user/mina", createdAt: "" }],
  controlTowerRoles: [],
  problems: [],
};

function known(own: Record<string, unknown>) {
  const config = withDefaults(project, { "aws:region": "us-east-1", ...own });
  return leftAloneBy(settingsFromConfig(project.name, config));
}

const found = (own: Record<string, unknown>) => unmanagedIn(survey, [], known(own)).map(({ name }) => name);

describe("what a stack's settings leave alone", () => {
  it("is nothing by default", () => {
    assert.deepEqual(found({}), ["d-us-east-1", "d-eu-west-1", "strange", "mina"]);
  });

  it("is what an excluded region has, but for trails, which may copy what is done anywhere", () => {
    assert.deepEqual(found({ excludeRegions: ["eu-west-1"] }), ["d-us-east-1", "strange", "mina"]);
  });

  it("is what a control would look after that is switched off or skipped", () => {
    assert.deepEqual(found({ threatDetection: { enabled: false } }), ["strange", "mina"]);
    assert.deepEqual(found({ mfaEnforcement: { enabled: false } }), ["d-us-east-1", "d-eu-west-1", "strange"]);
    assert.deepEqual(found({ adopt: { skip: ["ThreatDetection@eu-west-1"] } }), ["d-us-east-1", "strange", "mina"]);
  });

  it("makes no doubt of a region that is excluded because the organization closes it", () => {
    const problem = (kind: SurveyProblem["kind"], region: string): SurveyProblem => ({
      kind,
      region,
      action: "x:Y",
      cause: "service-control-policy",
      reason: "closed",
    });
    const closed = { ...survey, problems: [problem("detectors", "eu-west-1"), problem("trails", "eu-west-1")] };
    assert.deepEqual(untold(closed, known({ excludeRegions: ["eu-west-1"] })), []);
    assert.equal(untold(closed, known({})).length, 2);
    // That nobody answered says nothing of who may have made a trail there.
    const silent = { ...survey, problems: [{ ...problem("trails", "eu-west-1"), cause: "unreachable" as const }] };
    assert.equal(untold(silent, known({ excludeRegions: ["eu-west-1"] })).length, 1);
  });
});
