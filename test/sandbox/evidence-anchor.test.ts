import assert from "node:assert/strict";
import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EvidenceEntry } from "../../operations/evidence/entry";
import { type EvidenceState } from "../../operations/evidence/state";
import { type Emulator } from "../../sandbox/emulator";
import { backDate } from "../../sandbox/seed/back-date";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { type Asked, type Meddling, meddlingProxy, type MeddlingProxy } from "../support/meddling-proxy";
import { rechain } from "../support/rechained";
import { scratch } from "../support/scratch";

const bucket = "anchors-of-evidence";
const anchored = ["--anchor", `${bucket}/incidents`];

describe("evidence with anchors in a locked bucket", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let proxy: MeddlingProxy;
  let meddle: (asked: Asked) => Meddling = () => undefined;
  let parent: string;
  let folder: string;
  before(async () => {
    emulator = await startEmulator();
    proxy = await meddlingProxy(emulator.endpoint, (asked) => meddle(asked));
    aws = createClients(emulator.endpoint, "us-east-1");
    await aws.iam().createUser({ UserName: "mina" });
    for (const Bucket of [bucket, "locked-without-retention"]) {
      await aws.s3().createBucket({ Bucket, ObjectLockEnabledForBucket: true });
    }
    await aws.s3().createBucket({ Bucket: "not-locked" });
    await aws.s3().putObjectLockConfiguration({
      Bucket: bucket,
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 30 } },
      },
    });
  });
  beforeEach(() => {
    parent = scratch("anchor");
    folder = join(parent, "evidence");
    meddle = () => undefined;
  });
  afterEach(() => {
    if (existsSync(folder)) chmodSync(folder, 0o700);
    rmSync(parent, { recursive: true, force: true });
  });
  after(async () => {
    aws?.destroy();
    await proxy?.close();
    await emulator?.stop();
  });
  const respond = (...args: string[]) =>
    cli("respond", "user/mina", ...args, "--endpoint", proxy.endpoint, "--evidence", folder);
  const stateOf = async (...args: string[]) => {
    const { code, stdout, stderr } = await respond("verify", "--json", ...args);
    assert.ok(stdout, stderr);
    return { code, state: JSON.parse(stdout) as EvidenceState };
  };
  const entries = () =>
    readFileSync(join(folder, "evidence.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as EvidenceEntry);
  const isS3 = ({ service, action }: Asked, method: string) => service === "s3" && action.startsWith(`${method} `);

  it("proves every line of a run, on a copy that cannot be written to, and the report says so", async () => {
    const { code, stdout, stderr } = await respond("contain", "--apply", ...anchored);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /contain --undo .*--anchor anchors-of-evidence\/incidents/);
    assert.match(stderr, /Anchored: lines 1 to \d+ of the evidence, in s3:\/\/anchors-of-evidence\/incidents/);
    chmodSync(folder, 0o500);
    const found = await stateOf(...anchored);
    const last = found.state.anchors!.proven.at(-1)!;
    assert.deepEqual([found.code, last.to, found.state.anchors?.unlocked], [0, entries().length, 0]);
    assert.ok(Math.abs(Date.parse(last.since) - Date.now()) < 60_000, last.since);
    chmodSync(folder, 0o700);
    const report = await respond("report", ...anchored);
    assert.equal(report.code, 0, report.stderr);
    assert.match(readFileSync(join(folder, "report.md"), "utf8"), /Lines 1 to \d+ are as they were at 2/);
  });

  const tamperings: [what: string, change: (all: EvidenceEntry[]) => EvidenceEntry[], says: RegExp][] = [
    [
      "a changed line, with all hashes made anew",
      (all) => all.map((each) => (each.n === 4 ? { ...each, call: "iam:ListUsers" } : each)),
      /says that line \d+ had another hash at/,
    ],
    ["a removed line", (all) => all.filter(({ n }) => n !== 4), /had another hash|there was a line/],
    ["lines cut off", (all) => all.slice(0, 4), /says that there was a line \d+ at .*: lines were cut off since/],
    [
      "a changed first line",
      (all) => all.map((each) => (each.n === 1 ? { ...each, time: "2020-01-01T00:00:00.000Z" } : each)),
      /has no anchor of this evidence/,
    ],
    [
      "another account",
      (all) => all.map((each) => (each.n === 1 ? { ...each, result: { accountId: "999999999999" } } : each)),
      /has no anchor of this evidence/,
    ],
  ];
  for (const [what, change, says] of tamperings) {
    it(`shows ${what}; the hashes alone do not, and verify says so`, async () => {
      await respond("contain", ...anchored);
      rechain(folder, change);
      const alone = await respond("verify");
      assert.equal(alone.code, 0, alone.stdout);
      assert.match(alone.stdout.replace(/\s+/g, " "), /do not show what a person does who can write to the folder/);
      const found = await respond("verify", ...anchored);
      assert.match(found.stdout.replace(/\s+/g, " "), says);
      assert.equal(found.code, 3);
    });
  }

  it("says which lines have no anchor, and the next step with one anchors them", async () => {
    await respond("contain", ...anchored);
    const before = entries().length;
    await respond("contain");
    const { code, state } = await stateOf(...anchored);
    assert.deepEqual([code, state.anchors?.proven.at(-1)?.to], [3, before]);
    await respond("report", ...anchored);
    assert.equal((await stateOf(...anchored)).code, 0);
  });

  it("keeps what an anchor proves although somebody deletes it", async () => {
    await respond("contain", ...anchored);
    const { Contents = [] } = await aws.s3().listObjectsV2({ Bucket: bucket });
    for (const { Key } of Contents) await aws.s3().deleteObject({ Bucket: bucket, Key });
    const { code, state } = await stateOf(...anchored);
    assert.equal(code, 0);
    assert.ok(state.anchors!.deleted > 0);
  });

  it("takes an anchor for made whose answer was lost", async () => {
    let lost = 0;
    meddle = (asked) => (isS3(asked, "PUT") && lost++ === 0 ? "lose" : undefined);
    const { stderr } = await respond("contain", ...anchored);
    assert.match(stderr, /Anchored: lines 1 to/);
    assert.ok(lost > 1);
    assert.equal((await stateOf(...anchored)).code, 0);
  });

  const failures: [what: string, where: string[], meddling: (asked: Asked) => Meddling, says: RegExp][] = [
    [
      "S3 refuses it",
      anchored,
      (asked) => (isS3(asked, "PUT") ? { status: 403, error: { __type: "AccessDenied", message: "no" } } : undefined),
      /may not call s3:PutObject/,
    ],
    ["S3 does not answer", anchored, (asked) => (asked.service === "s3" ? "drip" : undefined), /took too long|failed/],
    ["S3 hangs up", anchored, (asked) => (asked.service === "s3" ? "hang up" : undefined), /took too long|failed/],
    ["the bucket has no lock", ["--anchor", "not-locked"], () => undefined, /no Object Lock with a default retention/],
    [
      "the bucket has no retention",
      ["--anchor", "locked-without-retention"],
      () => undefined,
      /no Object Lock with a default retention/,
    ],
    ["there is no such bucket", ["--anchor", "no-such-bucket"], () => undefined, /There is no bucket no-such-bucket/],
  ];
  for (const [what, where, meddling, says] of failures) {
    it(`contains all the same where ${what}; the run says so, and so does the evidence`, async () => {
      meddle = meddling;
      const begun = Date.now();
      const { code, stdout, stderr } = await respond("contain", "--apply", ...where);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /done|already/i);
      assert.match(stderr, /Not anchored in s3:.*: lines 1 to \d+ of the evidence/);
      assert.match(stderr, says);
      assert.ok(Date.now() - begun < 25_000, `${Date.now() - begun} ms`);
      const { call, error } = entries().at(-1)!;
      assert.equal(call, "not anchored");
      assert.match(error?.message ?? "", says);
    });
  }

  it("proves what audit --fix --apply did, too", async () => {
    await aws.iam().createUser({ UserName: "left-long-ago" });
    const { AccessKey } = await aws.iam().createAccessKey({ UserName: "left-long-ago" });
    await backDate(aws, "left-long-ago", AccessKey!.AccessKeyId!, { created: new Date("2020-01-01") });
    const where = ["--regions", "us-east-1", "--endpoint", proxy.endpoint, "--evidence", folder, "--no-save"];
    const { stderr } = await cli("audit", "--fix", "--apply", "--yes", ...where, ...anchored);
    assert.match(stderr, /Anchored: lines 1 to \d+/);
    const { AccessKeyMetadata } = await aws.iam().listAccessKeys({ UserName: "left-long-ago" });
    assert.equal(AccessKeyMetadata?.[0]?.Status, "Inactive");
    const { code, state } = await stateOf(...anchored);
    assert.deepEqual([code, state.anchors?.proven.at(-1)?.to], [0, entries().length]);
  });

  it("is refused before anything is done where --anchor names no bucket", async () => {
    const { code, stdout } = await respond("contain", "--apply", "--anchor", "No Bucket");
    assert.deepEqual([code, stdout, existsSync(folder)], [2, "", false]);
    await respond("contain");
  });

  it("names changed, gone and strange files in verify, and undo and report refuse the changed one", async () => {
    await respond("report");
    const path = join(folder, "report.md");
    appendFileSync(path, "and this\n");
    writeFileSync(join(folder, "notes.txt"), "mine\n");
    rmSync(join(folder, "report.html"));
    const { code, state } = await stateOf();
    assert.deepEqual(
      [code, state.changed, state.gone, state.strange],
      [3, ["report.md"], ["report.html"], ["notes.txt"]],
    );
    for (const step of [["report"], ["contain", "--undo"]]) {
      const refused = await respond(...step);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /report\.md is not as .*rename it to report\.edited\.md/s);
    }
    assert.match(readFileSync(path, "utf8"), /and this/);
  });
});
