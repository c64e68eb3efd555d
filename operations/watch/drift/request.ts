import { join } from "node:path";
import { badInput } from "../../../common/errors";
import { requirePlaceFor } from "../../../common/files";
import { packageRoot } from "../../../common/package-root";
import { type AcceptedDrift } from "./accepted-limits";
import { ACCEPTED_FILE, readAccepted } from "./accepted-file";

/** As commander hands them over. */
export interface DriftOptions {
  stack: string;
  json?: boolean;
  markdown?: boolean;
  report?: string[];
  accepted?: string;
  who: boolean;
  unmanaged: boolean;
  fix?: boolean;
  yes?: boolean;
  policyConfig?: string;
  profile?: string;
  endpoint?: string;
}

export const reportFormats = ["text", "json", "sarif", "junit", "markdown", "html"] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** A report to be written to a file. */
export interface ReportFile<Format extends string = ReportFormat> {
  format: Format;
  path: string;
}

/**
 * Reads what can be wrong on the command line before anything else is loaded.
 *
 * @throws BaselineError `nothing-to-fix`, `invalid-report`, `report-not-written`, `unreadable-file`, `invalid-accepted-drift`
 */
export function driftRequest(options: DriftOptions): { files: ReportFile[]; accepted: AcceptedDrift[] } {
  if (options.yes && !options.fix) {
    throw badInput(
      "nothing-to-fix",
      "--yes answers a question that only --fix asks.",
      "Add --fix to put right what drifted, or leave --yes away.",
    );
  }
  const files = (options.report ?? []).map((each) => reportFile(each, reportFormats));
  const path = options.accepted ?? join(packageRoot(), ACCEPTED_FILE);
  return { files, accepted: readAccepted(path, options.accepted !== undefined) };
}

/**
 * Reads `sarif=drift.sarif`.
 *
 * @throws BaselineError `invalid-report`, `report-not-written`
 */
export function reportFile<Format extends string>(text: string, formats: readonly Format[]): ReportFile<Format> {
  const at = text.indexOf("=");
  const format = formats.find((each) => each === text.slice(0, at));
  const path = text.slice(at + 1);
  if (format === undefined || path === "") {
    throw badInput(
      "invalid-report",
      `--report: ${JSON.stringify(text)} is not a format and a file.`,
      `Give one of ${formats.join(", ")} with a file, such as sarif=drift.sarif.`,
    );
  }
  requirePlaceFor(path);
  return { format, path };
}
