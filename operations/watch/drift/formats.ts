import { jsonText } from "../../../common/printable";
import { controls } from "../../../components/controls";
import { reportAsHtml } from "../../output/html";
import { junit } from "../../output/junit";
import { COMMENT_LIMIT, fitting, reportAsMarkdown } from "../../output/markdown";
import { driftAsJunit } from "./as-junit";
import { driftAsSarif } from "./as-sarif";
import { type StackDrift } from "./look";
import { driftAsReport, driftAsText } from "./render";
import { type ReportFormat } from "./request";

/** Of the sources' paths in the repository, and of the tool. */
export interface FormatContext {
  version: string;
  /** Such as `infra/`; empty at the repository's root. */
  prefix: string;
}

const cut = "*There is more than fits here; the other formats have it all.*";

/** A report in a form, with a line break at its end. */
export function driftAs(format: ReportFormat, report: StackDrift, { version, prefix }: FormatContext): string {
  const forms: Record<ReportFormat, () => string> = {
    text: () => driftAsText(report),
    json: () => jsonText(report),
    sarif: () => driftAsSarif(report, controls, version, prefix),
    junit: () => junit([driftAsJunit(report)]),
    markdown: () => fitting(reportAsMarkdown(driftAsReport(report)), COMMENT_LIMIT, cut),
    html: () => reportAsHtml(driftAsReport(report)),
  };
  return `${forms[format]().trimEnd()}\n`;
}
