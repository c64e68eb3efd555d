import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import fs from "node:fs";
import { mock } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEvidence } from "../../../operations/evidence/evidence";
import { EVIDENCE_FILE, readEvidence, verifyEvidence } from "../../../operations/evidence/read";
import { rechain } from "../../support/rechained";
import { fakePrivateKey, fakeSecret } from "../../support/fake-keys";

/** Every write takes so many bytes, then there is no room. @returns what makes room again */
function fullAfter(bytes: number): () => void {
  const { writeSync } = fs;
  let left = bytes;
  const write = mock.method(fs, "writeSync", (file: number, data: Buffer, offset = 0) => {
    if (left === 0) {
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    }
    const written = writeSync(file, data, offset, left);
    left = 0;
    return written;
  });
  return () => write.mock.restore();
}

describe("evidence", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "evidence-")), "incident");
    path = join(folder, EVIDENCE_FILE);
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  const write = async (...calls: string[]) => {
    const evidence = await openEvidence(folder);
    for (const call of calls) {
      evidence.record({ step: "triage", call, input: { UserName: "mina" }, result: { ok: true } });
    }
    const { head } = evidence;
    evidence.close();
    return head;
  };
  const calls = async () => {
    const found: string[] = [];
    for await (const { call } of readEvidence(folder)) found.push(call);
    return found;
  };
  const lines = () => readFileSync(path, "utf8").trimEnd().split("\n");

  it("keeps what was recorded in order, readable by its owner only, and goes on where it stopped", async () => {
    await write("iam:GetUser", "iam:ListAccessKeys");
    const head = await write("iam:GetLoginProfile");
    assert.deepEqual(await calls(), ["iam:GetUser", "iam:ListAccessKeys", "iam:GetLoginProfile"]);
    assert.deepEqual(await verifyEvidence(folder), { ok: true, entries: 3, head, torn: false });
    assert.deepEqual([statSync(folder).mode & 0o777, statSync(path).mode & 0o777], [0o700, 0o600]);
  });

  it("says of a folder without evidence that it holds nothing", async () => {
    assert.deepEqual(await verifyEvidence(folder), { ok: true, entries: 0, head: "0".repeat(64), torn: false });
  });

  const tamperings: [string, (all: string[]) => string[], number][] = [
    ["a changed value", ([a, b, c]) => [a!, b!.replace("mina", "dave"), c!], 2],
    ["a removed line", ([a, , c]) => [a!, c!], 2],
    ["a removed first line", ([, b, c]) => [b!, c!], 1],
    ["swapped lines", ([a, b, c]) => [a!, c!, b!], 2],
    ["a line twice", ([a, b, c]) => [a!, a!, b!, c!], 2],
    ["a line of somebody else", ([a, b, c]) => [a!, b!, c!, '{"n":4,"step":"contain"}'], 4],
    ["a last line without its hash", ([a, b, c]) => [a!, b!, c!.replace(/,"hash":"\w+"/, "")], 3],
  ];
  for (const [name, tamper, line] of tamperings) {
    it(`notices ${name}, and adds nothing to it`, async () => {
      await write("one", "two", "three");
      writeFileSync(path, `${tamper(lines()).join("\n")}\n`);
      const found = await verifyEvidence(folder);
      assert.deepEqual([found.ok, found.problem?.line], [false, line]);
      const before = readFileSync(path, "utf8");
      await assert.rejects(openEvidence(folder), { code: "evidence-broken" });
      assert.equal(readFileSync(path, "utf8"), before);
    });
  }

  it("cannot see lines cut off at the end, but the head that was noted does not match then", async () => {
    const head = await write("one", "two");
    writeFileSync(path, `${lines()[0]}\n`);
    const found = await verifyEvidence(folder);
    assert.deepEqual([found.ok, found.entries, found.head === head], [true, 1, false]);
  });

  it("puts half a line of a crash aside and goes on, nothing lost", async () => {
    await write("one");
    appendFileSync(path, '{"n":2,"time":"2026-11-22T03:0');
    const torn = await verifyEvidence(folder);
    assert.deepEqual([torn.ok, torn.torn, torn.entries], [true, true, 1]);
    await write("two");
    assert.deepEqual(await calls(), ["one", "put half a line aside", "two"]);
    assert.equal(readFileSync(join(folder, "torn-lines.txt"), "utf8"), '{"n":2,"time":"2026-11-22T03:0\n');
    assert.equal((await verifyEvidence(folder)).ok, true);
  });

  it("goes on unbroken when the disk was full in the middle of a line", async () => {
    const evidence = await openEvidence(folder);
    evidence.record({ step: "contain", call: "iam:GetUser" });
    const room = fullAfter(20);
    assert.throws(() => evidence.record({ step: "contain", call: "iam:PutUserPolicy" }), {
      code: "evidence-not-written",
    });
    room();
    evidence.record({ step: "contain", call: "iam:TagUser" });
    evidence.close();
    assert.deepEqual(await calls(), ["iam:GetUser", "iam:TagUser"]);
    assert.equal((await verifyEvidence(folder)).ok, true);
    await write("iam:GetUser");
  });

  it("notes that the clock went back, in the line before, and goes on", async () => {
    const evidence = await openEvidence(folder);
    const [late, early] = ["2026-11-22T03:00:00.000Z", "2026-11-22T02:00:00.000Z"];
    evidence.record({ step: "contain", call: "one", time: late });
    evidence.record({ step: "contain", call: "two", time: early });
    evidence.record({ step: "contain", call: "three", time: early });
    evidence.close();
    assert.deepEqual(await calls(), ["one", "the clock went back", "two", "three"]);
    const { ok, older } = await verifyEvidence(folder);
    assert.deepEqual([ok, older], [true, [{ line: 2, time: early, before: late, isNoted: true }]]);
  });

  it("notes it also where the clock went back between two runs", async () => {
    const first = await openEvidence(folder);
    first.record({ step: "contain", call: "one", time: "2999-01-01T00:00:00.000Z" });
    first.close();
    await write("two");
    assert.deepEqual(await calls(), ["one", "the clock went back", "two"]);
  });

  it("shows a line that is older than the one before it, and that nobody noted, though all hashes fit", async () => {
    await write("one", "two", "three");
    const forged = "2020-01-01T00:00:00.000Z";
    rechain(folder, (entries) => entries.map((each) => (each.n === 2 ? { ...each, time: forged } : each)));
    const { ok, older = [] } = await verifyEvidence(folder);
    assert.equal(ok, true);
    assert.deepEqual(
      older.map(({ line, time, isNoted }) => [line, time, isNoted]),
      [[2, forged, false]],
    );
  });

  it("keeps a whole line whose end a crash swallowed", async () => {
    await write("one", "two");
    truncateSync(path, statSync(path).size - 1);
    await write("three");
    assert.deepEqual(await calls(), ["one", "two", "three"]);
    assert.equal((await verifyEvidence(folder)).ok, true);
  });

  it("lets one run at a time write, and the next one when it is done", async () => {
    const first = await openEvidence(folder);
    await assert.rejects(openEvidence(folder), { code: "evidence-in-use" });
    first.close();
    await write("one");
  });

  it("is written by one run at a time, also where the other is in another container, and its process id means nobody", async () => {
    const container = { host: "on-call-2", place: "another kernel pid:[1]", pid: 2 ** 22 + 1 };
    const theirs = await openEvidence(folder, container);
    theirs.record({ step: "contain", call: "iam:UpdateAccessKey" });
    await assert.rejects(openEvidence(folder), {
      code: "evidence-in-use",
      message: /Process 4194305 on on-call-2.*delete .*evidence\.lock.*ten minutes/s,
    });
    // Eleven minutes without a sign of life: it is taken over, and whoever wakes up late writes nothing any more.
    const then = Date.now() / 1000 - 11 * 60;
    utimesSync(join(folder, "evidence.lock"), then, then);
    const ours = await openEvidence(folder);
    ours.record({ step: "contain", call: "iam:GetUser" });
    assert.throws(() => theirs.record({ step: "contain", call: "iam:PutUserPolicy" }), {
      code: "evidence-not-written",
    });
    theirs.close();
    ours.record({ step: "contain", call: "iam:TagUser" });
    ours.close();
    assert.deepEqual(await calls(), ["iam:UpdateAccessKey", "iam:GetUser", "iam:TagUser"]);
    assert.equal((await verifyEvidence(folder)).ok, true);
  });

  it("never holds a secret: by AWS's names for it, by its looks, in whatever it is wrapped", async () => {
    const evidence = await openEvidence(folder);
    evidence.record({
      step: "recover",
      call: "iam:CreateAccessKey",
      input: { Password: "hunter2-hunter2", Document: `secret_access_key=${fakeSecret()}` },
      result: {
        AccessKey: { AccessKeyId: "AKIA0000000000000000", SecretAccessKey: fakeSecret(), CreateDate: new Date(0) },
        Credentials: [{ SessionToken: "IQoJb3JpZ2lu" }],
        Body: Buffer.from("hunter2"),
        Note: fakePrivateKey(),
        Events: [{ CloudTrailEvent: JSON.stringify({ responseElements: { sessionToken: "IQoJb3JpZ2lu" } }) }],
        Inner: JSON.stringify({ text: JSON.stringify({ password: "hunter2 and more" }) }),
        PasswordLastUsed: new Date(0),
        Size: 12n,
      },
    });
    const canonical =
      "POST\n/\n\nx-amz-date:20261122\nx-amz-security-token:FwoGZXIvYXdzEXAMPLETOKEN\n\nhost;x-amz-date";
    const header =
      "Authorization=AWS4-HMAC-SHA256 Credential=AKIA0000000000000000/20261122, Signature=0123456789abcdef";
    evidence.record({ step: "triage", call: "iam:GetUser", error: { code: "no", message: `${canonical} ${header}` } });
    evidence.close();
    const text = readFileSync(path, "utf8");
    for (const secret of [
      ...["hunter2", fakeSecret(), "IQoJb3JpZ2lu", "PRIVATE KEY", "FwoGZXIvYXdzEXAMPLETOKEN", "0123456789abcdef"],
    ]) {
      assert.ok(!text.includes(secret), secret);
    }
    assert.match(text, /AKIA0000000000000000.*1970-01-01.*"\[7 bytes\]".*"PasswordLastUsed":"1970-01-01.*"Size":"12"/);
  });
});
