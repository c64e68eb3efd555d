import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BaselineError } from "../../../../common/errors";
import { globMatches } from "../../../../common/glob";
import { withoutAccepted } from "../../../../operations/watch/drift/accepted";
import { type AcceptedDrift } from "../../../../operations/watch/drift/accepted-limits";
import { acceptedProblems, readAccepted } from "../../../../operations/watch/drift/accepted-file";
import { type DriftItem, type DriftReport, stateOf } from "../../../../operations/watch/drift/model";

const now = new Date("2026-11-22T12:00:00Z");
const trail: DriftItem = {
  state: "drifted",
  change: "changed",
  severity: "critical",
  means: "nothing the account does is recorded",
  control: "AuditTrail",
  urn: "urn:pulumi:prod::p::aws:cloudtrail/trail:Trail::baseline-trail",
  type: "aws:cloudtrail/trail:Trail",
  name: "baseline-trail",
  id: "arn:aws:cloudtrail:us-east-1:123456789012:trail/t",
  differences: [
    { path: "enableLogging", expected: true, found: false },
    { path: "tags.owner", expected: "a", found: "b" },
  ],
  consequences: [],
};
const topic: DriftItem = {
  ...trail,
  control: "AlertChannel",
  urn: "urn:pulumi:prod::p::aws:sns/topic:Topic::baseline-alert-channel-topic",
  type: "aws:sns/topic:Topic",
  name: "baseline-alert-channel-topic",
  id: "arn:aws:sns:us-east-1:123456789012:baseline-alerts",
};
const entry = (more: Partial<AcceptedDrift> = {}): AcceptedDrift => ({
  resource: "baseline-trail",
  reason: "migration",
  expires: "2026-12-01",
  ...more,
});
const report = (...items: DriftItem[]): DriftReport => ({
  state: stateOf(items),
  checked: 9,
  clean: 8,
  controls: [],
  items,
});

describe("accepted drift", () => {
  const fits: [what: string, resource: string][] = [
    ["its name", "baseline-alert-channel-topic"],
    ["a glob of its name", "baseline-alert-channel-*"],
    ["its URN", "urn:pulumi:prod::p::*::baseline-alert-channel-topic"],
    ["its ARN", "arn:aws:sns:*:123456789012:baseline-alert?"],
  ];
  for (const [what, resource] of fits) {
    it(`does not count, named by ${what}`, () => {
      const { state, items, acceptance } = withoutAccepted(report(topic), [entry({ resource })], now);
      assert.deepEqual([state, items, acceptance.accepted.length], ["clean", [], 1]);
    });
  }

  it("takes away its own properties only, and with the worst of them the severity", () => {
    const { state, items, acceptance } = withoutAccepted(report(trail), [entry({ property: "enable*" })], now);
    assert.equal(state, "drifted");
    assert.deepEqual(
      items.map(({ severity, means, differences }) => [severity, means, differences.map(({ path }) => path)]),
      [["low", undefined, ["tags.owner"]]],
    );
    assert.deepEqual(
      acceptance.accepted.map(({ item }) => item.differences.map(({ path }) => path)),
      [["enableLogging"]],
    );
  });

  it("is clean where entries cover every property", () => {
    const entries = [entry({ property: "enableLogging" }), entry({ property: "tags.*" })];
    const { state, acceptance } = withoutAccepted(report(trail), entries, now);
    assert.deepEqual([state, acceptance.accepted.length], ["clean", 2]);
  });

  it("counts again from the day it expires, and says so", () => {
    for (const [expires, state] of [
      ["2026-11-22", "drifted"],
      ["2026-11-23", "clean"],
    ] as const) {
      const result = withoutAccepted(report(topic), [entry({ resource: topic.name, expires })], now);
      assert.equal(result.state, state);
      assert.equal(result.acceptance.expired.length, state === "drifted" ? 1 : 0);
    }
  });

  it("says which entries fit nothing", () => {
    const entries = [entry({ resource: "other" }), entry({ property: "name" })];
    const { state, acceptance } = withoutAccepted(report(trail), entries, now);
    assert.deepEqual([state, acceptance.unused, acceptance.expired], ["drifted", entries, []]);
  });

  it("never covers a deletion by a property, nor what could not be read", () => {
    const gone: DriftItem = { ...topic, change: "deleted", differences: [] };
    const own = (more = {}) => [entry({ resource: topic.name, ...more })];
    assert.equal(withoutAccepted(report(gone), own({ property: "*" }), now).state, "drifted");
    assert.equal(withoutAccepted(report(gone), own(), now).state, "clean");
    const unknown: DriftItem = { ...topic, state: "unknown", differences: [], reason: "denied" };
    assert.equal(withoutAccepted(report(unknown), own(), now).state, "unknown");
  });

  it("covers a trail, a detector or a recorder by a property only, and one that nobody manages as a whole", () => {
    for (const type of ["aws:cloudtrail/trail:Trail", "aws:guardduty/detector:Detector", "aws:cfg/recorder:Recorder"]) {
      const item: DriftItem = { ...trail, type };
      assert.equal(withoutAccepted(report(item), [entry()], now).state, "drifted");
      assert.equal(withoutAccepted(report(item), [entry({ property: "*" })], now).state, "clean");
      assert.equal(withoutAccepted(report({ ...item, change: "deleted" }), [entry()], now).state, "drifted");
      const beside: DriftItem = { ...item, change: "unmanaged", name: "org-records" };
      assert.equal(withoutAccepted(report(beside), [entry({ resource: "org-records" })], now).state, "clean");
    }
  });

  it("accepts nothing by an entry that fits several controls, by what was looked at, and says so", () => {
    const elsewhere = { ...topic, control: "Backup", name: "acme-vault", urn: "urn:a", id: "x" };
    const looked = [topic, elsewhere];
    const wide = entry({ resource: "*a*-*t*" });
    const { state, acceptance } = withoutAccepted(report(topic), [wide], now, looked);
    assert.deepEqual([state, acceptance.refused.map((each) => each.entry), acceptance.unused], ["drifted", [wide], []]);
    assert.match(acceptance.refused[0]?.why ?? "", /several controls \(AlertChannel, Backup\)|several controls/);
    assert.equal(withoutAccepted(report(topic), [entry({ resource: "*-topic" })], now, looked).state, "clean");
  });

  it("accepts nothing by an entry without an end in sight", () => {
    const { state, acceptance } = withoutAccepted(
      report(topic),
      [entry({ resource: topic.name, expires: "9999-12-31" })],
      now,
    );
    assert.deepEqual([state, acceptance.refused.map(({ why }) => why)], ["drifted", ["it lasts too long"]]);
  });
});

describe("a file of accepted drift", () => {
  const problems: [what: string, raw: unknown, says: RegExp[]][] = [
    ["a map", { resource: "a" }, [/not a list/]],
    ["texts in place of entries", ["a"], [/^\[0\] is not a map/]],
    ["nothing in an entry", [{}], [/resource/, /reason/, /expires/]],
    [
      "everything wrong at once",
      [
        { resource: "", reason: 3, expires: "2027-02-30", property: "", owner: "x" },
        { resource: "a", reason: "b", expires: "31.12.2027" },
      ],
      [
        /\[0\]\.owner: no such key/,
        /\[0\]\.resource/,
        /\[0\]\.reason/,
        /\[0\]\.property/,
        /\[0\]\.expires/,
        /\[1\]\.expires/,
      ],
    ],
    [
      "what fits everything",
      [{ resource: "**", reason: "c", expires: "2027-02-28" }],
      [/\[0\]\.resource: .*everything/],
    ],
    ...["u*", "a*", "urn:pulumi:prod::*", "arn:aws:*:123456789012:*", "baseline-*", "acme-*", "*-1*"].map(
      (resource): [string, unknown, RegExp[]] => [
        `what fits several controls, ${resource}`,
        [{ resource, property: "tags.*", reason: "c", expires: "2027-02-28" }],
        [/\[0\]\.resource: it fits resources of several controls/],
      ],
    ),
    ...["*trail*", "arn:aws:guardduty:*", "urn:pulumi:dev::*Recorder::*", "baseline-trail"].map(
      (resource): [string, unknown, RegExp[]] => [
        `what fits the trail, a detector or a recorder without a property, ${resource}`,
        [{ resource, reason: "c", expires: "2027-02-28" }],
        [/\[0\]\.resource: it fits the (Trail|Detector|Recorder): add the property/],
      ],
    ),
    [
      "a day too far ahead",
      [{ resource: "x", reason: "c", expires: "9999-12-31" }],
      [/\[0\]\.expires: a day within the next 400 days/],
    ],
    [
      "what fits every URN",
      [{ resource: "?*:*", reason: "c", expires: "2027-02-28" }],
      [/\[0\]\.resource: .*everything/],
    ],
    ["nothing", [], []],
    ["a whole entry", [{ resource: "a", property: "b", reason: "c", expires: "2027-02-28" }], []],
    ["the trail's tags", [{ resource: "*-trail", property: "tags.*", reason: "c", expires: "2027-02-28" }], []],
    ["one control's rules", [{ resource: "baseline-compliance-rules-*", reason: "c", expires: "2027-02-28" }], []],
  ];
  for (const [what, raw, says] of problems) {
    it(`is told of ${what}`, () => {
      const found = acceptedProblems(raw, "property", now);
      assert.equal(found.length, says.length, found.join("\n"));
      says.forEach((pattern, index) => assert.match(found[index] ?? "", pattern));
    });
  }

  it("is read as it stands, dates included; and fails as a whole, with every problem", () => {
    const folder = mkdtempSync(join(tmpdir(), "accepted-"));
    const path = join(folder, "drift.accepted.yaml");
    try {
      writeFileSync(path, "- resource: acme-logs*\n  reason: because\n  expires: 2027-01-31\n");
      assert.deepEqual(readAccepted(path, true), [
        { resource: "acme-logs*", reason: "because", expires: "2027-01-31" },
      ]);
      writeFileSync(path, "- resource: acme\n- reason: b\n");
      assert.throws(
        () => readAccepted(path, true),
        (error: BaselineError) => {
          assert.deepEqual([error.code, error.exitCode], ["invalid-accepted-drift", 2]);
          assert.match(error.message, /4 problems/);
          return true;
        },
      );
      writeFileSync(path, "- resource: [");
      assert.throws(() => readAccepted(path, true), { code: "unreadable-file" });
      assert.throws(() => readAccepted(join(folder, "none"), true), { code: "unreadable-file" });
      assert.deepEqual(readAccepted(join(folder, "none"), false), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("globs", () => {
  const matches: [pattern: string, text: string, fits: boolean][] = [
    ["a", "a", true],
    ["a", "ab", false],
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["rules[0].*", "rules[0].status", true],
    ["a.b", "axb", false],
    ["(a|b)$", "a", false],
  ];
  for (const [pattern, text, fits] of matches) {
    it(`${pattern} ${fits ? "fits" : "does not fit"} ${JSON.stringify(text)}`, () =>
      assert.equal(globMatches(pattern, text), fits));
  }
});
