import assert from "node:assert/strict";
import { checklist } from "../../../operations/respond/checklist";
import { denyOlderThan } from "../../../operations/respond/deny";
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
    it(`has timeline and sweep ${state} after a run that ${what}`, () => {
      const run = { before: "", hash: "", time: "2026-11-22T03:10:00.000Z", call: OUTCOME, result: { exitCode } };
      const items = checklist({
        subject: { kind: "role", name: "deploy" },
        options: { prefix: "baseline" },
        principal: { kind: "role", name: "deploy", problems: [] },
        readable: [],
        begun: "2026-11-22T03:00:00.000Z",
        entries: ["timeline", "sweep"].map((step, at) => ({ ...run, n: at + 1, step })),
      });
      assert.deepEqual(
        items.filter(({ id }) => ["timeline", "sweep"].includes(id)).map((each) => each.state),
        [state, state],
      );
    });
  }
});
