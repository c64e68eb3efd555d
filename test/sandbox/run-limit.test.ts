import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator } from "../../sandbox/emulator";
import { createClients } from "../../sandbox/provider/clients";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { type MeddlingProxy, meddlingProxy } from "../support/meddling-proxy";
import { scratch } from "../support/scratch";

const slow = "eu-west-1";
const regions = ["--regions", `us-east-1,${slow}`];

/** One region answers a byte at a time. Without the limit each of these waits for it for half a minute and more. */
describe("a region that never ends its answers, and --timeout", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let proxy: MeddlingProxy;
  let folder: string;

  before(async () => {
    folder = scratch("limit");
    emulator = await startEmulator();
    const aws = createClients(emulator.endpoint, "us-east-1");
    await aws.iam().createUser({ UserName: "mina" });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await aws.iam().attachUserPolicy({ UserName: "mina", PolicyArn });
    const { TopicArn = "" } = await aws.sns().createTopic({ Name: "baseline-alerts" });
    await aws.events().putRule({ Name: "baseline-drill", EventPattern: '{"source":["x"]}' });
    await aws.events().putTargets({ Rule: "baseline-drill", Targets: [{ Id: "t", Arn: TopicArn }] });
    aws.destroy();
    proxy = await meddlingProxy(emulator.endpoint, ({ region, service }) =>
      region === slow && service !== "sts" ? "drip" : undefined,
    );
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config:\n  aws:region: us-east-1\n");
  });
  after(async () => {
    await proxy?.close();
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inFolder = (name: string) => join(folder, name);
  const over = /--timeout, 4\s+s\)\s+was\s+over\s+before\s+\w+:\w+\s+in\s+eu-west-1\s+was\s+answered/;
  // [arguments, exit code, what else is told, of which region all was read]
  const cases: [string[], number, RegExp][] = [
    [["audit", "--no-save", ...regions], 3, /Could not be told|not checked|could not be read/i],
    [["adopt", "--config", "Pulumi.prod.yaml", "--dry-run", ...regions], 1, /us-east-1/],
    [["respond", "user/mina", "timeline", "--evidence", "a", ...regions], 1, /PARTIAL/],
    [["respond", "user/mina", "sweep", "--apply", "--evidence", "b", ...regions], 1, /PARTIAL/],
    [["respond", "user/mina", "recover", "--evidence", "c", ...regions], 1, /Could not be told/],
    [["drill", "--region", "us-east-1", ...regions], 3, /^topic +us-east-1 +baseline-alerts +sent|event/m],
  ];
  for (const [args, code, told] of cases) {
    it(`${args.slice(0, 3).join(" ")} ends with what the others said, and names it`, async () => {
      const placed = args.map((each, index) =>
        /^(--evidence|--config)$/.test(args[index - 1] ?? "") ? inFolder(each) : each,
      );
      const began = Date.now();
      const ended = await startCli([...placed, "--endpoint", proxy.endpoint, "--timeout", "4"]).ended;
      assert.equal(ended.code, code, ended.stderr + ended.stdout);
      assert.match(ended.stdout, over);
      assert.match(ended.stdout, told);
      assert.ok(Date.now() - began < 25_000, `${Date.now() - began} ms`);
    });
  }

  it("refuses what is no number of seconds, before anything is asked", async () => {
    for (const args of [["audit"], ["respond", "user/mina"], ["drill", "--region", "us-east-1"]]) {
      const { code, stderr } = await startCli([...args, "--endpoint", proxy.endpoint, "--timeout", "1h"]).ended;
      assert.deepEqual([code, /--timeout: "1h" is no number of seconds/.test(stderr)], [2, true], stderr);
    }
  });
});
