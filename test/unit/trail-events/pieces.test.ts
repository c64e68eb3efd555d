import assert from "node:assert/strict";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chronological } from "../../../operations/trail-events/chronological";
import { asTrailEvent } from "../../../operations/trail-events/record";
import { splitRecords } from "../../../operations/trail-events/split-records";
import { Spool } from "../../../operations/trail-events/spool";
import { isSuspects, questionsAbout } from "../../../operations/trail-events/suspect";
import { apiCall, callers } from "../../support/cloudtrail-records";
import { scratch } from "../../support/scratch";

describe("records in a log file", () => {
  const records = [
    { a: 1, text: 'braces } { and one " only } and a \\ at the end\\' },
    { nested: { deep: [{ x: "é漢😀" }, {}] } },
    { empty: "" },
  ];
  const file = Buffer.from(JSON.stringify({ Records: records }, undefined, 1));

  for (const size of [1, 2, 3, 7, 64, 10_000]) {
    it(`are found whole, with the file cut into pieces of ${size} bytes`, async () => {
      // eslint-disable-next-line @typescript-eslint/require-await -- as a stream gives them
      async function* pieces() {
        for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
      }
      const found: unknown[] = [];
      for await (const text of splitRecords(pieces())) found.push(JSON.parse(text.toString("utf8")));
      assert.deepEqual(found, records);
    });
  }
});

describe("a spool of events", () => {
  let folder: string;
  beforeEach(() => (folder = scratch("spool")));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("loses half a page that a crash left, and nothing else", async () => {
    const first = await Spool.open(folder, "us-east-1");
    await first.keep([apiCall("ec2", "A", { eventID: "1" })], { next: "token" });
    await first.close();
    appendFileSync(
      join(folder, "us-east-1.jsonl"),
      '{"eventTime":"2026-11-20T03:07:11Z","eventID":"half' + `${"x".repeat(5000)}\n`,
    );
    const second = await Spool.open(folder, "us-east-1");
    assert.equal(second.cursor.next, "token");
    await second.keep([apiCall("ec2", "B", { eventID: "2" })], { done: true });
    await second.close();
    const ids: string[] = [];
    for await (const { id } of chronological(folder)) ids.push(id);
    assert.deepEqual(ids, ["1", "2"]);
  });
});

describe("an event", () => {
  const names: [given: string, name: string][] = [
    ["CreateFunction20150331", "CreateFunction"],
    ["UpdateFunctionCode20150331v2", "UpdateFunctionCode"],
    ["CreateDistribution2020_05_31", "CreateDistribution"],
    ["RunInstances", "RunInstances"],
  ];
  for (const [given, name] of names) {
    it(`${given} is ${name}`, () => assert.equal(asTrailEvent(apiCall("lambda", given)).name, name));
  }

  it("with hardly anything in it is still one", () => {
    const event = asTrailEvent({});
    assert.deepEqual([event.who, event.name, event.region], ["somebody", "", ""]);
  });
});

describe("who is suspect", () => {
  const role = apiCall("ec2", "X", { userIdentity: callers.role("deploy") });
  const user = apiCall("ec2", "X");
  const cases: [suspect: object, record: object, is: boolean][] = [
    [{ accessKeyId: callers.user.accessKeyId }, user, true],
    [{ accessKeyId: "AKIAI44QH8DHBEXAMPLE" }, user, false],
    [{ userName: "mina" }, user, true],
    [{ userName: "deploy" }, role, false],
    [{ roleName: "deploy" }, role, true],
    [{ roleName: "deploy", sessionName: "session" }, role, true],
    [{ roleName: "deploy", sessionName: "another" }, role, false],
    [{ roleName: "mina" }, user, false],
  ];
  for (const [suspect, record, is] of cases) {
    it(`${JSON.stringify(suspect)} ${is ? "did" : "did not do"} what ${record === user ? "the user" : "the role"} did`, () =>
      assert.equal(isSuspects(record, suspect), is));
  }

  it("is asked for by everything that is known of it", () => {
    const asked = questionsAbout({ accessKeyId: "ASIA1", roleName: "deploy", sessionName: "s" }, ["s", "t"]);
    assert.deepEqual(
      asked.map(({ attribute, value }) => `${attribute} ${value}`),
      ["AccessKeyId ASIA1", "Username s", "Username t"],
    );
  });
});
