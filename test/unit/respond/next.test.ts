import assert from "node:assert/strict";
import { again, nextAfter } from "../../../operations/respond/next";
import { type RespondOptions } from "../../../operations/respond/request";
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

describe("what comes after a step", () => {
  const after = (step: string, options: Partial<RespondOptions> = {}, calls?: number) =>
    nextAfter(step, { kind: "user", name: "mina" }, { prefix: "baseline", ...options }, calls).map(({ command }) =>
      command.replace("npm run respond -- user/mina ", ""),
    );

  const cases: [step: string, options: Partial<RespondOptions>, calls: number | undefined, next: string[]][] = [
    ["contain", {}, 4, ["contain --apply"]],
    ["contain", {}, 0, ["timeline", "contain --undo"]],
    ["contain", { apply: true }, 4, ["timeline", "contain --undo"]],
    ["contain", { undo: true }, 4, ["contain --undo --apply"]],
    ["contain", { undo: true }, 0, ["contain"]],
    ["contain", { undo: true, apply: true }, 4, ["contain"]],
    [
      "timeline",
      { since: "2026-11-01", timeZone: "Asia/Seoul" },
      undefined,
      ["sweep --since 2026-11-01 --time-zone Asia/Seoul"],
    ],
    ["triage", { region: "eu-west-1" }, undefined, ["contain --region eu-west-1"]],
    ["triage", { profile: "prod" }, undefined, ["contain --profile prod"]],
  ];
  for (const [step, options, calls, next] of cases) {
    it(`${step} with ${JSON.stringify(options)} and ${calls ?? "no"} calls`, () =>
      assert.deepEqual(after(step, options, calls), next));
  }
});

describe("what comes after a step that was stopped", () => {
  const cases: [step: string, options: Partial<RespondOptions>, command: string][] = [
    ["timeline", {}, "timeline"],
    [
      "timeline",
      { since: "2026-11-01", knownRegions: "us-east-1", night: "22-6", endpoint: "http://localhost:5000" },
      "timeline --since 2026-11-01 --known-regions us-east-1 --night 22-6 --endpoint http://localhost:5000",
    ],
    ["contain", { undo: true, apply: true }, "contain --undo --apply"],
    ["recover", { done: ["backups", "user"], note: "so" }, "recover --done backups user --note so"],
  ];
  for (const [step, options, command] of cases) {
    it(`is the same again: ${command}`, () =>
      assert.equal(
        again(step, mina, { prefix: "baseline", ...options }).command,
        `npm run respond -- user/mina ${command}`,
      ));
  }
});
