import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Credentials } from "../../../aws/account-clients";
import { createClients } from "../../../sandbox/provider/clients";
import { credentialsOf } from "./accounts";
import { fixing, fixUndoing } from "./audit-fix";
import { containment, undoing } from "./contain";
import { drill } from "./drill";
import { leakDrill } from "./leak-drill";
import { sweeping } from "./sweep";
import { documentFor, documentNow } from "./document";
import { type Account, type Scenario } from "./scenario";
import { everyFault, type Table } from "./suite";
import { startEmulator } from "../../support/emulator";

const scenarios = [containment, undoing, sweeping, drill, leakDrill, fixing, fixUndoing] as unknown as Scenario[];

describe("every call of every command that writes, with every fault", function () {
  this.timeout(600_000);
  let account: Account;
  let other: Credentials;
  const tables = new Map<string, Table>();

  before(async () => {
    const emulator = await startEmulator();
    const aws = createClients(emulator.endpoint, "us-east-1");
    account = { emulator, aws, folder: mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "faults-")) };
    other = await credentialsOf(account, "222222222222");
  });
  after(async () => {
    account?.aws.destroy();
    await account?.emulator.stop();
    rmSync(account?.folder ?? "", { recursive: true, force: true });
  });

  for (const scenario of scenarios) {
    it(`${scenario.name}: account, evidence and report say the same`, async () => {
      tables.set(scenario.name, await everyFault(scenario, account, other));
    });
  }

  it("docs/faults.md says how each of them ended", async () => {
    const text = await documentFor(scenarios, tables);
    assert.equal(documentNow(text), text, "docs/faults.md is stale; it says itself how to write it anew");
  });
});
