import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import { startEmulator } from "../support/emulator";

const REGION = "eu-west-1";
const PLAN = "aws:backup/plan:Plan";
const urnOf = (type: string) => `urn:pulumi:test::baseline::${type}::it`;

describe("sandbox provider: backups", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
    await create("aws:backup/vault:Vault", { name: "safe" });
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  async function create(type: string, given: Props): Promise<{ id: string; outs: Props }> {
    const { inputs } = (await provider.check(urnOf(type), {}, { region: REGION, ...given })) as { inputs: Props };
    return (await provider.create(urnOf(type), inputs)) as { id: string; outs: Props };
  }
  const daily = { name: "daily", rules: [{ ruleName: "daily", targetVaultName: "safe" }] };

  it("gives a rule the windows of @pulumi/aws where the program has none", async () => {
    const { id, outs } = await create(PLAN, daily);
    const { BackupPlan } = await provider.clients.backup(REGION).getBackupPlan({ BackupPlanId: id });
    const [rule] = BackupPlan?.Rules ?? [];
    assert.deepEqual(
      [rule?.StartWindowMinutes, rule?.CompletionWindowMinutes, rule?.ScheduleExpressionTimezone],
      [60, 180, "Etc/UTC"],
    );
    await provider.delete(id, urnOf(PLAN), outs);
  });

  it("changes a plan in place, under a new version", async () => {
    const { id, outs } = await create(PLAN, daily);
    const news = { ...(outs["__inputs"] as Props), rules: [{ ruleName: "other", targetVaultName: "safe" }] };
    const changed = (await provider.update(id, urnOf(PLAN), outs, news)).outs as Props;
    assert.equal(changed["arn"], outs["arn"]);
    assert.notEqual(changed["version"], outs["version"]);
    await provider.delete(id, urnOf(PLAN), changed);
  });

  it("makes a plan of the same name once the old one is deleted", async () => {
    const first = await create(PLAN, daily);
    await provider.delete(first.id, urnOf(PLAN), first.outs);
    const second = await create(PLAN, daily);
    assert.notEqual(second.id, first.id);
    assert.equal((await provider.read(first.id, urnOf(PLAN), first.outs)).id, "");
    await provider.delete(second.id, urnOf(PLAN), second.outs);
  });

  it("dates a lock that will hold for good, which no API tells in days", async () => {
    const type = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
    const lock = { backupVaultName: "safe", minRetentionDays: 7, changeableForDays: 3 };
    const { id, outs } = await create(type, lock);
    const { LockDate } = await provider.clients.backup(REGION).describeBackupVault({ BackupVaultName: "safe" });
    assert.ok(LockDate !== undefined && LockDate > new Date());
    assert.equal(outs["changeableForDays"], 3);
    assert.equal((await provider.diff(id, urnOf(type), outs, outs["__inputs"] as Props)).changes, false);
    await provider.delete(id, urnOf(type), outs);
  });
});
