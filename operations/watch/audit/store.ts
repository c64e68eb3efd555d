import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { badInput, type BaselineError } from "../../../common/errors";
import { readNamedFile, writePrivate } from "../../../common/files";
import { severities } from "../../output/severity";
import { type AuditReport } from "./model";

/** Where reports are kept, for `--since last`: in the folder the command runs in. Git ignores it. */
export function reportFolder(): string {
  return resolve(".baseline");
}

/** A report holds names and key ids, no secrets; still it tells where an account is weak, so only its owner reads it. */
export function saveReport(report: AuditReport, folder = reportFolder()): void {
  writePrivate(pathOf(report.accountId, folder), JSON.stringify(report));
}

/**
 * The report of the audit before.
 *
 * @param from `last`, or a file that `--json` was written to
 * @returns undefined when there was none
 * @throws BaselineError `unreadable-file` for a file that is no such report
 */
export function reportBefore(from: string, accountId: string, folder = reportFolder()): AuditReport | undefined {
  const path = from === "last" ? pathOf(accountId, folder) : from;
  if (from === "last" && !existsSync(path)) {
    return undefined;
  }
  const report = readReport(path);
  if (report.accountId !== accountId) {
    throw notComparable(path, `it is an audit of account ${report.accountId}`);
  }
  return report;
}

/**
 * A report in a file.
 *
 * @throws BaselineError `unreadable-file` for a file that is none
 */
export function readReport(path: string): AuditReport {
  const text = readNamedFile(path, SINCE_NEXT);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notComparable(
      path,
      text.trim() === "" ? "it is empty" : "it is not JSON, or only the beginning of it",
      error,
    );
  }
  if (!v.is(reportSchema, value)) {
    throw notComparable(path, "it is no report of an audit");
  }
  return value as AuditReport;
}

function notComparable(path: string, why: string, cause?: unknown): BaselineError {
  const sentence = `Cannot compare with ${path}: ${why}.`;
  return badInput("unreadable-file", sentence, SINCE_NEXT, { cause });
}

const finding = v.object({
  ...{ id: v.string(), rule: v.string(), title: v.string(), severity: v.picklist(severities) },
  ...{ who: v.string(), resource: v.string(), region: v.string(), part: v.string() },
});

/** What a comparison reads of a report; versions of this tool differ in the rest. */
const reportSchema = v.object({
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
  startedAt: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  regions: v.array(v.string()),
  findings: v.array(finding),
  exempt: v.array(v.object({ finding })),
  problems: v.array(v.object({ kind: v.string(), region: v.string() })),
});

/** What to do about a file that cannot be compared with. */
const SINCE_NEXT = "Give --since last, or a file that `audit --json` wrote for this account.";

function pathOf(accountId: string, folder: string): string {
  return join(folder, `audit-${accountId}.json`);
}
