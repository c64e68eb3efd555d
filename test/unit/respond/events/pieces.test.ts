import assert from "node:assert/strict";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { chronological } from "../../../../operations/respond/events/chronological";
import { asRecord, asTrailEvent } from "../../../../operations/respond/events/record";
import { splitRecords, TornLog } from "../../../../operations/respond/events/split-records";
import { Spool } from "../../../../operations/respond/events/spool";
import { isSuspects, questionsAbout } from "../../../../operations/respond/events/suspect";
import { apiCall, callers } from "../../../support/cloudtrail-records";
import { scratch } from "../../../support/scratch";

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

describe("a log file that is not whole", () => {
  const torn: [what: string, text: string][] = [
    ["is cut off in a record", '{"Records":[{"a":1},{"b":'],
    ["is cut off after a record", '{"Records":[{"a":1}'],
    ["is empty", ""],
    ["is an object without records", '{"message":{"a":1}}'],
    ["is a list", '[{"a":1}]'],
  ];
  for (const [what, text] of torn) {
    it(`is not read as a whole one when it ${what}`, async () => {
      await assert.rejects(async () => {
        for await (const each of splitRecords(Readable.from([Buffer.from(text)]))) void each;
      }, TornLog);
    });
  }

  it("may hold no records", async () => {
    for await (const each of splitRecords(Readable.from([Buffer.from('{ "Records": [] }')]))) assert.fail(String(each));
  });
});

describe("a record that somebody changed or broke", () => {
  const whole = { ...apiCall("ec2", "RunInstances"), eventTime: "2026-11-20T03:07:11Z" };
  const read = (changed: object) => {
    const record = asRecord({ ...whole, ...changed });
    return record && { event: asTrailEvent(record), is: isSuspects(record, { userName: "mina" }) };
  };

  it("is the same when it is whole", () => {
    const { event, is } = read({})!;
    assert.deepEqual([event, is], [asTrailEvent(whole), true]);
  });

  const odd: [changed: object, field: string, value: unknown][] = [
    [{ userIdentity: null }, "who", "somebody"],
    [{ userIdentity: [] }, "who", "somebody"],
    [{ userIdentity: { type: "IAMUser", arn: 5, userName: "mina" } }, "who", "mina"],
    [{ userIdentity: { userName: {}, sessionContext: { sessionIssuer: { userName: 1 } } } }, "who", "somebody"],
    [{ eventSource: {} }, "service", ""],
    [{ userAgent: [], sourceIPAddress: 7 }, "agent", ""],
    [{ requestParameters: "x", responseElements: [1] }, "request", {}],
    [{ readOnly: "yes" }, "readOnly", false],
    [{ errorCode: { a: 1 } }, "error", undefined],
    [{ eventTime: "2026-11-20T03:07:11.123Z" }, "time", "2026-11-20T03:07:11Z"],
  ];
  for (const [changed, field, value] of odd) {
    it(`with ${JSON.stringify(changed)} has ${field} ${JSON.stringify(value)}`, () =>
      assert.deepEqual((read(changed)?.event as unknown as Record<string, unknown>)[field], value));
  }

  it("is none without the name of a call or a time", () => {
    [{ eventName: 5 }, { eventTime: 7 }, { eventTime: "soon" }].forEach((each) => assert.equal(read(each), undefined));
    [null, 5, "x", []].forEach((each) => assert.equal(asRecord(each, "2026-11-20T03:07:11Z"), undefined));
    assert.equal(asRecord({ eventName: "A" }, "2026-11-20T03:07:11Z")?.eventTime, "2026-11-20T03:07:11Z");
  });
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
