import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Identity } from "../../../aws/identity";
import { openEvidence } from "../../../operations/evidence/evidence";
import { recordIdentity } from "../../../operations/evidence/same-account";
import { begunFolders, newFolder, requireSameSubject } from "../../../operations/respond/folder";
import { SUBJECT } from "../../../operations/respond/marks";
import { type Named, namedBy } from "../../../operations/respond/request";
import { type Subject } from "../../../operations/respond/subject";

const identity = (accountId: string, endpoint = "AWS"): Identity => ({
  accountId,
  callerArn: `arn:aws:iam::${accountId}:user/oncall`,
  partition: "aws",
  endpoint,
});
const [one, other] = [identity("111122223333"), identity("444455556666")];
const practice = identity("111122223333", "http://localhost:5000");
const midnight = new Date("2026-11-23T00:01:00Z");
const user = (name: string): Subject => ({ kind: "user", name });
const keyId = ["AKIA", "Q3EGRT5ZWY7UNOPE"].join("");

describe("where the evidence of an incident is kept", () => {
  let parent: string;
  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "incidents-"))));
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const old = (name: string) => {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, "evidence.jsonl"), "");
  };
  /** Begins an incident, in a folder of an older version where its name is given. */
  async function begin(named: Named, subject: Subject, whose = one, name?: string, day = midnight) {
    const folder = name === undefined ? newFolder(named, subject, whose, day, parent) : join(parent, name);
    const evidence = await openEvidence(folder);
    await recordIdentity(evidence, "triage", whose);
    evidence.record({ step: "triage", call: SUBJECT, input: named, result: subject });
    evidence.close();
    return folder;
  }
  const found = async (named: Named, whose?: Identity) =>
    (await begunFolders(named, whose, parent)).map((each) => basename(each));

  it("is nowhere yet where a file is in the place of the folder of incidents", async () => {
    const file = join(parent, "incidents");
    writeFileSync(file, "");
    assert.deepEqual(await begunFolders(namedBy("mina"), one, file), []);
  });

  it("has day, account, kind and name in its name", () => {
    const name = (named: Named, subject: Subject, whose = one) =>
      basename(newFolder(named, subject, whose, midnight, parent));
    assert.equal(name(namedBy("mina"), user("mina")), "2026-11-23-111122223333-user-mina");
    assert.equal(name(namedBy(keyId), { ...user("mina"), key: keyId }), `2026-11-23-111122223333-${keyId}`);
    assert.equal(name(namedBy("mina"), user("mina"), practice), "2026-11-23-practice-111122223333-user-mina");
  });

  it("is not shared by two incidents, not even where file systems ignore letters' case", () => {
    const subjects: Subject[] = [
      "a+b",
      "a=b",
      "a_b",
      "a@b",
      "a,b",
      ".",
      "..",
      "_",
      "mina",
      "Mina",
      "MINA",
      "a.b",
      "a.b.",
    ].flatMap((name): Subject[] => [user(name), { kind: "role", name }]);
    const names = [one, other, practice].flatMap((whose) =>
      subjects.map((subject) => basename(newFolder(subject, subject, whose, midnight, parent)).toLowerCase()),
    );
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[\w@-]+(\.[\w-]+)*$/);
  });

  it("is the last one that was begun, past midnight too", async () => {
    await begin(namedBy("mina"), user("mina"), one, undefined, new Date("2026-01-01"));
    const last = await begin(namedBy("mina"), user("mina"), one, undefined, new Date("2026-11-22"));
    assert.equal((await found(namedBy("user/mina"), one))[0], basename(last));
    assert.deepEqual(await found(namedBy("minami"), one), []);
  });

  it("is that of one of the user's keys, so that undo knows what was done under either name", async () => {
    const folder = await begin(namedBy(keyId), { ...user("mina"), key: keyId });
    assert.deepEqual(await found(namedBy("user/mina"), one), [basename(folder)]);
    assert.deepEqual(await found(namedBy(keyId), one), [basename(folder)]);
  });

  const others: [what: string, named: string, whose: Identity][] = [
    ["a role of that name", "role/mina", one],
    ["another account", "mina", other],
    ["an emulator", "mina", practice],
    ["one of the user's keys", keyId, one],
    ["a name that older versions wrote alike", "mi=na", one],
  ];
  for (const [what, named, whose] of others) {
    it(`is not that of ${what}`, async () => {
      await begin(namedBy("user/mina"), user("mina"));
      await begin(namedBy("mi+na"), user("mi+na"), one, "2026-11-22-mi_na");
      assert.deepEqual(await found(namedBy(named), whose), []);
    });
  }

  it("is one of an older version's naming, when that is about the same", async () => {
    await begin(namedBy("mi+na"), user("mi+na"), one, "2026-11-22-mi_na");
    old("2026-11-21-dave");
    assert.deepEqual(await found(namedBy("mi+na"), one), ["2026-11-22-mi_na"]);
    assert.deepEqual(await found(namedBy("dave"), one), ["2026-11-21-dave"]);
  });

  it("takes in everybody whom a fix of the audit was about", async () => {
    const evidence = await openEvidence(join(parent, "2026-11-22-audit-111122223333"));
    try {
      await recordIdentity(evidence, "audit fix", one);
      evidence.record({ step: "contain", call: SUBJECT, input: namedBy("mina"), result: user("mina") });
      await requireSameSubject(evidence, user("dave"));
    } finally {
      evidence.close();
    }
  });

  it("takes nobody else in", async () => {
    const evidence = await openEvidence(await begin(namedBy("mina"), user("mina")));
    try {
      await requireSameSubject(evidence, user("MINA"));
      for (const subject of [user("dave"), { kind: "role" as const, name: "mina" }]) {
        await assert.rejects(requireSameSubject(evidence, subject), {
          code: "evidence-of-another-subject",
          exitCode: 2,
          message: /is evidence about user mina, not about/,
        });
      }
      // Of an older version, an incident could be about several: it goes on.
      evidence.record({ step: "triage", call: SUBJECT, input: namedBy("dave"), result: user("dave") });
      await requireSameSubject(evidence, user("dave"));
    } finally {
      evidence.close();
    }
  });
});
