import { writeFileSync } from "node:fs";
import { controls } from "../../components/controls";
import { junit } from "../report/junit";
import { notWritten } from "../report/place";
import { driftAsHtml } from "./as-html";
import { driftAsJunit } from "./as-junit";
import { driftAsMarkdown } from "./as-markdown";
import { driftAsSarif } from "./as-sarif";
import { type StackDrift } from "./look";
import { driftAsText } from "./render";
import { type ReportFile, type ReportFormat } from "./request";

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
    json: () => JSON.stringify(report, undefined, 2),
    sarif: () => driftAsSarif(report, controls, version, prefix),
    junit: () => junit([driftAsJunit(report)]),
    markdown: () => driftAsMarkdown(report),
    html: () => driftAsHtml(report),
  };
  return `${forms[format]().trimEnd()}\n`;
}

/** @throws BaselineError `report-not-written` */
export function writeReports(files: ReportFile[], report: StackDrift, context: FormatContext): void {
  for (const { format, path } of files) {
    try {
      writeFileSync(path, driftAs(format, report, context));
    } catch (error) {
      throw notWritten(path, error as Error);
    }
  }
}
