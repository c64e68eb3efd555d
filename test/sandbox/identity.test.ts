import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { accountClients, type Credentials } from "../../aws/account-clients";
import { type EvidenceEntry } from "../../operations/evidence/entry";
import { readEvidence } from "../../operations/evidence/read";
import { type Emulator } from "../../sandbox/emulator";
import { awsHereFor, type CredentialProcess, credentialProcess } from "../support/aws-here";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { type Asked, type MeddlingProxy, meddlingProxy } from "../support/meddling-proxy";
import { scratch } from "../support/scratch";

/** Both accounts have a user mina. The command line believes that it talks to AWS, and gets credentials from a program. */
describe("a run whose credential process turns to another account", function () {
  this.timeout(300_000);
  const inA: Credentials = { accessKeyId: "AKIAACCOUNTA", secretAccessKey: "s" };
  let inB: Credentials;
  let emulator: Emulator;
  let proxy: MeddlingProxy;
  let folder: string;
  let program: CredentialProcess;
  /** Called before AWS answers. */
  let meddle: (asked: Asked) => void;

  const clientsOf = (credentials: Credentials) => accountClients({ endpoint: emulator.endpoint, credentials });
  const handed = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials, seconds?: number) => ({
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    ...(sessionToken !== undefined && { SessionToken: sessionToken }),
    ...(seconds !== undefined && { Expiration: new Date(Date.now() + seconds * 1000).toISOString() }),
  });

  before(async () => {
    emulator = await startEmulator();
    proxy = await meddlingProxy(emulator.endpoint, (asked) => void meddle(asked));
    const hub = clientsOf(inA);
    const role = { RoleArn: "arn:aws:iam::222222222222:role/Test", RoleSessionName: "test" };
    const { Credentials: keys } = await hub.sts().assumeRole(role);
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
    inB = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    hub.destroy();
    for (const credentials of [inA, inB]) {
      const aws = clientsOf(credentials);
      await aws.iam().createUser({ UserName: "mina" });
      await aws.iam().createLoginProfile({ UserName: "mina", Password: "Long-enough-1!" });
      aws.destroy();
    }
  });
  after(async () => {
    await proxy?.close();
    await emulator?.stop();
  });
  beforeEach(() => {
    folder = scratch("identity");
    meddle = () => undefined;
    program = credentialProcess(folder, handed(inA));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const respond = (...args: string[]) => {
    const port = Number(new URL(proxy.endpoint).port);
    const options = ["--region", "us-east-1", "--evidence", join(folder, "evidence"), ...args];
    return startCli(["respond", "user/mina", ...options], { ...program.environment, ...awsHereFor(port) }).ended;
  };
  const policiesOf = async (credentials: Credentials) => {
    const aws = clientsOf(credentials);
    const { PolicyNames = [] } = await aws.iam().listUserPolicies({ UserName: "mina" });
    aws.destroy();
    return PolicyNames;
  };
  const evidence = async () => {
    const all: EvidenceEntry[] = [];
    for await (const each of readEvidence(join(folder, "evidence"))) all.push(each);
    return all;
  };

  it("stays in the account it began in, which the evidence names first", async () => {
    meddle = ({ action }) => action === "GetCallerIdentity" && program.handsOut(handed(inB));
    const { code, stdout, stderr } = await respond("contain", "--apply");
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /^Account 123456789012, caller arn:aws:\S+,\spartition aws,\sendpoint AWS,\sprofile work\n/);
    assert.equal(program.starts(), 1);
    assert.deepEqual(await policiesOf(inB), []);
    assert.equal((await policiesOf(inA)).length, 2);
    const [first] = await evidence();
    assert.equal(first?.call, "identity");
    assert.deepEqual([(first?.result as { accountId: string }).accountId], ["123456789012"]);
    assert.doesNotMatch(JSON.stringify(await evidence()), /222222222222/);
    // The program gives out keys of the other account by now.
    const elsewhere = await respond("contain", "--undo", "--apply");
    assert.equal(elsewhere.code, 2, elsewhere.stderr);
    assert.match(elsewhere.stderr, /is evidence of account 123456789012, and you are signed in to 222222222222/);
    assert.equal((await policiesOf(inA)).length, 2);
    meddle = () => undefined;
    program.handsOut(handed(inA));
    const undo = await respond("contain", "--undo", "--apply");
    assert.equal(undo.code, 0, undo.stderr + undo.stdout);
    assert.deepEqual(await policiesOf(inA), []);
  });

  it("ends with one error when renewed credentials are those of another account, and writes nothing there", async () => {
    // The SDK renews what ends within five minutes, while it goes on with what it has.
    program.handsOut(handed(inA, 240));
    meddle = ({ action }) => action === "GetCallerIdentity" && program.handsOut(handed(inB, 3600));
    const { code, stderr } = await respond("contain", "--apply");
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      /error: The credentials are now those of arn:aws:sts::222222222222:[^]*began as [^]*123456789012/,
    );
    assert.deepEqual(await policiesOf(inB), []);
  });

  it("is refused where the environment sends calls elsewhere: nothing is sent, nothing recorded", async () => {
    let calls = 0;
    meddle = () => void (calls += 1);
    const environment = { ...program.environment, AWS_ENDPOINT_URL: proxy.endpoint };
    for (const args of [
      ["respond", "user/mina", "contain", "--apply", "--evidence", join(folder, "evidence")],
      ["audit", "--no-save"],
      ["drill", "--region", "us-east-1", "--yes"],
      ["drill", "leak", "--region", "us-east-1", "--yes"],
      ["adopt", "--config", "Pulumi.example.yaml", "--dry-run"],
    ]) {
      const { code, stdout, stderr } = await startCli(args, environment).ended;
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, /^error: AWS_ENDPOINT_URL is set, which sends calls[^]*nothing was sent/);
    }
    assert.deepEqual([calls, program.starts(), existsSync(join(folder, "evidence"))], [0, 0, false]);
  });
});
