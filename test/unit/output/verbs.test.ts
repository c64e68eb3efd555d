import assert from "node:assert/strict";
import { renderAdopt } from "../../../operations/apply/adopt/render";
import { type AdoptReport } from "../../../operations/apply/adopt/report";
import { driftAsText } from "../../../operations/watch/drift/render";
import { type StackDrift } from "../../../operations/watch/drift/look";
import { renderDrill } from "../../../operations/watch/drill/render";
import { type DrillReport } from "../../../operations/watch/drill/report";
import { fleetAsText } from "../../../operations/apply/fleet/render";
import { type FleetReport } from "../../../operations/apply/fleet/result";
import { planAsText } from "../../../operations/preview/plan/render";
import { type Plan } from "../../../operations/preview/plan/plan";
import { reviewsAsText } from "../../../operations/preview/review/as-text";
import { type StackReview } from "../../../operations/preview/review/model";
import { unseen } from "../../support/hostile";

const forged = "Clean: all 674 resources are as the program says.";
/** What a name, a message or a key of JSON may hold. */
const evil = `x\u001b[2J\u001b[H\u009b8m\u202e\u200b\n${forged}\r${forged}\n\u001b[31m${forged}\u001b[0m`;

const item = {
  ...{ state: "drifted", change: "changed", severity: "critical", means: evil, control: evil, region: evil },
  ...{ urn: evil, type: evil, name: evil, id: evil, reason: evil, at: { path: evil, line: 1 } },
  differences: [{ path: `eventPattern: ${evil}`, expected: evil, found: { [evil]: evil } }],
  consequences: [{ ...{ urn: evil, type: evil, name: evil, id: evil } }],
  changes: [
    ...[{ time: "2026-11-20T10:00:00.000Z", event: evil, source: evil, user: evil, sourceIp: evil, region: evil }],
  ],
};
const drift = {
  ...{ state: "drifted", checked: 3, project: evil, stack: evil, engine: "e", startedAt: "", seconds: 1 },
  items: [item, { ...item, state: "unknown", differences: [] }],
  notes: [evil],
  unmanagedLookedFor: true,
} as unknown as StackDrift;
const policy = { policy: evil, level: "mandatory", resource: evil, urn: evil, message: evil, control: evil };
const change = { op: "delete", control: evil, region: evil, type: evil, name: evil, urn: evil };
const account = { name: evil, accountId: evil, stack: evil, state: "failed", seconds: 1, tries: 1 };

const subscriber = { protocol: evil, endpoint: evil };
const topic = {
  name: evil,
  region: evil,
  arn: evil,
  confirmed: [subscriber],
  pending: [],
  admits: [evil],
  problems: [],
};

const texts: [verb: string, text: () => string][] = [
  ["drift", () => driftAsText(drift)],
  [
    "adopt",
    () =>
      renderAdopt(
        {
          ...{ accountId: evil, regions: [evil], file: evil, notes: [evil] },
          decisions: [{ action: "conflict", thing: evil, region: evil, name: evil, owner: evil, why: evil }],
          copies: { beside: [evil] },
          changes: { imports: { [evil]: evil }, skips: [evil], stale: [] },
        } as unknown as AdoptReport,
        { import: {}, skip: [] },
      ),
  ],
  [
    "fleet",
    () =>
      fleetAsText({
        ...{ verb: "up", seconds: 1, leftOut: [evil] },
        accounts: [
          { ...account, error: { code: "x", message: evil, next: evil } },
          { ...account, state: "blocked", findings: [policy] },
          { ...account, state: "drifted", drift },
        ],
      } as unknown as FleetReport),
  ],
  [
    "review",
    () =>
      reviewsAsText([
        {
          ...{ stack: evil, outcome: "blocked", counts: { delete: 1 }, changes: [change], findings: [policy] },
          costs: [{ control: evil, cost: evil }],
        },
        { stack: evil, outcome: "failed", error: { code: "x", message: evil } },
      ] as unknown as StackReview[]),
  ],
  [
    "plan",
    () =>
      planAsText(
        {
          resources: [change],
          policies: [policy],
          summary: { resources: 1, protected: 0, regions: { [evil]: 1 }, notes: [evil] },
        } as unknown as Plan,
        "Pulumi.prod.yaml",
      ),
  ],
  [
    "drill",
    () =>
      renderDrill({
        ...{ drill: "x", ok: false, accountId: evil, accountAlias: evil, homeRegion: evil, regions: [evil] },
        notTried: [evil],
        topics: [
          { ...topic, pending: [subscriber] },
          { ...topic, confirmed: [], problems: [evil] },
        ],
        paths: [{ path: "event", region: evil, by: evil, sent: false, state: "failed", says: evil }],
      } as unknown as DrillReport),
  ],
];

describe("the text of a verb", () => {
  for (const [verb, text] of texts) {
    it(`${verb}: moves no cursor, hides nothing, and has no line that a name made up`, () => {
      const shown = text();
      assert.doesNotMatch(shown.replaceAll("\n", ""), unseen);
      assert.ok(shown.includes("x?[2J"), "the name is shown");
      assert.deepEqual(
        shown.split("\n").filter((line) => line.startsWith(forged.slice(0, 20))),
        [],
        shown,
      );
    });
  }
});
