import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { engineHost, findEngine } from "../../sandbox/demo/engine-host";
import { practiceStack } from "../../sandbox/demo/stage-hand";
import { driftReport } from "../../operations/watch/drift/model";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { verify } from "../../operations/account/verify";
import { type Emulator } from "../../sandbox/emulator";
import { type Host, type RunResult } from "../../engine/host";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { titled, whyNotEngine } from "../support/conditions";
import { startEmulator } from "../support/emulator";
import { everything, project } from "../support/graph";
import { scratch } from "../support/scratch";

const home = "ap-northeast-2";
const regions = [home, "us-east-1"];

describe(titled("the whole baseline, on the real engine", whyNotEngine), function () {
  this.timeout(300_000);
  let folder: string;
  let emulator: Emulator;
  let aws: Clients;
  let host: Host;
  let up: RunResult;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-whole");
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, home);
    await aws.iam().createUser({ UserName: "mina" });
    await aws.iam().createGroup({ GroupName: "developers" });
    const { Vpcs: [vpc] = [] } = await aws.ec2(home).describeVpcs({});
    const settings = {
      ...everything,
      "aws:region": home,
      "aws-prevention-baseline:excludeRegions": defaultRegions.filter((each) => !regions.includes(each)),
      "aws-prevention-baseline:ssmEndpoints": { vpcs: [{ region: home, vpcId: vpc?.VpcId }] },
    };
    const signal = new AbortController().signal;
    const hand = { emulator, project, settings, folder, signal, onStep: () => undefined };
    host = await engineHost(hand, await findEngine(false));
    up = await host.up("index");
  });
  after(async () => {
    aws?.destroy();
    await host?.close();
    await emulator?.stop();
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is made in one go, and every control can be read back", async () => {
    assert.deepEqual([up.outcome, up.findings], ["done", []]);
    const { accountId } = emulator;
    const evidence = await verify({ aws, accountId, homeRegion: home, regions, namePrefix: "baseline" });
    assert.deepEqual(
      evidence.filter(({ holds }) => !holds),
      [],
    );
  });

  it("is found clean, and changes nothing the second time", async () => {
    const report = driftReport(await host.refresh());
    assert.deepEqual([report.state, report.items], ["clean", []]);
    const { steps } = await host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
  });

  it("cannot be destroyed as a whole, and what is destroyed leaves the evidence", async () => {
    const whole = await pulumi("destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.notEqual(whole.code, 0);
    assert.match(whole.text, /protected/);
    const { IsLogging: before } = await aws.cloudtrail(home).getTrailStatus({ Name: "baseline-trail" });
    const rest = await pulumi("destroy", "--yes", "--skip-preview", "--non-interactive", "--exclude-protected");
    assert.equal(rest.code, 0, rest.text);
    assert.match(rest.text, /protected resources/);
    const { IsLogging: after } = await aws.cloudtrail(home).getTrailStatus({ Name: "baseline-trail" });
    assert.deepEqual([before, after], [true, true]);
    const { Buckets: buckets = [] } = await aws.s3(home).listBuckets({});
    assert.equal(buckets.length, 3);
    const { MetricAlarms: alarms } = await aws.cloudwatch(home).describeAlarms({});
    assert.deepEqual(alarms, []);
  });

  /** The CLI as a person would run it, in the folder and against the state of the host. */
  function pulumi(...args: string[]): Promise<{ code: number; text: string }> {
    const cwd = join(folder, "index");
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: join(folder, "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "practice",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      BASELINE_SANDBOX_ENDPOINT: emulator.endpoint,
    };
    return new Promise((resolve) => {
      execFile(
        "pulumi",
        [...args, "--stack", practiceStack, "--color", "never"],
        { cwd, env },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, text: stdout + stderr }),
      );
    });
  }
});
