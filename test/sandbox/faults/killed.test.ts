import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createClients } from "../../../sandbox/provider/clients";
import { cli } from "../../support/cli";
import { startEmulator } from "../../support/emulator";
import { scratch } from "../../support/scratch";
import { leaky } from "./contain";
import { assertTakenBack, killedContainment, killedFix, killedLeakDrill, killedUndo } from "./killed-commands";
import { assertSound, everyKill, type Killing, killedWriting } from "./killing";
import { type Account } from "./scenario";

const killings = [killedContainment, killedUndo, killedFix, killedLeakDrill] as unknown as Killing<unknown>[];

describe("a command whose process is killed", function () {
  this.timeout(300_000);
  let account: Account;

  before(async () => {
    const emulator = await startEmulator();
    account = { emulator, aws: createClients(emulator.endpoint, "us-east-1"), folder: scratch("killed") };
  });
  after(async () => {
    account?.aws.destroy();
    await account?.emulator.stop();
    rmSync(account?.folder ?? "", { recursive: true, force: true });
  });

  for (const killing of killings) {
    it(`${killing.name}, at each call that changes something: run again and taken back, nothing is left`, () =>
      everyKill(killing, account));
  }

  const lines: [text: string, at: "half" | "written"][] = [
    ['"call":"about to change"', "half"],
    ['"call":"about to change"', "written"],
    ['"call":"changed"', "half"],
    ['"call":"changed"', "written"],
  ];
  for (const [number, [text, at]] of lines.entries()) {
    it(`respond contain --apply, while it writes ${text}: ${at}`, async () => {
      const { endpoint } = account.emulator;
      const stage = await leaky(account, 100 + number);
      const where = ["--evidence", stage.evidence];
      const contain = ["respond", stage.key, "contain", "--apply", ...where, "--endpoint", endpoint];
      assert.equal((await killedWriting(contain, text, at)).code, null);
      assert.ok(existsSync(join(stage.evidence, "evidence.lock")), "the lock of the dead process");
      assert.equal(await assertSound(stage.evidence), at === "half");
      const verified = await cli("respond", stage.key, "verify", ...where);
      assert.equal(verified.code, 0, verified.stdout);
      assert.equal(/The last line is half written/.test(verified.stdout.replace(/\s+/g, " ")), at === "half");
      await assertTakenBack(account, stage, true);
      assert.ok(!existsSync(join(stage.evidence, "evidence.lock")));
    });
  }

  for (const at of ["half", "renamed"] as const) {
    it(`adopt, while it writes the stack file: ${at}: it is the old one or the new one, and nothing is left`, async () => {
      const folder = mkdtempSync(join(account.folder, "adopt-"));
      const [file, link] = [join(folder, "real", "settings.yaml"), join(folder, "Pulumi.prod.yaml")];
      mkdirSync(join(folder, "real"));
      symlinkSync(join("real", "settings.yaml"), link);
      const old = "# ours\nconfig:\n  aws:region: us-east-1 # home\n";
      writeFileSync(file, old);
      chmodSync(file, 0o640);
      const { endpoint } = account.emulator;
      const adopt = ["adopt", "--config", link, "--regions", "us-east-1", "--endpoint", endpoint, "--yes"];
      assert.equal((await killedWriting(adopt, "settings.yaml", at)).code, null);
      const killed = readFileSync(file, "utf8");
      if (at === "renamed")
        assert.match(killed, /^# ours\nconfig:\n {2}aws:region: us-east-1 # home\n[^]*"123456789012"/);
      else assert.equal(killed, old);
      await cli(...adopt);
      const now = readFileSync(file, "utf8");
      assert.match(now, /allowedAccountIds/);
      if (at === "renamed") assert.equal(now, killed);
      assert.deepEqual([statSync(file).mode & 0o777, readdirSync(join(folder, "real"))], [0o640, ["settings.yaml"]]);
      assert.ok(lstatSync(link).isSymbolicLink());
    });
  }
});
