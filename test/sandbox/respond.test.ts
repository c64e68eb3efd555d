import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lazyClients } from "../../aws/clients";
import { accountClients } from "../../aws/account-clients";
import { openEvidence } from "../../operations/evidence/evidence";
import { verifyEvidence } from "../../operations/evidence/read";
import { contain } from "../../operations/respond/contain/contain";
import { type StepRun } from "../../operations/respond/step";
import { type Subject } from "../../operations/respond/subject";
import { triage } from "../../operations/respond/triage/triage";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { awsHereFor } from "../support/aws-here";
import { cli, startCli } from "../support/cli";
import { apiCall } from "../support/cloudtrail-records";
import { startEmulator } from "../support/emulator";
import { type Asked, type Meddling, meddlingProxy, type MeddlingProxy } from "../support/meddling-proxy";
import { fakeKeyId, fakeSecret } from "../support/fake-keys";
import { trailHistory } from "../support/trail-history";

const account = "123456789012";
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

interface Answer {
  exitCode: number;
  applied: boolean;
  calls: { action: string; parameters: Record<string, string>; state?: string; reason?: string }[];
  problems: string[];
  holds: string[];
}

/** A leaked key of an administrator, from the first look to the report, as AWS and an unlucky day answer. */
describe("respond, on an emulated account", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let proxy: MeddlingProxy;
  let aws: Clients;
  let parent: string;
  let folder: string;
  let meddle: (asked: Asked) => Meddling = () => undefined;
  let users = 0;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    proxy = await meddlingProxy(emulator.endpoint, (asked) => meddle(asked));
  });
  beforeEach(() => {
    meddle = () => undefined;
    parent = mkdtempSync(join(tmpdir(), "respond-"));
    folder = join(parent, "evidence");
  });
  afterEach(async function () {
    // Whatever happened: what was written holds, and no secret is in it.
    const verification = await verifyEvidence(folder);
    assert.equal(verification.ok, true, JSON.stringify(verification));
    rmSync(parent, { recursive: true, force: true });
  });
  after(async () => {
    aws?.destroy();
    await proxy?.close();
    await emulator?.stop();
  });

  const respond = (subject: string, ...args: string[]) =>
    cli("respond", subject, ...args, "--endpoint", proxy.endpoint, "--evidence", folder);

  async function asJson<T = Answer>(subject: string, ...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await respond(subject, ...args, "--json");
    assert.notEqual(stdout, "", stderr);
    const answer = JSON.parse(stdout) as T & { exitCode: number };
    assert.equal(code, answer.exitCode);
    return answer;
  }

  /** A user with two keys, a console password, a group of administrators. */
  async function leakyUser() {
    const UserName = `mina-${++users}`;
    const iam = aws.iam();
    await iam.createUser({ UserName, Path: "/people/" });
    const keys = await Promise.all([iam.createAccessKey({ UserName }), iam.createAccessKey({ UserName })]);
    await iam.createLoginProfile({ UserName, Password: fakeSecret() });
    await iam.createGroup({ GroupName: `${UserName}-admins` });
    await iam.putGroupPolicy({ GroupName: `${UserName}-admins`, PolicyName: "all", PolicyDocument: everything });
    await iam.addUserToGroup({ GroupName: `${UserName}-admins`, UserName });
    const [first = "", second = ""] = keys.map(({ AccessKey }) => AccessKey?.AccessKeyId ?? "");
    return { UserName, first, second };
  }

  async function stateOf(UserName: string) {
    const iam = aws.iam();
    const [{ AccessKeyMetadata = [] }, { PolicyNames = [] }, { User }, login] = await Promise.all([
      iam.listAccessKeys({ UserName }),
      iam.listUserPolicies({ UserName }),
      iam.getUser({ UserName }),
      iam.getLoginProfile({ UserName }).then(
        () => true,
        () => false,
      ),
    ]);
    return {
      keys: Object.fromEntries(AccessKeyMetadata.map(({ AccessKeyId = "", Status }) => [AccessKeyId, Status])),
      policies: PolicyNames.sort(),
      tags: Object.fromEntries((User?.Tags ?? []).map(({ Key = "", Value }) => [Key, Value])),
      login,
    };
  }

  const error = (status: number, __type: string): Meddling => ({ status, error: { __type, message: "said no" } });
  const ours = ["baseline-respond-deny", "baseline-respond-revoke-sessions"];

  it("triage says whose key it is, what it opens, and what else there is, and changes nothing", async () => {
    const { UserName, first, second } = await leakyUser();
    await aws.iam().attachUserPolicy({ UserName, PolicyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2" });
    const before = await stateOf(UserName);
    const { stdout, stderr } = await respond(first);
    for (const told of [
      new RegExp(`Whose +${first} of user ${UserName}\\s+\\(arn:aws:iam::${account}:user/people/${UserName}`),
      new RegExp(`This key +${first}: Active, 0 days old, no use on record`),
      new RegExp(`Other key +${second}: Active`),
      /Console +password/,
      /MFA +none/,
      new RegExp(`Groups +${UserName}-admins`),
      /Quarantine +AWSCompromisedKeyQuarantineV2/,
      /May do +ADMINISTRATOR: /,
      /Contained +no/,
      /GuardDuty +off, or not to be read, in all 17 region/,
      /^ {4}npm run respond -- AKIA\w+ contain --evidence \S+ --endpoint \S+$/m,
    ]) {
      assert.match(stdout, told, stderr);
    }
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("    npm run ")),
      [],
    );
    assert.deepEqual(await stateOf(UserName), before);
    assert.match(stderr, /Evidence: .*evidence, \d+ line\(s\), the last [0-9a-f]{64}/);
  });

  it("contain shows every call and makes none without --apply", async () => {
    const { UserName, first } = await leakyUser();
    const before = await stateOf(UserName);
    const { code, stdout, stderr } = await respond(first, "contain");
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /4 call\(s\); a dry run/);
    assert.match(stdout, new RegExp(`iam:UpdateAccessKey\\n[^]*UserName: ${UserName}\\n +AccessKeyId: ${first}`));
    assert.match(stdout, /iam:PutUserPolicy[^]*"Effect":"Deny"/);
    assert.deepEqual(await stateOf(UserName), before);
  });

  it("contains a key, a second time finds nothing to do, and undo gives everything back", async () => {
    const { UserName, first, second } = await leakyUser();
    const before = await stateOf(UserName);
    const done = await asJson(first, "contain", "--apply");
    assert.deepEqual([done.exitCode, done.calls.map(({ state }) => state)], [0, ["done", "done", "done", "done"]]);
    const contained = await stateOf(UserName);
    assert.deepEqual(contained.keys, { [first]: "Inactive", [second]: "Active" });
    assert.deepEqual([contained.policies, contained.login], [ours, true]);
    assert.equal(contained.tags["baseline:incident"], "evidence");

    const again = await asJson(first, "contain", "--apply");
    assert.deepEqual([again.exitCode, again.calls], [0, []]);
    assert.deepEqual(await stateOf(UserName), contained);
    const { stdout: triage } = await respond(first);
    assert.match(triage, /Contained +the key is Inactive; everything is denied; sessions begun before/);
    assert.match(triage, /Next:\n +it is contained already; what it was used for:\n +npm run respond -- \S+ timeline/);
    assert.match(triage, /May do +ADMINISTRATOR/);

    const shown = await asJson(first, "contain", "--undo");
    assert.deepEqual([shown.applied, shown.calls.length], [false, 4]);
    assert.deepEqual(await stateOf(UserName), contained);
    const undone = await asJson(first, "contain", "--undo", "--apply");
    assert.equal(undone.exitCode, 0);
    assert.deepEqual(await stateOf(UserName), before);
    assert.deepEqual((await asJson(first, "contain", "--undo", "--apply")).calls, []);
    // And contained once more, because undoing it was a mistake.
    await asJson(first, "contain", "--apply");
    assert.deepEqual((await stateOf(UserName)).keys[first], "Inactive");
  });

  it("closes the other ways in too, tells them in triage, and undo opens them again", async () => {
    const { UserName, first } = await leakyUser();
    const iam = aws.iam();
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const SSHPublicKeyBody = publicKey.export({ type: "spki", format: "pem" }).toString();
    const bedrock = await iam.createServiceSpecificCredential({ UserName, ServiceName: "bedrock.amazonaws.com" });
    const git = await iam.createServiceSpecificCredential({ UserName, ServiceName: "codecommit.amazonaws.com" });
    const ssh = await Promise.all([1, 2].map(() => iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody })));
    const [api = "", password = ""] = [bedrock, git].map(
      ({ ServiceSpecificCredential: made }) => made?.ServiceSpecificCredentialId ?? "",
    );
    await iam.updateServiceSpecificCredential({
      UserName,
      ServiceSpecificCredentialId: password,
      Status: "Inactive",
    });
    const statuses = async () => {
      const { ServiceSpecificCredentials: own = [] } = await iam.listServiceSpecificCredentials({ UserName });
      const { SSHPublicKeys: keys = [] } = await iam.listSSHPublicKeys({ UserName });
      const found: Record<string, string | undefined> = {};
      own.forEach(({ ServiceSpecificCredentialId: id = "", Status }) => (found[id] = Status));
      keys.forEach(({ SSHPublicKeyId: id = "", Status }) => (found[id] = Status));
      return found;
    };
    const before = await statuses();
    const { stdout, stderr, code } = await respond(first);
    assert.equal(code, 0, stderr + stdout);
    assert.match(
      stdout.replace(/\s+/g, " "),
      new RegExp(`Other way in service-specific credential ${api} \\(bedrock.amazonaws.com\\): Active, 0 days old`),
    );
    const done = await asJson(first, "contain", "--apply");
    assert.equal(done.exitCode, 0);
    assert.deepEqual(new Set(Object.values(await statuses())), new Set(["Inactive"]));
    assert.equal(Object.keys(before).length, 2 + ssh.length);
    assert.deepEqual((await asJson(first, "contain", "--apply")).calls, []);
    // What was Inactive before stays so.
    assert.equal((await asJson(first, "contain", "--undo", "--apply")).exitCode, 0);
    assert.deepEqual(await statuses(), before);
    assert.equal(before[password], "Inactive");
  });

  it("takes every key where the user is named, and the password only when told to, and says that it is gone", async () => {
    const { UserName, first, second } = await leakyUser();
    const done = await asJson(UserName, "contain", "--apply", "--disable-console");
    assert.equal(done.exitCode, 0);
    const { keys, login } = await stateOf(UserName);
    assert.deepEqual([keys, login], [{ [first]: "Inactive", [second]: "Inactive" }, false]);
    const { stdout } = await respond(UserName, "contain", "--undo");
    assert.match(stdout, /Cannot be taken back:\n +- iam:DeleteLoginProfile: The password is gone/);
  });

  it("goes on past a call that is denied, says what was done, and does the rest the next time", async () => {
    const { UserName, first } = await leakyUser();
    meddle = ({ action }) => (action === "UpdateAccessKey" ? error(403, "AccessDenied") : undefined);
    const half = await asJson(first, "contain", "--apply");
    assert.equal(half.exitCode, 1);
    assert.deepEqual(
      half.calls.map(({ action, state }) => `${action} ${state}`),
      ["UpdateAccessKey failed", "PutUserPolicy done", "PutUserPolicy done", "TagUser done"],
    );
    assert.match(half.calls[0]?.reason ?? "", /may not call iam:UpdateAccessKey/);
    assert.deepEqual((await stateOf(UserName)).policies, ours);
    meddle = () => undefined;
    const rest = await asJson(first, "contain", "--apply");
    assert.deepEqual(
      rest.calls.map(({ action }) => action),
      ["UpdateAccessKey", "TagUser"],
    );
    assert.equal((await stateOf(UserName)).keys[first], "Inactive");
    assert.equal((await asJson(first, "contain", "--undo", "--apply")).exitCode, 0);
    assert.deepEqual((await stateOf(UserName)).tags, {});
  });

  it("stops where the credentials expire, and names what was not tried", async () => {
    const { UserName, first } = await leakyUser();
    meddle = ({ action }) => (action === "PutUserPolicy" ? error(403, "ExpiredToken") : undefined);
    const half = await asJson(first, "contain", "--apply");
    assert.equal(half.exitCode, 1);
    assert.deepEqual(
      half.calls.map(({ state }) => state),
      ["done", "failed", "not tried", "not tried"],
    );
    assert.equal((await stateOf(UserName)).keys[first], "Inactive");
  });

  it("deactivates the key it was given although it may read nothing of the user", async () => {
    const { UserName, first } = await leakyUser();
    const reads = /^(GetUser|ListAccessKeys|GetLoginProfile|GetUserPolicy|ListMFADevices|ListAttachedUserPolicies)$/;
    meddle = ({ action }) => (reads.test(action) ? error(403, "AccessDenied") : undefined);
    const done = await asJson(first, "contain", "--apply");
    assert.deepEqual([done.exitCode, done.problems.length > 0], [0, true]);
    const { keys, policies } = await stateOf(UserName);
    assert.deepEqual([keys[first], policies], ["Inactive", ours]);
  });

  /** A step in this process, with clients that try so often: the command's own patience takes a quarter of a minute. */
  async function inProcess(
    step: StepRun,
    subject: Subject,
    { maxAttempts, apply = false }: { maxAttempts: number; apply?: boolean },
  ) {
    const { endpoint } = proxy;
    const credentials = { accessKeyId: "practice", secretAccessKey: "practice" };
    const clients = lazyClients("us-east-1", (_, region) => ({ region, endpoint, credentials, maxAttempts }));
    const evidence = await openEvidence(folder);
    try {
      return await step({
        ...{ subject, evidence, folder, apply, aws: clients, bulk: clients },
        options: { prefix: "baseline" },
        signal: new AbortController().signal,
        say: () => undefined,
        now: () => new Date(),
      });
    } finally {
      evidence.close();
      clients.destroy();
    }
  }

  it("tries every call five times, and more slowly where AWS throttles", async () => {
    const clients = accountClients({ endpoint: proxy.endpoint });
    const { maxAttempts, retryMode } = clients.iam().config;
    assert.equal(await maxAttempts(), 5);
    assert.equal(typeof retryMode === "function" ? await retryMode() : retryMode, "adaptive");
    clients.destroy();
  });

  it("contains a key although AWS throttles at first", async () => {
    const { UserName, first } = await leakyUser();
    let throttled = 0;
    meddle = ({ action }) => (action === "UpdateAccessKey" && ++throttled <= 1 ? error(400, "Throttling") : undefined);
    const subject = { kind: "user" as const, name: UserName, key: first };
    const { exitCode } = await inProcess(contain, subject, { maxAttempts: 2, apply: true });
    assert.deepEqual([exitCode, throttled], [0, 2]);
    assert.equal((await stateOf(UserName)).keys[first], "Inactive");
  });

  it("says what AWS throttled for good, and the rest", async () => {
    const { UserName, first } = await leakyUser();
    meddle = ({ action }) => (action === "ListMFADevices" ? error(400, "Throttling") : undefined);
    const subject = { kind: "user" as const, name: UserName, key: first };
    const { exitCode, text } = await inProcess(triage, subject, { maxAttempts: 1 });
    assert.equal(exitCode, 1);
    assert.match(text, /MFA +could not be told[^]*Could not be told:\n[^]*iam:ListMFADevices/);
    assert.match(text, /May do +ADMINISTRATOR/);
  });

  it("ends triage with one sentence where the credentials have expired", async () => {
    const { first } = await leakyUser();
    meddle = () => error(403, "ExpiredToken");
    const { code, stdout, stderr } = await respond(first);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /error: The AWS credentials have expired\./);
  });

  it("tells the whole picture but for a region that denies GuardDuty", async () => {
    const { first } = await leakyUser();
    meddle = ({ service, region }) =>
      service === "guardduty" && region === "eu-west-1" ? error(403, "AccessDeniedException") : undefined;
    const { code, stdout } = await respond(first);
    assert.equal(code, 1);
    assert.match(stdout, /may not call guardduty:ListDetectors in eu-west-1/);
    assert.match(stdout, /May do +ADMINISTRATOR/);
  });

  it("does without the list of regions: says --regions, and asks those that are named", async () => {
    const { first } = await leakyUser();
    const asked = new Set<string>();
    meddle = ({ service, region, action }) => {
      if (service === "guardduty") asked.add(region);
      return action === "DescribeRegions" ? error(403, "UnauthorizedOperation") : undefined;
    };
    const { code, stdout } = await respond(first);
    assert.equal(code, 1);
    assert.match(
      stdout.replace(/\s+/g, " "),
      /may not call ec2:DescribeRegions in us-east-1; name the regions .*--regions/,
    );
    assert.match(stdout, /May do +ADMINISTRATOR/);
    asked.clear();
    const named = await respond(first, "triage", "--regions", "eu-west-1,ap-northeast-2");
    assert.equal(named.code, 0, named.stdout);
    assert.deepEqual([...asked].sort(), ["ap-northeast-2", "eu-west-1"]);
    const timeline = await respond(first, "timeline");
    assert.match(timeline.stderr, /may not call ec2:DescribeRegions[^]*--regions/);
  });

  it("knows no key of nobody, and changes nothing for it", async () => {
    const unknown = ["AKIA", "Q3EGRT5ZWY7UNOPE"].join("");
    const { code, stdout, stderr } = await respond(unknown, "contain", "--apply");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /Whose AKIA\w+ is could not be found/);
  });

  it("takes an ARN of another account for nobody here", async () => {
    const { code, stdout, stderr } = await respond("arn:aws:iam::999999999999:user/mina", "contain", "--apply");
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, /of account 999999999999, and you are signed in to 123456789012/);
  });

  it("takes the secret half for what it is, without repeating it", async () => {
    const { code, stdout, stderr } = await respond(fakeSecret());
    assert.deepEqual([code, stdout, stderr.includes(fakeSecret())], [2, "", false]);
    assert.match(stderr, /looks like a secret access key/);
    assert.equal(existsSync(folder), false);
  });

  it("revokes a role's older sessions as the console does, denies it everything when told to, and takes both back", async () => {
    const RoleName = "deploy";
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    await aws.iam().createRole({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    });
    const policies = async () => (await aws.iam().listRolePolicies({ RoleName })).PolicyNames?.sort();
    const { stdout } = await respond(RoleName);
    assert.match(stdout, /Trusts +\{"Service":"ec2.amazonaws.com"\}/);
    assert.equal((await asJson("role/deploy", "contain", "--apply")).exitCode, 0);
    assert.deepEqual(await policies(), ["AWSRevokeOlderSessions"]);
    const first = await aws.iam().getRolePolicy({ RoleName, PolicyName: "AWSRevokeOlderSessions" });
    await asJson("role/deploy", "contain", "--apply", "--deny-role", "--revoke-again");
    const second = await aws.iam().getRolePolicy({ RoleName, PolicyName: "AWSRevokeOlderSessions" });
    assert.notEqual(first.PolicyDocument, second.PolicyDocument);
    assert.deepEqual(await policies(), ["AWSRevokeOlderSessions", "baseline-respond-deny"]);
    await asJson("role/deploy", "contain", "--undo", "--apply");
    assert.deepEqual(await policies(), []);
  });

  it("refuses to lock out whoever runs it, says who can, and does it when told to", async () => {
    const { UserName, second } = await leakyUser();
    // The secret of a key is only ever told when it is made.
    await aws.iam().deleteAccessKey({ UserName, AccessKeyId: second });
    const { AccessKey } = await aws.iam().createAccessKey({ UserName });
    const { AccessKeyId: key = "", SecretAccessKey = "" } = AccessKey ?? {};
    const asThemselves = (...args: string[]) =>
      startCli(["respond", key, ...args, "--evidence", folder], {
        ...awsHereFor(Number(new URL(emulator.endpoint).port)),
        AWS_ACCESS_KEY_ID: key,
        AWS_SECRET_ACCESS_KEY: SecretAccessKey,
        AWS_SESSION_TOKEN: "",
        AWS_REGION: "us-east-1",
      }).ended;
    const before = await stateOf(UserName);
    const refused = await asThemselves("contain", "--apply");
    assert.deepEqual([refused.code, refused.stdout], [2, ""], refused.stderr);
    assert.match(
      refused.stderr,
      /You are this user \(arn:aws:iam::\d+:user\/people\/mina-[^]*nothing was done[^]*quarantined/,
    );
    const shown = await asThemselves("contain");
    assert.match(shown.stdout, /You are who this contains/);
    assert.match((await asThemselves()).stdout, /You run this as the very identity/);
    assert.deepEqual(await stateOf(UserName), before);
    const done = await asThemselves("contain", "--apply", "--even-me");
    assert.equal(done.code, 0, done.stdout);
    // Last what shuts the door.
    assert.match(done.stdout, /TagUser[^]*UpdateAccessKey[^]*PutUserPolicy/);
    assert.equal((await stateOf(UserName)).keys[key], "Inactive");
  });

  it("finds the role behind a session's key in CloudTrail, and says what to do where it is not there", async () => {
    const RoleName = "worker";
    await aws.iam().createRole({ RoleName, AssumeRolePolicyDocument: everything });
    const key = fakeKeyId("ASIA");
    const record = apiCall("s3", "ListBuckets", {
      awsRegion: "eu-west-1",
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${RoleName}/i-0abc`,
        accessKeyId: key,
        sessionContext: { sessionIssuer: { type: "Role", userName: RoleName } },
      },
    });
    const history = await trailHistory([record], { regions: ["us-east-1", "eu-west-1"], rest: emulator.endpoint });
    try {
      const args = ["--endpoint", history.endpoint, "--evidence", folder];
      const { code, stdout, stderr } = await cli("respond", key, "contain", "--apply", ...args);
      assert.equal(code, 0, stderr + stdout);
      assert.match(stdout, /Contain role worker/);
      assert.deepEqual((await aws.iam().listRolePolicies({ RoleName })).PolicyNames, ["AWSRevokeOlderSessions"]);
      const unknown = await cli("respond", key.replace("Q3", "Z9"), ...args);
      assert.equal(unknown.code, 2);
      assert.match(unknown.stderr, /CloudTrail has no event of it[^]*respond role\/<name>/);
    } finally {
      await history.close();
    }
  });

  it("ends at once on Ctrl-C where AWS does not answer, with what was found so far", async () => {
    const asked = new EventEmitter();
    const silent = createServer(() => asked.emit("request"));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      const request = once(asked, "request");
      const args = ["--endpoint", `http://127.0.0.1:${port}`, "--evidence", folder];
      const { child, ended } = startCli(["respond", "mina", "contain", "--apply", ...args]);
      await request;
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended;
      assert.deepEqual([code, stdout], [130, ""]);
      assert.match(stderr, /Stopped; nothing was done\./);
      assert.ok(!existsSync(folder));
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it("tells what GuardDuty found, the worst first", async () => {
    const { UserName, first } = await leakyUser();
    const asked: string[] = [];
    const finding = (Type: string, Severity: number) => ({
      type: Type,
      severity: Severity,
      title: Type,
      service: { count: 3 },
    });
    meddle = ({ service, region, action }) => {
      if (service !== "guardduty" || region !== "eu-west-1") {
        return undefined;
      }
      asked.push(action);
      return action.endsWith("/findings/get")
        ? { answer: { findings: [finding("Recon:IAMUser/X", 5), finding("Stealth:IAMUser/Y", 8)] } }
        : action.endsWith("/findings")
          ? { answer: { findingIds: ["a", "b"] } }
          : { answer: { detectorIds: ["d1"] } };
    };
    const { stdout } = await respond(first);
    assert.match(stdout, /GuardDuty +2 finding\(s\) in the 1 of 17 region/);
    assert.match(stdout, /- Stealth:IAMUser\/Y \(8\) in eu-west-1, 3 time[^]*- Recon:IAMUser\/X \(5\)/);
    assert.ok(asked.length >= 3 && stdout.includes(UserName));
  });

  it("keeps the state of recovery, names what could be read, and writes a report of it all", async () => {
    const { UserName, first } = await leakyUser();
    await aws.ssm("eu-west-1").putParameter({ Name: "/db/password", Type: "SecureString", Value: fakeSecret() });
    await asJson(first, "contain", "--apply", "--all-keys");
    const { code, stdout, stderr } = await respond(first, "recover", "--done", "backups", "--note", "nothing lost");
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /\[x\] contain: /);
    assert.match(stdout, /\[ \] rotate: [^]*Parameter Store in eu-west-1: \/db\/password/);
    assert.match(stdout, /\[x\] backups: [^\n]*\n(?: {3}[^\n]*\n)*? {6}\d{4}-[^\n]*: nothing lost/);
    assert.match(stdout, new RegExp(`aws iam delete-access-key --user-name ${UserName}`));
    const again = await respond(first, "recover");
    assert.match(again.stdout, /\[x\] backups: /);
    assert.equal((await respond(first, "recover", "--done", "bakcups")).code, 2);

    // The report needs nobody at the other end.
    meddle = () => error(403, "ExpiredToken");
    const written = await respond(first, "report");
    assert.equal(written.code, 0, written.stderr);
    const markdown = readFileSync(join(folder, "report.md"), "utf8");
    const html = readFileSync(join(folder, "report.html"), "utf8");
    for (const text of [markdown, html]) {
      assert.match(text, /UpdateAccessKey/);
      assert.match(text, /nothing lost/);
      assert.match(text, new RegExp(UserName));
      assert.ok(!text.includes(fakeSecret()));
    }
    assert.ok(!readFileSync(join(folder, "evidence.jsonl"), "utf8").includes(fakeSecret()));
  });
});
