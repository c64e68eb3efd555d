import assert from "node:assert/strict";
import { checklist } from "../../../operations/respond/recover/checklist";
import { type LeftThing, type SweepLeft } from "../../../operations/respond/sweep/left";
import { denyOlderThan } from "../../../operations/respond/contain/deny";
import { OUTCOME } from "../../../operations/respond/marks";
import { type Principal } from "../../../operations/respond/principal";

describe("the checklist of a role", () => {
  const cases: [what: string, revokePolicy: string | undefined, state: string][] = [
    ["sessions revoked since it began", denyOlderThan("2026-11-22T03:01:00.000Z"), "seen"],
    ["sessions revoked in another incident", denyOlderThan("2025-01-01T00:00:00.000Z"), "open"],
    ["somebody else's policy of that name", '{"Statement":[]}', "open"],
    ["no such policy", "none", "open"],
    ["what could not be read", undefined, "open"],
  ];
  for (const [what, revokePolicy, state] of cases) {
    it(`is ${state} for ${what}`, () => {
      const principal: Principal = {
        kind: "role",
        name: "deploy",
        problems: [],
        ...(revokePolicy !== undefined && { revokePolicy }),
      };
      const items = checklist({
        subject: { kind: "role", name: "deploy" },
        options: { prefix: "baseline" },
        principal,
        readable: [],
        begun: "2026-11-22T03:00:00.000Z",
        entries: [],
      });
      assert.equal(items.find(({ id }) => id === "contain")?.state, state);
    });
  }

  const ended: [what: string, exitCode: number, state: string][] = [
    ["found nothing", 0, "seen"],
    ["found something", 3, "seen"],
    ["could not read everything", 1, "open"],
    ["was stopped", 130, "open"],
  ];
  for (const [what, exitCode, state] of ended) {
    it(`has the timeline ${state} after a run that ${what}`, () => {
      const run = { before: "", hash: "", time: "2026-11-22T03:10:00.000Z", call: OUTCOME, result: { exitCode } };
      const items = checklist({
        subject: { kind: "role", name: "deploy" },
        options: { prefix: "baseline" },
        principal: { kind: "role", name: "deploy", problems: [] },
        readable: [],
        begun: "2026-11-22T03:00:00.000Z",
        entries: [{ ...run, step: "timeline" }],
      });
      assert.equal(items.find(({ id }) => id === "timeline")?.state, state);
    });
  }

  const group: LeftThing = {
    kind: "open port",
    id: "sg-1",
    region: "eu-west-1",
    time: "2026-11-21T00:00:00.000Z",
    state: "exists",
  };
  const whole = { from: "2026-08-25T00:00:00.000Z", regions: ["eu-west-1", "us-east-1"], removals: [], notes: [] };
  const swept: [what: string, sweeps: (Partial<SweepLeft> | undefined)[], state: string][] = [
    ["no sweep", [], "open"],
    ["a sweep that found nothing", [{ ...whole, left: [] }], "seen"],
    ["a sweep that left a port open", [{ ...whole, left: [group] }], "open"],
    [
      "a port that was closed since",
      [
        { ...whole, left: [group] },
        { ...whole, left: [] },
      ],
      "seen",
    ],
    ["a sweep that could not read everything", [{ ...whole, left: [], notes: ["PARTIAL"] }], "open"],
    ["a sweep that was too large to record", [undefined], "open"],
    [
      "a later sweep of another region",
      [
        { ...whole, left: [group] },
        { ...whole, regions: ["us-east-1"], left: [] },
      ],
      "open",
    ],
    [
      "a later sweep of fewer days",
      [
        { ...whole, left: [group] },
        { ...whole, from: "2026-11-22T00:00:00.000Z", left: [] },
      ],
      "open",
    ],
  ];
  for (const [what, sweeps, state] of swept) {
    it(`has the sweep ${state} after ${what}`, () => {
      const items = checklist({
        subject: { kind: "role", name: "deploy" },
        options: { prefix: "baseline" },
        principal: { kind: "role", name: "deploy", problems: [] },
        readable: [],
        begun: "2026-11-22T03:00:00.000Z",
        entries: sweeps.map((json, at) => ({
          step: "sweep",
          call: OUTCOME,
          time: `2026-11-22T03:1${at}:00.000Z`,
          result: { exitCode: 3, json: json ?? { omitted: "90000 characters" } },
        })),
      });
      const sweep = items.find(({ id }) => id === "sweep");
      assert.equal(sweep?.state, state);
      const known = sweeps.some((each) => each?.left?.length) && state === "open";
      assert.equal(
        sweep?.how.some((each) => each.includes("open port")),
        known,
      );
    });
  }
});
