import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { audit } from "../../operations/watch/audit/audit";
import { type AuditFinding, type AuditReport } from "../../operations/watch/audit/model";
import { accountClients } from "../../aws/account-clients";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { seedAccountBefore } from "../../sandbox/seed";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { scratch } from "../support/scratch";
import { root } from "../support/graph";
import { fakeAccount } from "../support/fake-account";
import { type Asked, type Meddling, meddlingProxy } from "../support/meddling-proxy";

const regions = ["us-east-1", "eu-west-1"];
const error = (status: number, __type: string): Meddling => ({ status, error: { __type, message: "no" } });

/** Whatever AWS refuses, the rest is told in full and the whole is marked as partial. */
describe("audit, where AWS does not answer everything", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let seeded: Clients;

  before(async () => {
    emulator = await startEmulator();
    seeded = createClients(emulator.endpoint);
    await seedAccountBefore(seeded);
  });
  after(async () => {
    seeded?.destroy();
    await emulator?.stop();
  });

  async function through(meddle: (asked: Asked) => Meddling) {
    const proxy = await meddlingProxy(emulator.endpoint, meddle);
    const aws = accountClients({ endpoint: proxy.endpoint });
    try {
      return await audit(aws, { regions, pause: 5 });
    } finally {
      aws.destroy();
      await proxy.close();
    }
  }

  const told = (report: Awaited<ReturnType<typeof through>>) =>
    report.problems
      .filter(({ kind }) => kind !== "accessAnalyzer")
      .map(({ kind, region, cause }) => `${kind} ${region} ${cause}`);

  it("access denied in one region", async () => {
    const report = await through(({ service, region }) =>
      service === "ec2" && region === "us-east-1" ? error(403, "UnauthorizedOperation") : undefined,
    );
    assert.deepEqual(told(report), ["instances us-east-1 denied", "securityGroups us-east-1 denied"]);
    assert.ok(report.partial && report.findings.some(({ rule }) => rule === "key-old"));
    assert.ok(!report.findings.some(({ rule }) => rule === "open-admin-ports"));
  });

  it("throttling of one call, for as long as anybody has patience", async () => {
    const report = await through(({ action }) =>
      action === "GetAccountAuthorizationDetails" ? error(400, "Throttling") : undefined,
    );
    assert.deepEqual(told(report), ["policies us-east-1 throttled"]);
    assert.ok(report.findings.some(({ rule }) => rule === "user-without-mfa"));
    assert.ok(!report.findings.some(({ rule }) => rule.startsWith("administrator")));
  });

  it("keys that cannot be listed: the findings stand, without the ids", async () => {
    const report = await through(({ action }) =>
      action === "ListAccessKeys" ? error(403, "AccessDenied") : undefined,
    );
    assert.deepEqual(told(report), ["accessKeys us-east-1 denied"]);
    const key = report.findings.find(({ rule }) => rule === "key-unused-90");
    assert.equal(key?.resource, "user/mina/access-key-1");
    assert.match(key?.fix ?? "", /list-access-keys --user-name mina/);
  });

  /** The report as it comes, cut off in the middle of its second user's row. */
  const cutReport = (body: string) =>
    body.replace(/<Content>([^<]*)<\/Content>/, (_, content: string) => {
      const [heading, first, second = ""] = Buffer.from(content, "base64").toString().split("\n");
      const cut = [heading, first, second.slice(0, second.length / 2)].join("\n");
      return `<Content>${Buffer.from(cut).toString("base64")}</Content>`;
    });
  const cutting = ({ action }: Asked): Meddling =>
    action === "GetCredentialReport" ? { change: cutReport } : undefined;
  const ofUsers = ({ findings }: Awaited<ReturnType<typeof through>>) =>
    findings.filter(({ part }) => part === "credentialReport");

  it("a report that is cut off: whom it lacks is read one by one, and told as if it were whole", async () => {
    const whole = await through(() => undefined);
    const report = await through(cutting);
    assert.deepEqual(told(report), []);
    assert.ok((whole.users ?? 0) > 2);
    assert.equal(report.users, whole.users);
    const rules = new Set(ofUsers(whole).map(({ rule }) => rule));
    for (const each of ["user-without-mfa", "key-old", "key-unused-90", "key-never-used"]) {
      assert.ok(rules.has(each), each);
    }
    const known = ({ id, severity, ageDays, fix }: AuditFinding) => ({ id, severity, ageDays, fix });
    assert.deepEqual(ofUsers(report).map(known), ofUsers(whole).map(known));
  });

  it("a report that is cut off: the last sign-in of whom it lacks is what IAM knows of the user", async () => {
    const used = (body: string) =>
      body.replace("<User>", "<User><PasswordLastUsed>2020-01-01T00:00:00Z</PasswordLastUsed>");
    const unused = ({ findings }: Awaited<ReturnType<typeof through>>) =>
      findings.flatMap(({ rule, evidence }) => (rule.startsWith("console-unused") ? [`${rule}: ${evidence}`] : []));
    const report = await through((asked) => (asked.action === "GetUser" ? { change: used } : cutting(asked)));
    assert.ok(unused(report).length > 0);
    for (const each of unused(report))
      assert.match(each, /^console-unused-90: Last signed in to the console \d{4} days/);
  });

  it("a report that is cut off, and users that may not be listed: what it has is told, and what it lacks", async () => {
    const report = await through((asked) =>
      asked.action === "ListUsers" ? error(403, "AccessDenied") : cutting(asked),
    );
    assert.deepEqual(told(report), ["credentialReport us-east-1 denied", "credentialReport us-east-1 failed"]);
    assert.match(report.problems.map(({ reason }) => reason).join(" "), /names 1 of \d+ users: it is cut off/);
    assert.equal(report.users, 1);
  });

  it("a report that is cut off, and devices that may not be listed: nobody is said to lack one, the rest stands", async () => {
    const whole = await through(() => undefined);
    const report = await through((asked) =>
      asked.action === "ListMFADevices" ? error(403, "AccessDenied") : cutting(asked),
    );
    assert.deepEqual(told(report), ["credentialReport us-east-1 denied"]);
    assert.match(report.problems.map(({ reason }) => reason).join(" "), /iam:ListMFADevices/);
    const of = (rule: string, { findings }: typeof report) => findings.filter((each) => each.rule === rule).length;
    assert.ok(of("user-without-mfa", report) < of("user-without-mfa", whole));
    assert.equal(of("key-old", report), of("key-old", whole));
  });

  it("a token that expires half-way: what was read before is kept", async () => {
    let over = false;
    const report = await through(({ action }) => {
      over ||= action === "GetAccountAuthorizationDetails";
      return over ? error(403, "ExpiredToken") : undefined;
    });
    assert.ok(report.partial);
    assert.ok(report.problems.some(({ kind, reason }) => kind === "policies" && /expired/.test(reason)));
    assert.equal(report.accountId, "123456789012");
  });

  it("a token that has expired before: nothing can be told, and that is said", async () => {
    await assert.rejects(
      through(() => error(403, "ExpiredToken")),
      { code: "credentials-expired" },
    );
  });

  it("regions that cannot be listed: the home region is looked at", async () => {
    const proxy = await meddlingProxy(emulator.endpoint, ({ action }) =>
      action === "DescribeRegions" ? error(403, "UnauthorizedOperation") : undefined,
    );
    const aws = accountClients({ endpoint: proxy.endpoint, defaultRegion: "eu-west-1" });
    try {
      const report = await audit(aws, { pause: 5 });
      assert.deepEqual(report.regions, ["eu-west-1", "us-east-1"]);
      assert.deepEqual(told(report), ["regions eu-west-1 denied"]);
    } finally {
      aws.destroy();
      await proxy.close();
    }
  });

  it("a folder that cannot be written to loses no report", () => {
    const folder = scratch("read-only");
    // A file in the folder's place: root may write into any folder.
    writeFileSync(join(folder, ".baseline"), "");
    const command = ["audit", "--endpoint", emulator.endpoint, "--regions", "us-east-1", "--json"];
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, "dist", "cli.js"), ...command], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.ok((JSON.parse(stdout) as AuditReport).findings.length > 0);
    assert.match(stderr, /This report is not kept for --since last: .*\. --no-save leaves that out\./);
    assert.doesNotMatch(stderr, /at .*\.js|E[A-Z]{4,}/);
  });
});

/** Ctrl-C while AWS keeps silent: no retry, no waiting for an answer. */
describe("audit, interrupted", function () {
  this.timeout(60_000);

  it("ends by itself with 130, and says that nothing was changed", async () => {
    const account = await fakeAccount({ users: 5, silent: ["GenerateCredentialReport", "DescribeInstances"] });
    try {
      const { child, ended } = startCli(["audit", "--endpoint", account.endpoint, "--no-save"]);
      await Promise.race([account.askedFor("GenerateCredentialReport"), ended]);
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended;
      assert.deepEqual([code, stdout], [130, ""]);
      assert.match(stderr, /Stopped\. Nothing was changed\./);
      assert.equal(account.asked.get("GenerateCredentialReport"), 1);
    } finally {
      await account.close();
    }
  });
});

/** An account behind recorded protocols: what the emulator lacks, and more users than it should be asked to hold. */
describe("audit, of accounts the emulator cannot be", function () {
  this.timeout(300_000);

  async function auditOf(options: Parameters<typeof fakeAccount>[0]) {
    const account = await fakeAccount(options);
    const aws = accountClients({ endpoint: account.endpoint });
    try {
      const report = await audit(aws, { pause: 5 });
      const old = report.findings.filter(({ rule }) => rule === "key-old");
      return { report, old: old.length, asked: account.asked, reasons: report.problems.map(({ reason }) => reason) };
    } finally {
      aws.destroy();
      await account.close();
    }
  }

  it("a credential report that is cut off: the users it lacks are read one by one", async () => {
    const { report, old, asked } = await auditOf({ users: 30, keyEvery: 1, reportBytes: 3000 });
    assert.deepEqual([report.partial, report.users, old], [false, 30, 30]);
    const lacking = asked.get("ListMFADevices") ?? 0;
    assert.ok(lacking > 10 && lacking < 20, `${lacking}`);
  });

  it("a credential report that lacks too many: it says how many were not looked at", async () => {
    const { report, old, asked, reasons } = await auditOf({ users: 1200, keyEvery: 1, reportBytes: 3000 });
    assert.equal(asked.get("ListMFADevices"), 200);
    assert.equal(asked.get("ListUsers"), 3);
    const [, named, unread] =
      /names (\d+) of 1200 users.*; 200 of the others.*, (\d+) were not\./.exec(reasons[0]!) ?? [];
    assert.deepEqual([reasons.length, Number(named) + 200 + Number(unread)], [1, 1200]);
    assert.deepEqual([report.partial, report.users, old], [true, Number(named) + 200, Number(named) + 200]);
  });

  it("a credential report that is cut off in its heading: users are read, and root's part is said to be missing", async () => {
    const { report, old, reasons } = await auditOf({ users: 30, keyEvery: 1, reportBytes: 100 });
    assert.deepEqual([report.partial, report.users, old], [true, 30, 30]);
    assert.match(
      reasons.join("\n"),
      /^The credential report names 0 of 30 users.*; what it says of root is not known\.$/,
    );
  });

  it("regions that cannot be listed: the default one is read, --regions is named, and it ends with 1 for that alone", async () => {
    const account = await fakeAccount({ users: 3, keyEvery: 1 });
    let refuses = true;
    const proxy = await meddlingProxy(account.endpoint, ({ action }) =>
      refuses && action === "DescribeRegions" ? error(403, "UnauthorizedOperation") : undefined,
    );
    const look = async (...more: string[]) => {
      const args = [
        "audit",
        "--endpoint",
        proxy.endpoint,
        "--region",
        "eu-west-1",
        "--no-save",
        "--fail-on",
        "critical",
      ];
      return startCli([...args, ...more]).ended;
    };
    try {
      const { code, stdout } = await look("--json");
      const report = JSON.parse(stdout) as AuditReport;
      assert.deepEqual([code, report.partial, report.regions], [1, true, ["eu-west-1", "us-east-1"]]);
      assert.deepEqual(
        report.problems.map(({ kind, region, cause }) => `${kind} ${region} ${cause}`),
        ["regions eu-west-1 denied"],
      );
      assert.match(
        report.problems[0]?.reason ?? "",
        /ec2:DescribeRegions in eu-west-1; .*--regions us-east-1,eu-west-1/,
      );
      const found = new Set(report.findings.map(({ rule, region }) => `${rule} ${region}`));
      assert.ok(found.has("key-old global") && found.has("analyzer-finding eu-west-1"), [...found].join());
      assert.match(
        (await look()).stdout.replace(/\s+/g, " "),
        /name the regions to look at: --regions us-east-1,eu-west-1/,
      );
      assert.deepEqual([(await look("--regions", "eu-west-1")).code, account.asked.has("DescribeRegions")], [0, false]);
      refuses = false;
      assert.equal((await look()).code, 0);
    } finally {
      await proxy.close();
      await account.close();
    }
  });

  it("a complete one is not partial; findings of Access Analyzer are told, public ones as worse", async () => {
    const account = await fakeAccount({ users: 3, keyEvery: 5 });
    const aws = accountClients({ endpoint: account.endpoint });
    try {
      const report = await audit(aws, { pause: 5 });
      assert.deepEqual([report.partial, report.problems], [false, []]);
      assert.deepEqual(
        report.findings
          .filter(({ rule }) => rule === "analyzer-finding")
          .map(({ severity, arn }) => `${severity} ${arn}`),
        ["high arn:aws:s3:::open-to-all", "medium arn:aws:s3:::partner"],
      );
    } finally {
      aws.destroy();
      await account.close();
    }
  });

  it("10,000 users within a small heap, each policy read once, keys asked for only where one is old", async () => {
    const account = await fakeAccount({ users: 10_000, keyEvery: 20 });
    try {
      const args = ["audit", "--endpoint", account.endpoint, "--json", "--no-save"];
      const { code, stdout, stderr } = await startCli(args, { NODE_OPTIONS: "--max-old-space-size=96" }).ended;
      const report = JSON.parse(stdout || "{}") as { users?: number; findings: { rule: string }[]; partial: boolean };
      assert.equal(code, 3, stderr);
      assert.doesNotMatch(stderr, /Warning/);
      assert.equal(report.users, 10_000);
      assert.equal(report.partial, false);
      assert.equal(report.findings.filter(({ rule }) => rule === "key-old").length, 500);
      assert.equal(account.asked.get("ListAccessKeys"), 500);
      assert.equal(account.asked.get("GetAccountAuthorizationDetails"), 21);
    } finally {
      await account.close();
    }
  });
});
