import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { question } from "../../../common/question";
import { AwsSession } from "../../../aws/session";
import {
  awsHere,
  type CredentialProcess,
  credentialProcess,
  type Seen,
  type StubAws,
  stubAws,
  withEnvironment,
} from "../../support/aws-here";
import { scratch } from "../../support/scratch";

const accounts = { A: "111122223333", B: "444455556666" };
type Whose = keyof typeof accounts;

const user = (account: string, name: string) =>
  `<User><Arn>arn:aws:iam::${account}:user/${name}</Arn><UserName>${name}</UserName><UserId>AIDA</UserId>` +
  `<Path>/</Path><CreateDate>2026-01-01T00:00:00Z</CreateDate></User>`;

describe("a session", () => {
  let folder: string;
  let aws: StubAws;
  let restore: (() => void)[];
  let process: CredentialProcess;
  let sessions: AwsSession[];
  /** In place of the usual answer. */
  let instead: (call: Seen) => string | { status: number; body: string } | undefined;

  const keys = (whose: Whose, minutes?: number, name = "") => ({
    AccessKeyId: `AKIA${whose}${name}`,
    SecretAccessKey: "s",
    SessionToken: `token-${whose}`,
    ...(minutes !== undefined && { Expiration: new Date(Date.now() + minutes * 60_000).toISOString() }),
  });
  /** Whose a key is shows in it: AKIAA is account A's user mina, AKIABtim account B's user tim. */
  const ofKey = (keyId: string) => {
    const [, whose = "A", name = ""] = /^AKIA(\w)(\w*)$/.exec(keyId) ?? [];
    const account = accounts[whose as Whose];
    return { account, arn: name.startsWith("arn") ? name : `arn:aws:iam::${account}:user/${name || "mina"}` };
  };

  beforeEach(async () => {
    folder = scratch("session");
    mkdirSync(folder, { recursive: true });
    instead = () => undefined;
    aws = await stubAws((call) => {
      const told = instead(call);
      if (told !== undefined) return told;
      const { account, arn } = ofKey(call.keyId);
      return call.action === "GetCallerIdentity"
        ? `<Account>${account}</Account><Arn>${arn}</Arn><UserId>u</UserId>`
        : call.action === "GetUser"
          ? user(account, "mina")
          : "";
    });
    process = credentialProcess(folder, keys("A"));
    restore = [awsHere(aws.port), withEnvironment(process.environment)];
    sessions = [];
  });
  afterEach(async () => {
    sessions.forEach((each) => each.close());
    restore.reverse().forEach((each) => each());
    await aws.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (options: Parameters<typeof AwsSession.open>[0] = {}) => {
    const session = await AwsSession.open(options);
    sessions.push(session);
    return session;
  };
  const actions = () => aws.seen.map(({ action, keyId }) => `${action} ${keyId}`);
  const answer = async (text: string) => {
    const input = new PassThrough();
    const asked = question("? ", { input, output: new PassThrough() });
    input.write(`${text}\n`);
    await asked;
  };

  it("knows who it is before anything else is asked", async () => {
    const { identity } = await open();
    assert.deepEqual(identity, {
      accountId: accounts.A,
      callerArn: `arn:aws:iam::${accounts.A}:user/mina`,
      partition: "aws",
      endpoint: "AWS",
      profile: "work",
    });
    assert.deepEqual(actions(), ["GetCallerIdentity AKIAA"]);
  });

  it("starts a credential process once, however many services and regions are asked", async () => {
    const session = await open();
    const { clients } = session;
    await Promise.all([
      ...["us-east-1", "eu-west-1", "ap-south-1"].map((region) => clients.iam(region).getUser({})),
      session.clientsWith(new AbortController().signal).iam("eu-west-1").getUser({}),
      clients.sts("eu-west-1").getCallerIdentity({}),
    ]);
    assert.equal(process.starts(), 1);
  });

  it("stays in its account when the credential process turns to another one", async () => {
    const { clients } = await open();
    process.handsOut(keys("B"));
    await answer("y");
    await clients.iam().deleteLoginProfile({ UserName: "mina" });
    assert.ok(aws.seen.every(({ keyId }) => keyId === "AKIAA"));
  });

  for (const [what, other] of [
    ["another account", keys("B")],
    ["another user of the account", keys("A", undefined, "tim")],
  ] as const) {
    it(`ends at renewed credentials of ${what}: they sign nothing but the question who they are`, async () => {
      process.handsOut(keys("A", 0.02));
      const session = await open();
      process.handsOut(other);
      await new Promise((resolve) => setTimeout(resolve, 1300));
      await assert.rejects(session.clients.iam().getUser({}), { code: "identity-changed", exitCode: 1 });
      await assert.rejects(session.clients.iam().deleteUser({ UserName: "x" }), { code: "identity-changed" });
      assert.throws(() => session.requireIdentity(), { code: "identity-changed" });
      await assert.rejects(session.handOver(), { code: "identity-changed" });
      const byOther = actions().filter((each) => each.endsWith(other.AccessKeyId));
      assert.deepEqual(new Set(byOther), new Set([`GetCallerIdentity ${other.AccessKeyId}`]));
    });
  }

  it("goes on with renewed credentials of the same caller", async () => {
    process.handsOut(keys("A", 0.02));
    const { clients } = await open();
    process.handsOut({ ...keys("A", 60), SessionToken: "renewed" });
    await new Promise((resolve) => setTimeout(resolve, 1300));
    await Promise.all([clients.iam().getUser({}), clients.iam("eu-west-1").getUser({})]);
    assert.equal(process.starts(), 2);
    assert.deepEqual(actions().slice(1, 2), ["GetCallerIdentity AKIAA"]);
    assert.deepEqual(new Set(aws.seen.slice(1).map(({ token }) => token)), new Set(["renewed"]));
  });

  it("asks who writes before the first write, and again after each question", async () => {
    const { clients } = await open();
    const iam = clients.iam();
    await iam.getUser({});
    await Promise.all([iam.deleteUser({ UserName: "a" }), clients.iam("eu-west-1").deleteUser({ UserName: "b" })]);
    await iam.deleteUser({ UserName: "c" });
    await answer("n");
    await iam.getUser({});
    await iam.deleteUser({ UserName: "d" });
    assert.deepEqual(
      aws.seen.map(({ action }) => action),
      [
        ...["GetCallerIdentity", "GetUser", "GetCallerIdentity", "DeleteUser", "DeleteUser", "DeleteUser"],
        ...["GetUser", "GetCallerIdentity", "DeleteUser"],
      ],
    );
  });

  for (const [what, told, code] of [
    [
      "is somebody else",
      `<Account>${accounts.B}</Account><Arn>arn:aws:iam::${accounts.B}:user/mina</Arn>`,
      "identity-changed",
    ],
    ["is not said", "", "no-identity"],
    [
      "cannot be asked",
      { status: 403, body: "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>" },
      "access-denied",
    ],
  ] as const) {
    it(`writes nothing where after the question the writer ${what}`, async () => {
      const { clients } = await open();
      await clients.iam().deleteUser({ UserName: "a" });
      await answer("y");
      instead = ({ action }) => (action === "GetCallerIdentity" ? told : undefined);
      await assert.rejects(clients.iam().deleteUser({ UserName: "b" }), { code });
      assert.equal(aws.seen.filter(({ action }) => action === "DeleteUser").length, 1);
    });
  }

  it("ends when an answer names a thing of another account as ours", async () => {
    const session = await open();
    instead = ({ action }) => (action === "GetUser" ? user(accounts.B, "mina") : undefined);
    await assert.rejects(session.clients.iam().getUser({}), {
      code: "foreign-answer",
      message: /iam:GetUser answered with arn:aws:iam::444455556666:user\/mina, which is not of account 111122223333/,
    });
    await assert.rejects(session.clients.iam().deleteUser({ UserName: "b" }), { code: "foreign-answer" });
    assert.ok(!aws.seen.some(({ action }) => action === "DeleteUser"));
  });

  it("takes policies of AWS for what they are", async () => {
    const { clients } = await open();
    instead = ({ action }) =>
      action === "ListAttachedUserPolicies"
        ? "<AttachedPolicies><member><PolicyName>A</PolicyName><PolicyArn>arn:aws:iam::aws:policy/A</PolicyArn></member></AttachedPolicies>"
        : undefined;
    assert.equal((await clients.iam().listAttachedUserPolicies({ UserName: "a" })).AttachedPolicies?.length, 1);
  });

  it("signs with the profile that is named, keys in the environment or not", async () => {
    restore.push(withEnvironment({ AWS_PROFILE: "", AWS_ACCESS_KEY_ID: "AKIAB", AWS_SECRET_ACCESS_KEY: "s" }));
    assert.equal((await open()).identity.accountId, accounts.B);
    const { identity, settings } = await open({ profile: "work" });
    assert.deepEqual([identity.accountId, identity.profile, settings["region"]], [accounts.A, "work", undefined]);
  });

  describe("takes roles at AWS, whatever address another profile or variable names", () => {
    const elsewhere = "endpoint_url = http://127.0.0.1:";
    const config = (port: number) => `
[profile evil]
${elsewhere}${port}
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = s
[profile role]
role_arn = arn:aws:iam::${accounts.A}:role/r
source_profile = base
[profile ignoring]
role_arn = arn:aws:iam::${accounts.A}:role/r
source_profile = base
ignore_configured_endpoint_urls = true
[profile web]
role_arn = arn:aws:iam::${accounts.A}:role/r
web_identity_token_file = ${join(folder, "token")}
`;
    // [what names the other address, whose credentials, what else ~/.aws/config has, variables]
    const cases: [string, string, (port: number) => string, (port: number) => Record<string, string>][] = [
      ["AWS_PROFILE", "role", () => "", () => ({ AWS_PROFILE: "evil" })],
      ["the profile default", "role", (port) => `[default]\n${elsewhere}${port}\n`, () => ({})],
      ["AWS_PROFILE, with a token", "web", () => "", () => ({ AWS_PROFILE: "evil" })],
      [
        "a variable that the profile ignores",
        "ignoring",
        () => "",
        (port) => ({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }),
      ],
      ["a variable of STS", "ignoring", () => "", (port) => ({ AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` })],
    ];
    for (const [what, profile, more, variables] of cases) {
      it(`${what}: ${profile}`, async () => {
        const there = await stubAws(() => "");
        try {
          const file = join(folder, "chained");
          writeFileSync(file, `${more(there.port)}${config(there.port)}`);
          writeFileSync(join(folder, "token"), "a.b.c");
          restore.push(withEnvironment({ AWS_PROFILE: "", AWS_CONFIG_FILE: file, ...variables(there.port) }));
          const expires = new Date(Date.now() + 3_600_000).toISOString();
          instead = ({ action }) =>
            action.startsWith("AssumeRole")
              ? `<Credentials><AccessKeyId>AKIAA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials>`
              : undefined;
          const { identity } = await open({ profile });
          assert.equal(identity.accountId, accounts.A);
          assert.deepEqual(there.seen, []);
          assert.match(aws.seen[0]?.action ?? "", /^AssumeRole/);
          assert.match(aws.seen[0]?.host ?? "", /^sts\./);
        } finally {
          await there.close();
        }
      });
    }
  });

  for (const [name, options, variables] of [
    ["--profile", { profile: "nope" }, {}],
    ["AWS_PROFILE", {}, { AWS_PROFILE: "nope" }],
  ] as const) {
    it(`says that a profile does not exist: ${name}`, async () => {
      restore.push(withEnvironment(variables));
      await assert.rejects(open(options), {
        code: "no-profile",
        exitCode: 2,
        message: `There is no profile nope in ~/.aws/config or ~/.aws/credentials.\nThere are other, work. Correct ${name}.`,
      });
      assert.equal(aws.seen.length, 0);
    });
  }

  it("gives an emulator made-up credentials, whatever the environment holds", async () => {
    restore.push(withEnvironment({ AWS_ENDPOINT_URL: "http://192.0.2.1", AWS_PROFILE: "nope" }));
    const { identity, clients } = await open({ endpoint: `http://127.0.0.1:${aws.port}` });
    await clients.iam().getUser({});
    assert.equal(identity.endpoint, `http://127.0.0.1:${aws.port}`);
    assert.deepEqual(new Set(aws.seen.map(({ keyId, token }) => `${keyId} ${token}`)), new Set(["practice undefined"]));
    assert.equal(process.starts(), 0);
  });
});
