import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EvidenceInput } from "../../../operations/evidence/entry";
import { type Evidence, openEvidence } from "../../../operations/evidence/evidence";
import { requireIntact } from "../../../operations/evidence/intact";
import { changedFiles, writeFiles } from "../../../operations/evidence/written-files";
import { scratch } from "../../support/scratch";

describe("files that a step writes into the evidence", () => {
  let parent: string;
  let evidence: Evidence;
  beforeEach(async () => {
    parent = scratch("written");
    evidence = await openEvidence(join(parent, "incident"));
    writeFiles(evidence, "report", { "report.md": "# An incident\n", "report.html": "<p>\n" });
  });
  afterEach(() => {
    evidence.close();
    rmSync(parent, { recursive: true, force: true });
  });
  const path = (name: string) => join(evidence.folder, name);
  const flaws = () => changedFiles(evidence.read(), evidence.folder);

  const cases: [what: string, change: () => void, flaw: string | undefined, isRefused: boolean][] = [
    ["are as they were", () => undefined, undefined, false],
    ["were added to", () => appendFileSync(path("report.md"), "me too\n"), "report.md changed", true],
    [
      "have as many other letters",
      () => writeFileSync(path("report.md"), "# No incident\n"),
      "report.md changed",
      true,
    ],
    ["are gone", () => rmSync(path("report.html")), "report.html gone", false],
    ["were written anew", () => writeFiles(evidence, "report", { "report.md": "# Another\n" }), undefined, false],
  ];
  for (const [what, change, flaw, isRefused] of cases) {
    it(`${what}: ${isRefused ? "refused, by name" : "not refused"}`, async () => {
      change();
      assert.deepEqual(
        (await flaws()).map((each) => `${each.name} ${each.what}`),
        flaw === undefined ? [] : [flaw],
      );
      await (isRefused
        ? assert.rejects(requireIntact(evidence), {
            code: "evidence-file-changed",
            message: /incident\/report\.md is not as.*rename it to report\.edited\.md/s,
          })
        : requireIntact(evidence));
    });
  }

  it("may be old or new after a run that was killed while it wrote, and nothing else", async () => {
    const killed = {
      folder: evidence.folder,
      record: (entry: EvidenceInput) => {
        if (entry.call === "wrote files") throw new Error("killed");
        return evidence.record(entry);
      },
    };
    assert.throws(() => writeFiles(killed, "report", { "report.md": "# Newer\n" }), /killed/);
    assert.deepEqual(await flaws(), []);
    writeFileSync(path("report.md"), "# An incident\n");
    assert.deepEqual(await flaws(), []);
    writeFileSync(path("report.md"), "# Mine\n");
    assert.deepEqual(await flaws(), [{ name: "report.md", what: "changed" }]);
  });

  it("are no obstacle any more once they have another name", async () => {
    appendFileSync(path("report.md"), "edited\n");
    renameSync(path("report.md"), path("report.edited.md"));
    await requireIntact(evidence);
    writeFiles(evidence, "report", { "report.md": "# An incident\n" });
    assert.deepEqual(await flaws(), []);
  });
});
