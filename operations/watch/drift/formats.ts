import { jsonText } from "../../../common/printable";
import { controls } from "../../../components/controls";
import { junit } from "../../output/junit";
import { driftAsHtml } from "./as-html";
import { driftAsJunit } from "./as-junit";
import { driftAsMarkdown } from "./as-markdown";
import { driftAsSarif } from "./as-sarif";
import { type StackDrift } from "./look";
import { driftAsText } from "./render";
import { type ReportFormat } from "./request";

/** Of the sources' paths in the repository, and of the tool. */
export interface FormatContext {
  version: string;
  /** Such as `infra/`; empty at the repository's root. */
  prefix: string;
}

/** A report in a form, with a line break at its end. */
export function driftAs(format: ReportFormat, report: StackDrift, { version, prefix }: FormatContext): string {
  const forms: Record<ReportFormat, () => string> = {
    text: () => driftAsText(report),
    json: () => jsonText(report),
    sarif: () => driftAsSarif(report, controls, version, prefix),
    junit: () => junit([driftAsJunit(report)]),
    markdown: () => driftAsMarkdown(report),
    html: () => driftAsHtml(report),
  };
  return `${forms[format]().trimEnd()}\n`;
}
