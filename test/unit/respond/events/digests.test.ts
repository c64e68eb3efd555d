import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { doubtsOn, sentencesOn } from "../../../../operations/respond/events/log-checks";
import { readLogs } from "../../../../operations/respond/events/logs";
import { Spool } from "../../../../operations/respond/events/spool";
import { TrailFiles } from "../../../support/trail-bucket";

const from = new Date("2026-11-20T00:00:00Z");
const to = new Date("2026-11-20T23:59:59Z");
const event = (id: string) => ({
  eventID: id,
  eventTime: "2026-11-20T03:00:00Z",
  eventName: "RunInstances",
  userIdentity: { type: "IAMUser", userName: "mina" },
});

/** Three hours of a trail: the first two with a digest, the third still without one, as CloudTrail is always behind. */
function trail() {
  const files = new TrailFiles();
  const [a, b] = [files.log("20261120T0305Z", [event("a")]), files.log("20261120T0310Z", [event("b")])];
  const first = files.digest("2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z", [a, b]);
  const c = files.log("20261120T0405Z", [event("c")]);
  const second = files.digest("2026-11-20T04:00:00Z", "2026-11-20T05:00:00Z", [c]);
  const d = files.log("20261120T0520Z", [event("d")]);
  return { files, a, b, c, d, first, second };
}

type Trail = ReturnType<typeof trail>;

const whole = gzipSync(JSON.stringify({ Records: [event("z"), event("y")] }));
const brokenBodies: [what: string, body: Buffer][] = [
  ["is no gzip", Buffer.from("x")],
  ["is cut off", whole.subarray(0, whole.length - 30)],
  ["has no end of its list", gzipSync(JSON.stringify({ Records: [event("z")] }).slice(0, -2))],
  ["has a record without the name of a call", gzipSync(JSON.stringify({ Records: [{ ...event("z"), eventName: 5 }] }))],
];

type Case = [what: string, change: (trail: Trail) => void, events: string, said: RegExp];

/** What somebody did to the bucket, which events the timeline then has, and what is said of it. */
const cases: Case[] = [
  ["nobody touched", () => undefined, "abcd", /^Log files validated by CloudTrail's digests: 3\. 1 are NOT VALIDATED/],
  [
    "a log file was changed",
    ({ files, b }) => files.overwrite(b, (text) => text.replace("RunInstances", "DescribeVpcs")),
    "acd",
    /^LOG FILES CHANGED.*1 log file\(s\) are not what CloudTrail delivered; 1 event\(s\) in them are left out: .*T0310Z_abcDEF\.json\.gz \(changed\)/,
  ],
  [
    "a log file was put there that CloudTrail did not deliver",
    ({ files }) => files.log("20261120T0315Z", [event("x"), event("y")], "forged"),
    "abcd",
    /^LOG FILES CHANGED.*2 event\(s\) in them are left out: .*forged\.json\.gz \(in no digest\)/,
  ],
  ...brokenBodies.map(([what, body]): Case => [
    `a log file was put there that ${what}`,
    ({ files, a }) => files.objects.set(a.replace("T0305Z", "T0306Z"), { body }),
    "abcd",
    /^LOG FILES CHANGED.*0 event\(s\) in them, and all of the files that cannot be read, are left out: .*T0306Z/,
  ]),
  [
    "a log file was put there whose name has no time",
    ({ files, a }) => files.objects.set(a.replace(/T0305Z_\w+/, "_x"), files.objects.get(a)!),
    "abcd",
    /\(in no digest\)/,
  ],
  [
    "a log file was deleted",
    ({ files, a }) => files.objects.delete(a),
    "bcd",
    /^LOG FILES CHANGED.*1 log file\(s\) that CloudTrail delivered are gone from the bucket: .*T0305Z/,
  ],
  [
    "a digest was changed to fit a changed log file",
    ({ files, a, first }) => {
      files.overwrite(a, (text) => text.replace("RunInstances", "DescribeVpcs"));
      files.overwrite(first, (text) => text.replace(/"hashValue":"\w+"/, '"hashValue":"0"'));
    },
    "abcd",
    /^LOG FILES CHANGED.*The digest file .*T040000Z\.json\.gz is not valid: its signature is not CloudTrail's/,
  ],
  [
    "a digest was put in the place of another one",
    ({ files, first, second }) => files.objects.set(first, files.objects.get(second)!),
    "abcd",
    /is not valid: it was moved from where CloudTrail put it/,
  ],
  [
    "a digest in the middle was deleted",
    ({ files, second, d }) => {
      files.digest("2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z", [d]);
      files.objects.delete(second);
    },
    "abcd",
    /^LOG FILES CHANGED.*The digest file .*T050000Z\.json\.gz is gone from the bucket, or not valid/,
  ],
  [
    "a digest is older than the one that the next digest names",
    ({ files, first, second, c, d }) => {
      const other = files.digest("2026-11-20T04:00:00Z", "2026-11-20T05:00:00Z", [c], { chain: false });
      assert.equal(other, second);
      const replaced = files.objects.get(second)!;
      files.digest("2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z", [d]);
      files.digest("2026-11-20T04:00:00Z", "2026-11-20T05:00:00Z", [], { chain: false });
      assert.notEqual(files.objects.get(second), replaced);
      files.objects.delete(first);
    },
    "abd",
    /is not the one that the next digest names/,
  ],
  [
    "validation was switched off for a while",
    ({ files }) => {
      const e = files.log("20261120T0910Z", [event("e")]);
      files.digest("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", [e], { chain: false });
    },
    "abcde",
    /No digest covers 2026-11-20T05:00:00Z to 2026-11-20T09:00:00Z/,
  ],
  [
    "a late file stands in a digest of its own",
    ({ files }) => {
      const late = files.log("20261120T0330Z", [event("e")], "late");
      files.digest("2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z", [late], { chain: false, suffix: "_backfill" });
    },
    "abecd",
    /^Log files validated by CloudTrail's digests: 4\./,
  ],
  [
    "there are no digests",
    ({ files, first, second }) => [first, second].forEach((key) => files.objects.delete(key)),
    "abcd",
    /^LOG FILES NOT VALIDATED: nothing shows that the 4 log file\(s\).*the bucket has no digest files for this time \(us-east-1\)/,
  ],
  [
    "CloudTrail's keys may not be asked for",
    ({ files }) => {
      files.publicKeys = () => Promise.reject(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
    },
    "abcd",
    /^LOG FILES NOT VALIDATED.*may not call cloudtrail:ListPublicKeys in us-east-1/,
  ],
  [
    "CloudTrail names no key of that fingerprint",
    ({ files }) => {
      files.publicKeys = () => Promise.resolve({ PublicKeyList: [] });
    },
    "abcd",
    /^LOG FILES CHANGED.*CloudTrail has no public key with the fingerprint that it names/,
  ],
  [
    "a digest is no gzip",
    ({ files, second }) => files.objects.set(second, { body: Buffer.from("x") }),
    "abcd",
    /T050000Z\.json\.gz is not valid: it cannot be unpacked/,
  ],
];

describe("log files of a trail whose bucket", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "digests-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function read(files: TrailFiles, until = to) {
    const spool = await Spool.open(folder, "logs us-east-1");
    const lane = { aws: files.clients(), region: "us-east-1", spool, from, to: until, onEvents: () => undefined };
    try {
      await readLogs(lane, files.bucket, { userName: "mina" });
    } finally {
      await spool.close();
    }
    const lines = readFileSync(join(folder, "logs us-east-1.jsonl"), "utf8").trim().split("\n");
    const events = lines.map((line) => (JSON.parse(line) as { eventID: string }).eventID).join("");
    return { events, checks: [{ region: "us-east-1", checks: spool.cursor.checks! }] };
  }

  for (const [what, change, events, said] of cases) {
    it(`${what}: says so, and leaves out what is not CloudTrail's`, async () => {
      const made = trail();
      change(made);
      const found = await read(made.files);
      assert.equal(found.events, events);
      assert.match(sentencesOn(found.checks).join(" "), said);
    });
  }

  it("was stopped in the middle counts no file twice", async () => {
    const { files, c } = trail();
    const getObject = files.objects.get(c)!;
    files.objects.delete(c);
    const lost = () => assert.fail("the connection was lost");
    files.objects.set(c, Object.defineProperty({ ...getObject }, "body", { get: lost }));
    await assert.rejects(read(files));
    files.objects.set(c, getObject);
    const { events, checks } = await read(files);
    assert.equal(events, "abcd");
    assert.deepEqual(checks[0]!.checks, { valid: 3, uncovered: 1, rejected: [], missing: [], flaws: [] });
    assert.deepEqual(doubtsOn(checks), []);
  });
});
