import assert from "node:assert/strict";
import { nextAfter } from "../../../operations/respond/next";
import { type Subject } from "../../../operations/respond/subject";

const mina: Subject = { kind: "user", name: "mina" };

describe("what to run next", () => {
  it("is a sweep since the same time as the timeline, which tells the thief's work from the owner's", () => {
    const commands = (since?: string) =>
      nextAfter("timeline", mina, { prefix: "baseline", ...(since !== undefined && { since }) }).map(
        ({ command }) => command,
      );
    assert.deepEqual(commands("2026-11-20T03:00:00Z"), [
      "npm run respond -- user/mina sweep --since 2026-11-20T03:00:00Z",
    ]);
    assert.deepEqual(commands(), ["npm run respond -- user/mina sweep"]);
  });
});
