import { join } from "node:path";
import { wrap } from "../../../common/table";
import { ExitCode } from "../../../common/errors";
import { bucketPlaceOf } from "../../../aws/bucket-name";
import { requireIntact } from "../../evidence/intact";
import { readEvidence } from "../../evidence/read";
import { isContradicted, stateOf } from "../../evidence/state";
import { stateSentences } from "../../evidence/state-words";
import { writeFiles } from "../../evidence/written-files";
import { reportAsHtml } from "../../output/html";
import { reportAsMarkdown } from "../../output/markdown";
import { plain } from "../../output/report";
import { incidentAsReport } from "./as-report";
import { IncidentSum } from "./report-model";
import { type StepContext, type StepOutcome } from "../step";

/**
 * Writes `report.md` and `report.html` into the evidence folder, from the evidence alone. AWS is asked for anchors only.
 *
 * Ends with 3 where the evidence shows that it was changed.
 * @throws BaselineError `evidence-file-changed`
 */
export async function report({ evidence, folder, options, bulk }: StepContext): Promise<StepOutcome> {
  await requireIntact(evidence);
  const sum = new IncidentSum();
  for await (const entry of readEvidence(folder)) {
    sum.add(entry);
  }
  const { anchor } = options;
  const verification = await stateOf(
    folder,
    anchor === undefined ? undefined : { place: bucketPlaceOf("--anchor", anchor), aws: bulk },
  );
  const incident = sum.sum(verification);
  const shown = incidentAsReport(incident);
  const texts = { "report.md": `${reportAsMarkdown(shown)}\n`, "report.html": reportAsHtml(shown) };
  writeFiles(evidence, "report", texts);
  const files = Object.keys(texts).map((name) => join(folder, name));
  return {
    exitCode: isContradicted(verification) ? ExitCode.found : ExitCode.ok,
    text: [
      plain(shown.title),
      ...shown.facts.map(([name, value]) => `  ${name}: ${value}`),
      ...stateSentences(verification).flatMap((each) => wrap(each, 80)),
      ...files.map((path) => `Written: ${path}`),
    ].join("\n"),
    json: { incident, files },
  };
}
