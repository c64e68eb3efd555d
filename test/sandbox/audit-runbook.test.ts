import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { EXEMPTIONS_FILE } from "../../operations/watch/audit/exemptions";
import { rules } from "../../operations/watch/audit/rules";
import { acceptedProblems } from "../../operations/watch/drift/accepted-file";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { seedAccountBefore } from "../../sandbox/seed";
import { backDate } from "../../sandbox/seed/back-date";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { root } from "../support/graph";
import { globMatches } from "../../common/glob";

const text = readFileSync(join(root, "docs", "runbooks", "credential-audit.md"), "utf8");

/** Every command of the runbook that calls the product: in shell blocks, in the crontab, and in the workflow. */
const commands = text
  .split("\n")
  .flatMap((line) => /npm run (?:--silent )?audit --( [^>`]*)/.exec(line)?.[1] ?? [])
  .map((words) => words.trim().split(/ +/));

describe("the runbook of the audit", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let folder: string;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint);
    await seedAccountBefore(aws);
    folder = mkdtempSync(join(tmpdir(), "audit-runbook-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    aws?.destroy();
    await emulator?.stop();
  });

  it("shows commands", () => assert.ok(commands.length >= 6, String(commands.length)));

  for (const words of commands) {
    it(`audit ${words.join(" ")}`, async () => {
      const args = words.map((word) => word.replace("=reports/", `=${folder}/`));
      const only = ["--endpoint", emulator.endpoint, "--regions", "us-east-1"];
      if (words.includes("--apply")) only.push("--evidence", join(folder, "evidence"));
      const { code, stdout, stderr } = await startCli(["audit", ...args, ...only]).ended;
      // The emulator lacks Access Analyzer, so every audit of it is partial; without findings that would be 1.
      assert.equal(code, words.includes("never") ? 1 : 3, stderr);
      assert.doesNotMatch(stderr, /^error:/m);
      if (words.includes("--json") || words.includes("--sarif")) JSON.parse(stdout);
      else assert.match(stdout, /^Account 123456789012/);
      if (words.includes("--apply")) {
        assert.match(stderr, /This is an emulator, so nobody is asked/);
        assert.match(stdout.replaceAll("\n", " "), /This audit was made before the fix/);
        const [during = "", after = ""] = stderr.split("\nThe fix, after the audit above was made:\n");
        const done = (text: string) => text.match(/^ {2}done .*$/gm);
        assert.ok(done(during)?.length);
        assert.deepEqual(done(after), done(during));
        assert.match(after, /\nEvidence, with the way back: .*\n$/);
      }
      for (const file of args.filter((word) => /^(html|json|sarif)=/.test(word))) {
        assert.ok(existsSync(file.slice(file.indexOf("=") + 1)), file);
      }
    });
  }

  it("shows what a fix would do below the report, and to scripts with the way back", async () => {
    const { AccessKey } = await aws.iam().createAccessKey({ UserName: "mina" });
    const created = new Date("2020-01-01T00:00:00Z");
    await backDate(aws, "mina", AccessKey!.AccessKeyId!, { created });
    const only = ["--endpoint", emulator.endpoint, "--regions", "us-east-1", "--no-save"];
    const { stdout, stderr } = await startCli(["audit", "--fix", "--json", ...only]).ended;
    const { plan } = JSON.parse(stdout) as { plan: { deeds: { command: string; undo: string }[] } };
    const deed = plan.deeds.find(({ command }) => command.includes(AccessKey!.AccessKeyId!));
    assert.match(deed?.command ?? "", /update-access-key .*--status Inactive --region us-east-1 --endpoint-url /);
    assert.match(deed?.undo ?? "", /--status Active --region us-east-1 --endpoint-url /);
    assert.match(stderr, /To fix: \d+\.[^]*Nothing was changed; --apply does it\.\n$/);
    const { AccessKeyMetadata = [] } = await aws.iam().listAccessKeys({ UserName: "mina" });
    assert.equal(AccessKeyMetadata.find((each) => each.AccessKeyId === AccessKey!.AccessKeyId)?.Status, "Active");
  });

  it("has by then closed what was unused", async () => {
    const { AccessKeyMetadata = [] } = await aws.iam().listAccessKeys({ UserName: "old-contractor" });
    assert.deepEqual(
      AccessKeyMetadata.map(({ Status }) => Status),
      ["Inactive"],
    );
  });

  it("names rules that are, and every one of them", () => {
    const table = text.split("\n").filter((line) => /^\| `/.test(line));
    const named = table.flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`([a-z0-9*-]+)`/g)].map(([, id]) => id!),
    );
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id) => !named.some((each) => globMatches(each, id))),
      [],
    );
    assert.deepEqual(
      named.filter((each) => !ids.some((id) => globMatches(each, id))),
      [],
    );
  });

  it("shows exemptions as they may be written", () => {
    const shown = /```yaml\n(- resource[^]*?)```/.exec(text)?.[1] ?? "";
    assert.deepEqual(acceptedProblems(parse(shown, { version: "1.2" }), "rule"), []);
    assert.ok(text.includes(EXEMPTIONS_FILE));
  });
});
