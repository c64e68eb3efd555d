import { jsonText } from "../../../../common/printable";
import { type FixPlan, type FixResult } from "../fix/model";
import { type AuditReport } from "../model";
import { type AuditChange } from "../since";
import { reportAsHtml } from "../../../output/html";
import { reportAsText } from "../../../output/text";
import { auditAsReport } from "./report";
import { auditAsSarif } from "./sarif";
import { planAsJson } from "../fix/words";

export const auditFormats = ["text", "json", "sarif", "html"] as const;

export type AuditFormat = (typeof auditFormats)[number];

/** An audit and what belongs to it. */
export interface AuditOutcome {
  report: AuditReport;
  change?: AuditChange;
  /** With `--fix`: what it would do. */
  plan?: FixPlan;
  fixes?: FixResult[];
}

/** Of the sources' paths in the repository, and of the tool. */
interface Context {
  version: string;
  prefix: string;
}

/** An audit in a form, with a line break at its end. */
export function auditAs(format: AuditFormat, { report, change, plan, fixes }: AuditOutcome, context: Context): string {
  const forms: Record<AuditFormat, () => string> = {
    text: () => reportAsText(auditAsReport(report, change, fixes)),
    json: () =>
      jsonText({
        ...report,
        ...(change && { change }),
        ...(plan && { plan: planAsJson(plan) }),
        ...(fixes && { fixes }),
      }),
    sarif: () => auditAsSarif(report, context.version, context.prefix),
    html: () => reportAsHtml(auditAsReport(report, change, fixes)),
  };
  return `${forms[format]().trimEnd()}\n`;
}
