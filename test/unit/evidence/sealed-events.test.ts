import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Evidence, openEvidence } from "../../../operations/evidence/evidence";
import { requireIntact } from "../../../operations/evidence/intact";
import { openEvents, sealEvents } from "../../../operations/evidence/sealed-events";

describe("files of events in the evidence", () => {
  let folder: string;
  let parent: string;
  let gathering: string;
  let evidence: Evidence;
  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), "sealed-")), "incident");
    evidence = await openEvidence(folder);
    parent = join(folder, "events");
    gathering = join(parent, "20261120T000000Z");
    mkdirSync(gathering, { recursive: true });
    openEvents(evidence);
    for (const name of ["a.jsonl", "a.cursor", "gather.json"]) writeFileSync(join(gathering, name), "{}\n");
    await sealEvents(evidence, gathering);
  });
  afterEach(() => {
    evidence.close();
    rmSync(join(folder, ".."), { recursive: true, force: true });
  });

  /** What somebody does, and the file that is named; undefined where nothing is wrong. */
  const cases: [what: string, change: () => void, named: string | undefined][] = [
    ["left alone", () => undefined, undefined],
    ["changed", () => writeFileSync(join(gathering, "a.jsonl"), "[]\n"), "a.jsonl"],
    ["with an event more", () => appendFileSync(join(gathering, "a.jsonl"), "{}\n"), "a.jsonl"],
    ["cut short", () => truncateSync(join(gathering, "a.jsonl"), 1), "a.jsonl"],
    ["whose place was changed", () => writeFileSync(join(gathering, "a.cursor"), "{ }\n"), "a.cursor"],
    ["whose request was changed", () => writeFileSync(join(gathering, "gather.json"), "{ }\n"), "gather.json"],
    ["removed", () => rmSync(join(gathering, "a.jsonl")), "a.jsonl"],
    ["of another lane put there", () => writeFileSync(join(gathering, "b.jsonl"), "{}\n"), "b.jsonl"],
    ["of another gathering put there", () => mkdirSync(join(parent, "20261121T000000Z")), "20261121T000000Z"],
  ];
  for (const [what, change, named] of cases) {
    it(`${what}: ${named === undefined ? "are read" : "are refused, by name"}`, async () => {
      change();
      const read = requireIntact(evidence);
      await (named === undefined
        ? read
        : assert.rejects(read, { code: "evidence-file-changed", message: new RegExp(`${named} is not as`) }));
    });
  }

  it("may have grown while a run was killed, but not changed", async () => {
    openEvents(evidence);
    appendFileSync(join(gathering, "a.jsonl"), "{}\n");
    writeFileSync(join(gathering, "a.cursor"), "{ }\n");
    mkdirSync(join(parent, "20261121T000000Z"));
    await requireIntact(evidence);
    writeFileSync(join(gathering, "a.jsonl"), "[]\n{}\n");
    await assert.rejects(requireIntact(evidence), { code: "evidence-file-changed" });
  });
});
