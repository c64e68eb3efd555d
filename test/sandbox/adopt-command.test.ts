import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AdoptReport } from "../../operations/apply/adopt/report";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { type Foreign, seedForeign } from "../support/foreign-account";
import { type Asked, type Meddling, type MeddlingProxy, meddlingProxy } from "../support/meddling-proxy";
import { scratch } from "../support/scratch";

const home = "us-east-1";
const settings = `# ours
config:
  aws:region: ${home} # home
  aws:allowedAccountIds: ["123456789012"]
`;
const denied = (message: string): Meddling => ({ status: 403, error: { __type: "AccessDeniedException", message } });

describe("baseline adopt", function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  let emulator: Emulator;
  let aws: Clients;
  let theirs: Foreign;
  let proxy: MeddlingProxy;
  let meddle: (asked: Asked) => Meddling = () => undefined;

  before(async () => {
    folder = scratch("adopt");
    file = join(folder, "Pulumi.prod.yaml");
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, home);
    theirs = await seedForeign(aws, emulator.accountId, home);
    proxy = await meddlingProxy(emulator.endpoint, (asked) => meddle(asked));
  });
  beforeEach(() => {
    meddle = () => undefined;
    writeFileSync(file, settings);
  });
  after(async () => {
    aws?.destroy();
    await proxy?.close();
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const adopt = (...args: string[]) =>
    cli("adopt", "--config", file, "--regions", `${home},eu-west-1`, "--endpoint", proxy.endpoint, ...args);
  const text = () => readFileSync(file, "utf8");

  it("shows, writes with --yes, keeps the rest of the file, and has nothing to do the second time", async () => {
    const first = await adopt("--yes", "--trail", "import");
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /import +Config recorder, us-east-1 +default: A region has one at/);
    assert.match(
      first.stdout,
      new RegExp(`\\+ import baseline-threat-detection-${home}-detector: ${theirs.detectorId}@`),
    );
    const written = text();
    assert.ok(written.startsWith(settings));
    const second = await adopt("--trail", "import");
    assert.deepEqual([second.code, text()], [0, written]);
    assert.match(second.stdout, /Nothing to do/);
    assert.deepEqual(await theirs.untouched(), theirs.before);
  });

  it("writes down whose account it is, and from then on takes no other", async () => {
    writeFileSync(file, `# ours\nconfig:\n  aws:region: ${home} # home\n`);
    const first = await adopt("--yes", "--profile", "x");
    assert.deepEqual([first.code, first.stdout], [2, ""]);
    const { stdout } = await adopt("--yes");
    assert.match(
      stdout,
      /^Account 123456789012, caller arn:aws:sts::123456789012:user\/moto, partition aws,\sendpoint/,
    );
    assert.match(stdout, /\+ aws:allowedAccountIds 123456789012/);
    assert.match(
      text(),
      /^# ours\nconfig:\n {2}aws:region: us-east-1 # home\n[^]*aws:allowedAccountIds:\n {4}- "123456789012"/,
    );
    writeFileSync(file, settings.replace("123456789012", "111122223333"));
    const other = await adopt("--yes");
    assert.deepEqual([other.code, other.stdout], [2, ""]);
    assert.match(other.stderr, /of account 123456789012, and the stack is for 111122223333; nothing was decided/);
  });

  it("writes nothing with --dry-run, and nothing where nobody can be asked", async () => {
    assert.equal((await adopt("--dry-run")).code, 0);
    const unasked = await adopt();
    assert.equal(unasked.code, 2);
    assert.match(unasked.stderr, /nobody can be asked[\s\S]*--yes/);
    assert.equal(text(), settings);
  });

  it("tells the rest when a region is denied, and what is not known", async () => {
    meddle = ({ service, region }) =>
      service === "guardduty" && region === home ? denied("not authorized") : undefined;
    const { code, stdout } = await adopt("--json", "--dry-run");
    const { decisions, changes } = JSON.parse(stdout) as AdoptReport;
    assert.equal(code, 1);
    const unknown = decisions.filter(({ action }) => action === "unknown");
    assert.deepEqual(
      unknown.map(({ thing, region, why }) => [thing, region, why]),
      [["GuardDuty detector", home, `These credentials may not call guardduty:ListDetectors in ${home}.`]],
    );
    assert.equal(changes.imports[`baseline-config-recording-recorder-${home}`], `default@${home}`);
  });

  it("leaves a control out where a service control policy denies it", async () => {
    const message = "is not authorized with an explicit deny in a service control policy";
    meddle = ({ service, region }) => (service === "guardduty" && region === "eu-west-1" ? denied(message) : undefined);
    const { code, stdout } = await adopt("--yes");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /skip +GuardDuty detector, eu-west-1 +A service control policy/);
    assert.match(text(), /skip:\n\s+- ThreatDetection@eu-west-1/);
  });

  const failures: [what: string, meddling: Meddling, says: RegExp][] = [
    ["does not answer", "hang up", /unknown.*eu-west-1/],
    ["throttles", { status: 429, error: { __type: "TooManyRequestsException", message: "slow" } }, /unknown.*eu-west-1/],
    ["is not enabled", { status: 403, error: { __type: "UnrecognizedClientException", message: "The security token included in the request is invalid." } }, /unknown.*eu-west-1/],
  ]; // prettier-ignore
  for (const [what, meddling, says] of failures) {
    it(`goes on when a region ${what}`, async () => {
      meddle = ({ region, service }) => (region === "eu-west-1" && service === "guardduty" ? meddling : undefined);
      const { code, stdout } = await adopt("--dry-run");
      assert.equal(code, 1);
      assert.match(stdout, says);
      assert.match(stdout, /import +GuardDuty detector, us-east-1/);
    });
  }

  it("stops with one sentence when the token has expired", async () => {
    meddle = () => ({ status: 403, error: { __type: "ExpiredTokenException", message: "expired" } });
    const { code, stdout, stderr } = await adopt("--yes");
    assert.deepEqual([code, stdout, text()], [1, "", settings]);
    assert.match(stderr, /error: The AWS credentials have expired\./);
  });

  const inputs: [what: string, content: string | undefined, says: RegExp, args?: string[]][] = [
    ["a file that is not there", undefined, /Cannot read .*: there is no such file\./],
    ["a file that is no YAML", "config: [", /Cannot read .*Pulumi\.prod\.yaml/],
    ["wrong settings", `${settings}  aws-prevention-baseline:namePrefix: NO\n`, /namePrefix = "NO"/],
    ["another account", settings.replace("123456789012", "999999999999"), /are of account 123456789012, and the stack is for 999999999999/],
    ["an unknown choice", settings, /Allowed choices are beside, import, skip/, ["--trail", "both"]],
    ["an endpoint that is no emulator", settings, /is not an emulator on this machine/, ["--endpoint", "https://example.com"]],
  ]; // prettier-ignore
  for (const [what, content, says, args = []] of inputs) {
    it(`says what is wrong with ${what}, and ends with 2`, async () => {
      if (content === undefined) {
        rmSync(file);
      } else {
        writeFileSync(file, content);
      }
      const { code, stderr } = await adopt("--yes", ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
      assert.equal(existsSync(file), content !== undefined);
    });
  }
});
