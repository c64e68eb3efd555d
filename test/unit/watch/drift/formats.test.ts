import assert from "node:assert/strict";
import { driftAs } from "../../../../operations/watch/drift/formats";
import { type StackDrift } from "../../../../operations/watch/drift/look";
import { type DriftItem } from "../../../../operations/watch/drift/model";
import { fixAsText, planFix } from "../../../../operations/watch/drift/fix";
import { placeOf } from "../../../../operations/watch/drift/source";
import { accountOf } from "../../../../engine/pulumi/state-account";
import { type ReportFormat, reportFormats } from "../../../../operations/watch/drift/request";
import { junitProblems } from "../../../support/junit";
import { sarifProblems } from "../../../support/sarif";
import { parseXml } from "../../../support/xml";

const policy = (effect: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: effect, Action: "*", Resource: "*" }] });

const items: DriftItem[] = [
  {
    state: "drifted",
    change: "changed",
    severity: "critical",
    means: "nothing the account does is recorded",
    control: "AuditTrail",
    region: "us-east-1",
    urn: "urn:pulumi:prod::p::aws:cloudtrail/trail:Trail::baseline-trail",
    type: "aws:cloudtrail/trail:Trail",
    name: "baseline-trail",
    id: "arn:aws:cloudtrail:us-east-1:123456789012:trail/t",
    differences: [{ path: "enableLogging", expected: true, found: false }],
    consequences: [],
    at: { path: "components/audit-trail/audit-trail.ts", line: 119 },
    changes: [
      {
        time: "2026-11-20T10:00:00.000Z",
        event: "StopLogging",
        source: "cloudtrail.amazonaws.com",
        user: "arn:aws:iam::123456789012:user/mina",
        sourceIp: "203.0.113.7",
        region: "us-east-1",
      },
    ],
  },
  {
    state: "drifted",
    change: "changed",
    severity: "high",
    control: "AlertChannel",
    urn: "urn:pulumi:prod::p::aws:iam/policy:Policy::evil|<script>alert(1)</script>",
    type: "aws:iam/policy:Policy",
    name: "evil|<script>alert(1)</script>",
    id: "i",
    differences: [{ path: "policy", expected: policy("Deny"), found: policy("Allow") }],
    consequences: [],
    changes: [],
  },
  {
    state: "drifted",
    change: "deleted",
    severity: "critical",
    control: "ThreatDetection",
    region: "eu-west-1",
    urn: "urn:detector",
    type: "aws:guardduty/detector:Detector",
    name: "d",
    id: "d",
    differences: [],
    consequences: [{ urn: "urn:feature", type: "aws:guardduty/detectorFeature:DetectorFeature", name: "f" }],
  },
  {
    state: "unknown",
    severity: "high",
    control: "SupportRole",
    urn: "urn:role",
    type: "aws:iam/role:Role",
    name: "r",
    id: "r",
    differences: [],
    consequences: [],
    reason: "AccessDenied: no",
  },
];

const report = (of: DriftItem[]): StackDrift => ({
  project: "aws-prevention-baseline",
  stack: "prod",
  engine: "Pulumi v3",
  startedAt: "2026-11-22T00:00:00.000Z",
  seconds: 12.3,
  state: of.length > 0 ? "drifted" : "clean",
  checked: 438,
  clean: 438 - of.length,
  controls: [{ control: "AuditTrail", checked: 20, clean: 19 }],
  items: of,
  acceptance: {
    accepted: [
      {
        item: { ...(items[0] as DriftItem), name: "let be" },
        by: { resource: "let be", reason: "Because.", expires: "2027-01-01" },
      },
    ],
    expired: [],
    refused: [{ entry: { resource: "wide*", reason: "x", expires: "2027-01-01" }, why: "it fits too much" }],
    unused: [{ resource: "old", reason: "x", expires: "2027-01-01" }],
  },
  unmanagedLookedFor: true,
  notes: [],
});
const as = (format: ReportFormat, of = items, prefix = "") => driftAs(format, report(of), { version: "1.2.3", prefix });

interface Log {
  runs: {
    automationDetails: { id: string };
    invocations: { executionSuccessful: boolean }[];
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      partialFingerprints: Record<string, string>;
      locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
    }[];
  }[];
}
const run = (of = items, prefix = "") => (JSON.parse(as("sarif", of, prefix)) as Log).runs[0];

describe("drift reports", () => {
  for (const format of reportFormats) {
    it(`${format}: ends with one line break, and with nothing to tell too`, () => {
      for (const text of [as(format), as(format, [])]) {
        assert.match(text, /[^\n]\n$/);
      }
    });
  }

  it("text: all there is to know, within 80 columns as far as words allow", () => {
    const text = as("text");
    for (const says of [
      /^Drift: 3 of 438 resources are not as the program says\. 1 more could not/,
      /critical +AuditTrail, us-east-1: Trail changed: nothing the account does is\n +recorded/,
      /enableLogging: expected true, found false/,
      /2026-11-20 10:00:00 UTC: StopLogging by[^]*user\/mina\s+from\s+203\.0\.113\.7/,
      /declared in components\/audit-trail\/audit-trail\.ts:119/,
      /policy: Statement\[0\]\.Effect: expected "Deny", found "Allow"/,
      /gone with it: 1 DetectorFeature/,
      /CloudTrail's last 90 days do not say by whom/,
      /Accepted until 2027-01-01:[^]*Because\./,
      /Accepted, and not there: old/,
      /Looked for beside the program: trails/,
    ]) {
      assert.match(text, says);
    }
    const long = text.split("\n").filter((line) => line.length > 80 && line.trim().includes(" "));
    assert.deepEqual(long, []);
  });

  it("SARIF: valid, only problems, a category for each stack", () => {
    assert.deepEqual(sarifProblems(JSON.parse(as("sarif"))), []);
    assert.deepEqual(sarifProblems(JSON.parse(as("sarif", []))), []);
    assert.equal(run()?.automationDetails.id, "drift/aws-prevention-baseline/prod/");
    assert.deepEqual(
      run()?.results.map(({ ruleId }) => ruleId),
      ["drift/AuditTrail", "drift/AlertChannel", "drift/ThreatDetection", "unknown/SupportRole"],
    );
    assert.equal(run()?.invocations[0]?.executionSuccessful, false);
    assert.deepEqual(run([])?.results, []);
  });

  it("SARIF: a problem keeps its fingerprint whatever was found, and loses it with other properties", () => {
    const [first] = items as [DriftItem];
    const print = (item: DriftItem) => run([item])?.results[0]?.partialFingerprints["driftResource/v1"];
    const found = [{ path: "enableLogging", expected: true, found: "other" }];
    assert.equal(print({ ...first, differences: found, severity: "low", changes: [] }), print(first));
    assert.notEqual(print({ ...first, differences: [{ ...found[0]!, path: "name" }] }), print(first));
    assert.notEqual(print({ ...first, change: "deleted" }), print(first));
  });

  it("SARIF: paths from the repository's root, where the package is not at it", () => {
    const uri = run(items, "infra/base line/")?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    assert.equal(uri, "infra/base%20line/components/audit-trail/audit-trail.ts");
  });

  it("JUnit: drift fails, doubt is an error, what is accepted is skipped, the rest passes", () => {
    const xml = as("junit");
    assert.deepEqual(junitProblems(xml), []);
    const [suite] = parseXml(xml).children;
    const { tests, failures, errors, skipped, name } = suite?.attributes ?? {};
    assert.deepEqual(
      [name, tests, failures, errors, skipped],
      ["drift/aws-prevention-baseline/prod", "6", "3", "1", "1"],
    );
  });

  it("Markdown: a table and what is behind it, nothing of the account's names markup", () => {
    const text = as("markdown");
    assert.match(text, /\| \*\*critical\*\* \| AuditTrail, us-east-1: Trail changed: nothing/);
    assert.match(text, /\| `enableLogging` \| `true` \| `false` \|/);
    assert.match(text, /`evil\\\|<script>alert\(1\)<\/script>`/);
    assert.doesNotMatch(text.replace(/`[^`]*`/g, ""), /<script>/);
    assert.equal((text.match(/<details>/g) ?? []).length, 4);
  });

  it("Markdown: fits into a comment, whatever there is", () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ ...(items[0] as DriftItem), name: `trail-${index}` }));
    const text = as("markdown", many);
    assert.ok(text.length <= 65537, String(text.length));
    assert.match(text, /There is more than fits here/);
  });

  it("HTML: no name of the account is markup", () => {
    const text = as("html");
    assert.doesNotMatch(text, /<script/);
    assert.match(text, /evil\|&#60;script&#62;/);
  });

  it("JSON: the report as it is", () =>
    assert.equal((JSON.parse(as("json")) as StackDrift).items[0]?.changes?.[0]?.event, "StopLogging"));
});

describe("a fix", () => {
  it("takes what is drifted, what went with it and what refers to it, and leaves the rest alone", () => {
    const state = [
      { urn: "urn:detector", type: "t", custom: true },
      { urn: "urn:feature", type: "t", custom: true, dependencies: ["urn:detector"] },
      { urn: "urn:refers", type: "t", custom: true, dependencies: ["urn:feature"] },
      { urn: "urn:other", type: "t", custom: true, dependencies: [] },
    ];
    const unmanaged: DriftItem = { ...(items[0] as DriftItem), change: "unmanaged", urn: "arn:shadow" };
    const plan = planFix([...items, unmanaged], state);
    assert.deepEqual(
      plan.urns.sort(),
      [items[0]?.urn, items[1]?.urn, "urn:detector", "urn:feature", "urn:refers"].sort(),
    );
    assert.deepEqual(
      plan.leftAlone.map(({ urn }) => urn),
      ["urn:role", "arn:shadow"],
    );
  });
});

describe("a fix of what is partly accepted", () => {
  it("says what is set back with the rest, though somebody accepted it", () => {
    const item = { ...(items[0] as DriftItem), differences: [{ path: "tags.team", expected: "a", found: "b" }] };
    const elsewhere = { ...item, urn: "urn:elsewhere" };
    const plan = planFix([items[0] as DriftItem], [], [item, elsewhere]);
    assert.deepEqual(plan.accepted, [item]);
    assert.match(fixAsText(plan).replace(/\s+/g, " "), /with it, though accepted: .*: tags\.team/);
  });
});

describe("where the program declares it", () => {
  const places: [position: string | undefined, place: object | undefined][] = [
    [
      "project:///components/audit-trail/audit-trail.ts#119,7",
      { path: "components/audit-trail/audit-trail.ts", line: 119 },
    ],
    ["project:///../../x/package/components/controls.ts#9,1", { path: "components/controls.ts", line: 9 }],
    ["project:///../../x/package/nowhere.ts#9,1", undefined],
    ["project:///a%20b.ts", { path: "a b.ts" }],
    ["project:///../../node_modules/@pulumi/aws/x.ts#1,1", undefined],
    ["project:///node_modules/x/y.js#1,1", undefined],
    ["project:///dist/index.js#3,1", undefined],
    ["/somewhere/else.ts#1", undefined],
    [undefined, undefined],
  ];
  for (const [position, place] of places) {
    it(`${position}`, () => assert.deepEqual(placeOf(position), place));
  }

  it("knows the account by the ARNs of the state", () => {
    const of = (id: string) => ({ urn: id, type: "t", id });
    assert.equal(accountOf([of("arn:aws:iam::111111111111:role/a"), of("x")]), "111111111111");
    assert.equal(accountOf([of("x")]), undefined);
  });
});
