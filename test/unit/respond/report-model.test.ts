import assert from "node:assert/strict";
import { ABOUT_TO, CHANGED, OUTCOME } from "../../../operations/respond/marks";
import { IncidentSum } from "../../../operations/respond/report-model";
import { wordsOf } from "../../../operations/respond/report-words";

type Told = [step: "contain" | "undo", action: string, state?: string];

/** What a report says of containment. */
function contained(...told: Told[]): string | undefined {
  const sum = new IncidentSum();
  const common = { before: "", hash: "" };
  told.forEach(([step, action, state], at) => {
    const n = 2 * at + 1;
    const [time, why] = [`2026-11-22T03:00:0${at}Z`, action];
    sum.add({ ...common, n, time, step, call: ABOUT_TO, input: { service: "iam", action, parameters: {}, why } });
    if (state !== undefined) {
      sum.add({ ...common, n: n + 1, time, step, call: CHANGED, input: { intent: n }, result: { state, why } });
    }
  });
  const incident = sum.sum({ ok: true, entries: 0, head: "", torn: false });
  return wordsOf(incident).find(([name]) => name === "Contained")?.[1];
}

describe("what a report says of containment", () => {
  const key = "UpdateAccessKey";
  const cases: [what: string, told: Told[], said: RegExp][] = [
    ["nothing was done", [], /^no$/],
    [
      "all was done",
      [
        ["contain", key, "done"],
        ["contain", "TagUser", "failed"],
      ],
      /^2026-11-22T03:00:00Z$/,
    ],
    [
      "a tag alone was set",
      [
        ["contain", key, "failed"],
        ["contain", "TagUser", "done"],
      ],
      /^no$/,
    ],
    [
      "the key still works",
      [
        ["contain", key, "failed"],
        ["contain", "PutUserPolicy", "done"],
      ],
      /T03:00:01Z, in part/,
    ],
    [
      "nobody knows of the key",
      [
        ["contain", key],
        ["contain", "PutUserPolicy", "done"],
      ],
      /, in part/,
    ],
    [
      "it was done at the second try",
      [
        ["contain", key, "failed"],
        ["contain", key, "done"],
      ],
      /^2026-11-22T03:00:01Z$/,
    ],
    [
      "it was undone",
      [
        ["contain", key, "done"],
        ["undo", key, "done"],
      ],
      /, taken back/,
    ],
    [
      "it was undone by mistake",
      [
        ["contain", key, "done"],
        ["undo", key, "done"],
        ["contain", key, "done"],
      ],
      /00Z$/,
    ],
  ];
  for (const [what, told, said] of cases) {
    it(`where ${what}: ${said.source}`, () => assert.match(contained(...told) ?? "", said));
  }
});

describe("what a report says of a step", () => {
  it("is what it found, and that it failed later, once", () => {
    const texts = (...runs: object[]) => {
      const sum = new IncidentSum();
      runs.forEach((run, at) => {
        const time = `2026-11-22T03:00:0${at}Z`;
        sum.add({ before: "", hash: "", n: at + 1, time, step: "triage", call: OUTCOME, ...run });
      });
      return sum.sum({ ok: true, entries: 0, head: "", torn: false }).steps.map(({ text }) => text);
    };
    const failed = { error: { code: "no-credentials", message: "There are no AWS credentials." } };
    const well = { result: { exitCode: 0, text: "ADMINISTRATOR" } };
    assert.deepEqual(texts(well, failed, failed), [
      "ADMINISTRATOR\n\nRun again at 2026-11-22T03:00:02Z, it failed: There are no AWS credentials.",
    ]);
    assert.deepEqual(texts(failed), ["There are no AWS credentials."]);
    assert.deepEqual(texts(failed, well), ["ADMINISTRATOR"]);
  });
});
