import { join } from "node:path";
import { badInput } from "../../../common/errors";
import { packageRoot } from "../../../common/package-root";
import { bucketPlaceOf } from "../../../aws/bucket-name";
import { type AwsOptions } from "../../../aws/options";
import { readAcceptedEntries } from "../drift/accepted-file";
import { reportFile, type ReportFile } from "../drift/request";
import { type Severity, severities } from "../../output/severity";
import { type Exemption, EXEMPTIONS_FILE } from "./exemptions";
import { regionsIn } from "../../../common/region-name";
import { readReport } from "./store";
import { type AuditFormat, auditFormats } from "./output";

/** As commander hands them over. */
export interface AuditCommandOptions extends AwsOptions {
  region?: string;
  regions?: string;
  failOn: string;
  accepted?: string;
  since?: string;
  json?: boolean;
  sarif?: boolean;
  html?: boolean;
  report?: string[];
  fix?: boolean;
  apply?: boolean;
  yes?: boolean;
  evidence?: string;
  anchor?: string;
  save: boolean;
}

export interface AuditRequest {
  format: AuditFormat;
  files: ReportFile<AuditFormat>[];
  exemptions: Exemption[];
  /** Findings at least as bad fail; `never`: none does. */
  failOn: Severity | "never";
  regions?: string[];
}

/**
 * Reads what can be wrong on the command line before anything else is loaded.
 *
 * @throws BaselineError `invalid-severity`, `invalid-regions`, `needs-fix`, `invalid-report`, `report-not-written`,
 *   `unreadable-file`, `invalid-accepted-drift`
 */
export function auditRequest(options: AuditCommandOptions): AuditRequest {
  const { failOn, regions, accepted, apply, yes, fix } = options;
  const known = [...severities, "never"] as const;
  const severity = known.find((each) => each === failOn);
  if (severity === undefined) {
    throw badInput(
      "invalid-severity",
      `--fail-on: there is no severity ${failOn}.`,
      `Give one of ${known.join(", ")}.`,
    );
  }
  if ((apply || yes) && !fix) {
    throw badInput("needs-fix", "--apply and --yes belong to --fix.", "Add --fix, or leave them out.");
  }
  for (const name of ["evidence", "anchor"] as const) {
    if (options[name] !== undefined && !(fix && apply)) {
      throw badInput("needs-fix", `--${name} belongs to --fix --apply.`, "Add them, or leave it out.");
    }
  }
  if (options.anchor !== undefined) {
    bucketPlaceOf("--anchor", options.anchor);
  }
  const names = regions === undefined ? undefined : regionsIn(regions, "--regions");
  if (options.since !== undefined && options.since !== "last") {
    readReport(options.since);
  }
  return {
    format: options.json ? "json" : options.sarif ? "sarif" : options.html ? "html" : "text",
    files: (options.report ?? []).map((each) => reportFile(each, auditFormats)),
    exemptions: readAcceptedEntries(accepted ?? join(packageRoot(), EXEMPTIONS_FILE), accepted !== undefined, "rule"),
    failOn: severity,
    ...(names && { regions: names }),
  };
}
