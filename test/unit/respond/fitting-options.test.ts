import assert from "node:assert/strict";
import { requireFitting } from "../../../operations/respond/fitting-options";
import { steps } from "../../../operations/respond/steps";

describe("options of a step", () => {
  const fit = (name: string, given: object) =>
    requireFitting(
      steps.find((each) => each.name === name)!,
      { prefix: "baseline", ...given },
      steps,
    );

  const refused: [step: string, given: object, says: RegExp][] = [
    ["triage", { apply: true }, /--apply means nothing to the step triage.*\n.*contain --apply, sweep --apply\.$/s],
    ["timeline", { apply: true }, /^--apply means nothing/],
    ["triage", { undo: true }, /contain --undo\.$/],
    ["contain", { done: ["backups"] }, /recover --done\.$/],
    ["contain", { since: "2026-11-01" }, /timeline --since, sweep --since\.$/],
    ["sweep", { night: "22-6" }, /timeline --night\.$/],
    ["sweep", { denyRole: true }, /contain --deny-role\.$/],
    ["sweep", { undo: true }, /contain --undo\.$/],
    ["recover", { note: "why" }, /^--note means nothing without --done or --open/],
    ["timeline", { organization: "o-example" }, /^--organization means nothing without --bucket/],
  ];
  for (const [step, given, says] of refused) {
    it(`of ${step}: ${Object.keys(given).join()} is refused`, () => {
      assert.throws(
        () => fit(step, given),
        (error: Error & { exitCode?: number }) => error.exitCode === 2 && says.test(error.message),
      );
    });
  }

  const taken: [step: string, given: object][] = [
    ["contain", { apply: true, undo: true, evenMe: true }],
    ["sweep", { apply: true }],
    ["sweep", { since: "2026-11-01", bucket: "logs", organization: "o-example", timeZone: "Asia/Seoul" }],
    ["triage", { regions: "eu-west-1", json: true, region: "eu-west-1", endpoint: "http://localhost:5000" }],
    ["recover", { open: ["backups"], note: "why" }],
    ["report", { evidence: "folder" }],
  ];
  for (const [step, given] of taken) {
    it(`of ${step}: ${Object.keys(given).join()} is taken`, () => assert.doesNotThrow(() => fit(step, given)));
  }
});
