import { BaselineError, ExitCode } from "../../common/errors";
import { lastResources, type OwnResource } from "../foundation/own-state";
import { type BackupSettings } from "../foundation/settings/model";
import { lockOf } from "./backup";

/**
 * Compares the settings with the vault locks of the stack that can be final by now. AWS refuses to change such a lock, and
 * the engine to replace it, because it is protected.
 *
 * @throws BaselineError `backup-lock-stays`
 */
export async function requireSameLock(backup: BackupSettings): Promise<void> {
  if (!backup.enabled) {
    return;
  }
  const wanted = lockOf(backup);
  for (const lock of (await lastResources()).filter(canBeFinal)) {
    const { region = "", minRetentionDays, maxRetentionDays, changeableForDays } = lock.outputs ?? {};
    if (
      minRetentionDays !== wanted.minRetentionDays ||
      maxRetentionDays !== wanted.maxRetentionDays ||
      changeableForDays !== wanted.changeableForDays
    ) {
      throw new BaselineError(
        "backup-lock-stays",
        `The lock of the backup vault in ${String(region)} was made for ${String(minRetentionDays)} days and becomes final after ${String(changeableForDays)}. The settings ask for another one, which AWS refuses then. Nothing was done.`,
        `Set backup.lockRetentionDays to ${String(minRetentionDays)} and backup.complianceLockAfterDays to ${String(changeableForDays)}; backup.retentionDays may then be up to ${String(maxRetentionDays)}. A lock that is not final yet can be written anew: take it out of the state with \`pulumi state delete --force\` first.`,
        ExitCode.badInput,
      );
    }
  }
}

function canBeFinal({ type, outputs }: OwnResource): boolean {
  return (
    type === "aws:backup/vaultLockConfiguration:VaultLockConfiguration" && Number(outputs?.["changeableForDays"]) > 0
  );
}
