import assert from "node:assert/strict";
import { requireSameLock } from "../../components/backup/previous-lock";
import { parseSettings } from "../../components/settings";
import { runProgram } from "../../engine/in-process/program";

const made = { region: "eu-west-1", minRetentionDays: 35, maxRetentionDays: 400 };
const final = { ...made, changeableForDays: 3 };

describe("a vault lock that becomes final", () => {
  async function check(lock: Record<string, string | number> | undefined, backup: Record<string, unknown>) {
    const type = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
    const { backup: settings } = parseSettings({ homeRegion: "eu-west-1", backup: { enabled: true, ...backup } });
    await runProgram(
      {
        program: () => requireSameLock(settings),
        project: "aws-prevention-baseline",
        stack: "test",
        config: {},
        preview: true,
      },
      {
        register: ({ inputs }) => Promise.resolve({ outputs: inputs }),
        invoke: (token) => Promise.reject(new Error(token)),
        resources: () => (lock ? [{ urn: "urn:lock", type, outputs: lock }] : []),
      },
    );
  }

  const lasting = { complianceLockAfterDays: 3 };
  const allowed: [what: string, lock: typeof made | undefined, backup: Record<string, unknown>][] = [
    ["on a new stack", undefined, { ...lasting, retentionDays: 90 }],
    ["that stays as it is", final, { ...lasting, retentionDays: 35 }],
    ["that stays while the retention is raised", final, { ...lasting, retentionDays: 400, lockRetentionDays: 35 }],
    ["in place of one that can be lifted", made, { ...lasting, retentionDays: 90 }],
    ["of a control that is switched off", final, { enabled: false }],
  ];
  for (const [what, lock, backup] of allowed) {
    it(`is let pass ${what}`, () => check(lock, backup));
  }

  const refused: [what: string, backup: Record<string, unknown>][] = [
    ["the retention is raised alone", { ...lasting, retentionDays: 90 }],
    ["the retention is lowered", { ...lasting, retentionDays: 30 }],
    ["the lock is to be one that can be lifted", { retentionDays: 35 }],
    ["it is to become final later", { complianceLockAfterDays: 30, retentionDays: 35 }],
  ];
  for (const [what, backup] of refused) {
    it(`is refused before anything is done when ${what}`, () =>
      assert.rejects(check(final, backup), {
        code: "backup-lock-stays",
        message: /vault in eu-west-1 was made for 35 days[^]*lockRetentionDays to 35[^]*up to 400/,
      }));
  }
});
