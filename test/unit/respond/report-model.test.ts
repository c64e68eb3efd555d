import assert from "node:assert/strict";
import { ABOUT_TO, CHANGED, OUTCOME } from "../../../operations/respond/marks";
import { reportAsHtml } from "../../../operations/output/html";
import { reportAsMarkdown } from "../../../operations/output/markdown";
import { incidentAsReport } from "../../../operations/respond/report/as-report";

import { type Incident, IncidentSum } from "../../../operations/respond/report/report-model";

const incidentAsMarkdown = (incident: Incident) => reportAsMarkdown(incidentAsReport(incident));
const incidentAsHtml = (incident: Incident) => reportAsHtml(incidentAsReport(incident));

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
  return incidentAsReport(incident).facts.find(([name]) => name === "Contained")?.[1];
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

describe("what a report says of the runs of a step", () => {
  const reported = (...runs: [step: string, run: object][]) => {
    const sum = new IncidentSum();
    runs.forEach(([step, run], at) => {
      const time = `2026-11-22T03:00:0${at}Z`;
      sum.add({ before: "", hash: "", n: at + 1, time, step, call: OUTCOME, ...run });
    });
    return sum.sum({ ok: true, entries: 0, head: "", torn: false });
  };
  const failed = { error: { code: "no-credentials", message: "There are no AWS credentials.\nSign in." } };
  const well = { result: { exitCode: 0, text: "ADMINISTRATOR" } };
  const run = (text: string, apply: boolean, calls: number) => ({
    input: { apply },
    result: { exitCode: 0, text, json: { applied: apply, calls: Array.from({ length: calls }, () => ({})) } },
  });

  it("of one that reads only, what it found last; that it failed is a line each", () => {
    const said = (...runs: object[]) => {
      const { steps, quiet } = reported(...runs.map((each) => ["triage", each] as [string, object]));
      return [steps.map(({ text }) => text), quiet.map(({ time, line }) => `${time.slice(-2)} ${line}`)];
    };
    const line = "triage failed: There are no AWS credentials. Sign in.";
    assert.deepEqual(said(well, failed, failed), [["ADMINISTRATOR"], [`1Z ${line}`, `2Z ${line}`]]);
    assert.deepEqual(said(failed), [[], [`0Z ${line}`]]);
    assert.deepEqual(said(failed, well), [["ADMINISTRATOR"], [`0Z ${line}`]]);
  });

  it("of those that can change something, every run that did, in order, and a line for each other one", () => {
    const incident = reported(
      ["contain", run("Contain user mina: 4 call(s); a dry run", false, 4)],
      ["contain", run("Contain user mina: 4 of 4 call(s) done", true, 4)],
      ["sweep", run("Sweep after user mina: 2 of 2 call(s) done", true, 2)],
      ["contain", run("Undo: 4 of 4 call(s) done", true, 4)],
      ["contain", run("Contain user mina: 4 of 4 call(s) done again", true, 4)],
      ["contain", run("Contain user mina: there is nothing to do.", true, 0)],
      ["contain", run("Undo: 4 call(s); a dry run", false, 4)],
    );
    const headings = [
      "contain --apply, 2026-11-22T03:00:01Z",
      "sweep --apply, 2026-11-22T03:00:02Z",
      "contain --undo --apply, 2026-11-22T03:00:03Z",
      "contain --apply, 2026-11-22T03:00:04Z",
    ];
    for (const document of [incidentAsMarkdown(incident), incidentAsHtml(incident)]) {
      const found = [...document.matchAll(/^(?:## |<section><h2>)(.*?, 2026[^<\n]*)/gm)].map(([, heading]) => heading);
      assert.deepEqual(found, headings);
      assert.match(document, /03:00:00Z: .*contain.*: a dry run of 4 call/);
      assert.match(document, /03:00:05Z: .*contain.*: there was nothing to change/);
      assert.match(document, /03:00:06Z: .*contain.*undo.*: a dry run of 4 call/);
      assert.equal(document.match(/4 of 4 call\(s\) done/g)?.length, 3);
    }
  });

  it("of one that only had dry runs, the last of them", () => {
    const { steps, quiet } = reported(["contain", run("first", false, 4)], ["contain", run("second", false, 4)]);
    assert.deepEqual([steps.map(({ text }) => text), quiet.length], [["second"], 1]);
  });

  it("what the last sweep left, with the commands, although a later sweep was a dry run", () => {
    const sweep = (apply: boolean, removals: object[]) => {
      const { input, result } = run("Sweep", apply, apply ? 2 : 0);
      const more = { from: "2026-08-22T00:00:00Z", regions: [], left: [], removals, notes: [] };
      return { input, result: { ...result, json: { ...result.json, ...more } } };
    };
    const command = "aws ec2 delete-key-pair --region eu-west-1 --key-name k";
    const left = [{ what: "key pair k, eu-west-1", commands: [command] }];
    for (const render of [incidentAsMarkdown, incidentAsHtml]) {
      assert.ok(render(reported(["sweep", sweep(true, left)])).includes(command));
      const after = render(reported(["sweep", sweep(true, left)], ["sweep", sweep(false, [])]));
      assert.match(after, /What is left, 2026-11-22T03:00:01Z[^]*found nothing that it made/);
      assert.ok(!after.includes(command));
    }
  });
});
