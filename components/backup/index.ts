import { control, ControlScope } from "../foundation/control";
import { gone, touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { Backup } from "./backup";
import { requireSameLock } from "./previous-lock";
import { backupSettings } from "./settings";

export const backup = control({
  id: "Backup",
  title: "Tagged volumes and databases are backed up daily, into vaults from which nothing can be deleted early",
  scope: ControlScope.chosen,
  stops: "An intruder who destroys or encrypts volumes and databases, and their backups with them, for ransom.",
  answers: ["Security Hub EC2.28", "Security Hub RDS.26"],
  cost: "warm backup storage by GB and month; vaults, plans and locks are free",
  settings: backupSettings,
  // Nothing is known by it, but that the locks of the stack may stay as they are.
  facts: { none: undefined, ask: ({ backup }) => requireSameLock(backup) },
  place: ({ settings: { backup }, ...at }) => {
    const regions = backup.regions.length > 0 ? backup.regions : [at.region];
    new Backup(at.name, { ...placementOf(at), ...backup, regions }, at.child);
  },
  drift: [
    touched("VaultLockConfiguration", "critical", "backups can be deleted"),
    gone("Vault", "critical", "backups have no place"),
  ],
});
