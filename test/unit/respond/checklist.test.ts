import assert from "node:assert/strict";
import { checklist } from "../../../operations/respond/checklist";
import { denyOlderThan } from "../../../operations/respond/deny";
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
});
