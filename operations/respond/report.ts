import { join } from "node:path";
import { writePrivate } from "../../common/files";
import { wrap } from "../../common/table";
import { ExitCode } from "../../common/errors";
import { sha256 } from "../evidence/entry";
import { readEvidence, verifyEvidence } from "../evidence/read";
import { incidentAsHtml } from "./report-html";
import { incidentAsMarkdown } from "./report-markdown";
import { IncidentSum } from "./report-model";
import { titleOf, verificationLine, wordsOf } from "./report-words";
import { type StepContext, type StepOutcome } from "./step";

/** Writes `report.md` and `report.html` into the evidence folder, from the evidence alone. AWS is not asked for it. */
export async function report({ evidence, folder }: Pick<StepContext, "evidence" | "folder">): Promise<StepOutcome> {
  const sum = new IncidentSum();
  for await (const entry of readEvidence(folder)) {
    sum.add(entry);
  }
  const verification = await verifyEvidence(folder);
  const incident = sum.sum(verification);
  const files = [
    { path: join(folder, "report.md"), text: incidentAsMarkdown(incident) },
    { path: join(folder, "report.html"), text: incidentAsHtml(incident) },
  ];
  for (const { path, text } of files) {
    writePrivate(path, text);
    evidence.record({ step: "report", call: "wrote", input: { path }, result: { sha256: sha256(text) } });
  }
  return {
    exitCode: ExitCode.ok,
    text: [
      titleOf(incident),
      ...wordsOf(incident).map(([name, value]) => `  ${name}: ${value}`),
      ...wrap(verificationLine(verification), 80),
      ...files.map(({ path }) => `Written: ${path}`),
    ].join("\n"),
    json: { incident, files: files.map(({ path }) => path) },
  };
}
