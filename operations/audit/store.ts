import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";
import { readNamedFile, writePrivate } from "../../common/files";
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
  const text = readNamedFile(path, SINCE_NEXT);
  try {
    const report = JSON.parse(text) as AuditReport;
    const lists = [report.findings, report.exempt, report.problems, report.regions];
    if (!lists.every(Array.isArray) || report.accountId !== accountId) {
      throw new Error("it is no audit of this account");
    }
    return report;
  } catch (error) {
    const sentence = `Cannot compare with ${path}: ${(error as Error).message.replace(/\.$/, "")}.`;
    throw new BaselineError("unreadable-file", sentence, SINCE_NEXT, ExitCode.badInput, { cause: error });
  }
}

/** What to do about a file that cannot be compared with. */
export const SINCE_NEXT = "Give --since last, or a file that `audit --json` wrote for this account.";

function pathOf(accountId: string, folder: string): string {
  return join(folder, `audit-${accountId}.json`);
}
