import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { type AuditReport } from "./model";

/** Where reports are kept, for `--since last`. Git ignores it. */
export function reportFolder(): string {
  return join(packageRoot(), ".baseline");
}

/** A report holds names and key ids, no secrets; still it tells where an account is weak, so only its owner reads it. */
export function saveReport(report: AuditReport, folder = reportFolder()): void {
  const path = pathOf(report.accountId, folder);
  mkdirSync(folder, { recursive: true });
  // In one step, so that an interruption leaves the one before.
  writeFileSync(`${path}.tmp`, JSON.stringify(report), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
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
  try {
    const report = JSON.parse(readFileSync(path, "utf8")) as AuditReport;
    const lists = [report.findings, report.exempt, report.problems, report.regions];
    if (!lists.every(Array.isArray) || report.accountId !== accountId) {
      throw new Error("it is no audit of this account");
    }
    return report;
  } catch (error) {
    throw new BaselineError(
      "unreadable-file",
      `Cannot compare with ${path}: ${(error as Error).message.replace(/\.$/, "")}.`,
      "Give --since last, or a file that `audit --json` wrote for this account.",
      ExitCode.badInput,
      { cause: error },
    );
  }
}

function pathOf(accountId: string, folder: string): string {
  return join(folder, `audit-${accountId}.json`);
}
