import assert from "node:assert/strict";
import { escape, htmlTable, page } from "../../../operations/output/html";
import { junit } from "../../../operations/output/junit";
import { code, codeBlock, details, escapeMarkdown, fitting, markdownTable } from "../../../operations/output/markdown";
import { sarif, type SarifResult, type SarifRun } from "../../../operations/output/sarif";
import { bySeverity, type Severity, worst } from "../../../operations/output/severity";
import { junitProblems } from "../../support/junit";
import { sarifProblems } from "../../support/sarif";
import { parseXml } from "../../support/xml";

interface Log {
  runs: {
    automationDetails: { id: string };
    results: {
      ruleIndex: number;
      kind: string;
      level: string;
      partialFingerprints: Record<string, string>;
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
    }[];
  }[];
}

describe("SARIF", () => {
  const result = (more: Partial<SarifResult> = {}): SarifResult => ({
    ruleId: "drift/AuditTrail",
    severity: "critical",
    message: "the trail is stopped",
    at: { uri: "components/audit-trail/audit trail.ts", line: 12 },
    resource: { name: "trail", fullName: "urn:pulumi:prod::p::aws:x::trail" },
    identity: ["urn:pulumi:prod::p::aws:x::trail", "enableLogging"],
    ...more,
  });
  const rule = {
    id: "drift/AuditTrail",
    title: "The audit trail is not as the program says",
    description: "d",
    help: "h",
    severity: "critical" as const,
  };
  const run = (results: SarifResult[], more: Partial<SarifRun> = {}): SarifRun => ({
    tool: { name: "t", version: "1.0.0" },
    automationId: "drift/project/prod",
    fingerprint: "driftResource/v1",
    rules: [{ ...rule, id: "drift/Other" }, rule],
    results,
    successful: true,
    ...more,
  });
  const log = (results: SarifResult[]) => JSON.parse(sarif(run(results))) as Log;
  const prints = (results: SarifResult[]) =>
    log(results).runs[0]?.results.map((each) => each.partialFingerprints["driftResource/v1"]);

  for (const [what, results] of [
    ["no result", []],
    ["a failure", [result()]],
    ["an open question", [result({ kind: "open" })]],
  ] as const) {
    it(`is valid with ${what}`, () => assert.deepEqual(sarifProblems(log([...results])), []));
  }

  it("names its stack, its rule, its file and line", () => {
    const [only] = log([result()]).runs;
    assert.equal(only?.automationDetails.id, "drift/project/prod");
    assert.equal(only.results[0]?.ruleIndex, 1);
    assert.deepEqual(only.results[0].locations[0]?.physicalLocation, {
      artifactLocation: { uri: "components/audit-trail/audit%20trail.ts" },
      region: { startLine: 12 },
    });
  });

  it("keeps a fingerprint whatever it says and wherever it stands, and tells two problems apart", () => {
    const same = prints([result(), result({ message: "other words", severity: "low", at: { uri: "b.ts" } })]);
    assert.equal(prints([result({ message: "other words", at: { uri: "b.ts" } })])?.[0], same?.[0]);
    assert.notEqual(same?.[0], same?.[1]);
    assert.notEqual(prints([result({ identity: ["urn", "isMultiRegionTrail"] })])?.[0], same?.[0]);
  });

  const levels: [Severity, string][] = [
    ["critical", "error"],
    ["high", "error"],
    ["medium", "warning"],
    ["low", "note"],
  ];
  for (const [severity, level] of levels) {
    it(`shows ${severity} as ${level}`, () =>
      assert.equal(log([result({ severity })]).runs[0]?.results[0]?.level, level));
  }
  it("gives an open question no level", () => {
    const [only] = log([result({ kind: "open" })]).runs[0]?.results ?? [];
    assert.deepEqual([only?.kind, only?.level], ["open", "none"]);
  });
});

describe("JUnit", () => {
  const report = junit([
    {
      name: "prod",
      seconds: 1.5,
      cases: [
        { name: "ok", classname: "AuditTrail" },
        { name: "bad", classname: "AuditTrail", failure: { message: 'a "b"\nc <d>', text: "line 1\nline 2 & more" } },
        { name: "odd", classname: "Trail", error: { message: "denied\u0007", text: "\ud800x\u0000" } },
        { name: "let be", classname: "Trail", skipped: "accepted until 2027-01-01" },
      ],
    },
    { name: "empty", cases: [] },
  ]);

  it("is what its readers take, and counts what is there", () => assert.deepEqual(junitProblems(report), []));

  it("says in lines what is wrong, whatever letters are in it", () => {
    const [prod] = parseXml(report).children;
    const { attributes, children } = prod ?? { attributes: {}, children: [] };
    assert.deepEqual(attributes, { name: "prod", tests: "4", failures: "1", errors: "1", skipped: "1", time: "1.500" });
    const [failure] = children[1]?.children ?? [];
    assert.deepEqual([failure?.attributes["message"], failure?.text], ['a "b"\nc <d>', "line 1\nline 2 & more"]);
    const [error] = children[2]?.children ?? [];
    assert.deepEqual([error?.attributes["message"], error?.text], ["denied?", "?x?"]);
  });

  it("is a whole report without a suite", () => assert.deepEqual(junitProblems(junit([])), []));
});

describe("Markdown", () => {
  const escaped: [text: string, markdown: string][] = [
    ["plain, text.", "plain, text."],
    ["a|b", "`a|b`"],
    ["*bold* _it_ `code`", "`*bold*` `_it_` `` `code` ``"],
    ["snake_case, s3:* and a - b", "snake_case, `s3:*` and a - b"],
    ["<img src=x>", "`<img` `src=x>`"],
    ["@everyone #12 GH-12", "`@everyone` `#12` `GH-12`"],
    ["(www.evil.example)", "(`www.evil.example`)"],
    ["https://evil.example!", "`https://evil.example`!"],
    [":tada: at 12:47:31", "`:tada:` at 12:47:31"],
    ["2026-11-28T12:54:07.935Z", "2026-11-28T12:54:07.935Z"],
    ["by arn:aws:iam::123456789012:user/x.", "by `arn:aws:iam::123456789012:user/x`."],
    ["[a](b)", "`[a](b`)"],
    ["A & B &amp; C", "A & B `&amp`; C"],
    ["one\n two", "one<br>two"],
    ["- item", "`-` item"],
    ["1. item", "`1.` item"],
    ["a\u202e", "a?"],
  ];
  for (const [text, markdown] of escaped) {
    it(`keeps ${JSON.stringify(text)} text`, () => assert.equal(escapeMarkdown(text), markdown));
  }

  const spans: [text: string, markdown: string][] = [
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["a|b", "`a|b`"],
    ["a\nb", "`a b`"],
    ["a\u001b", "`a?`"],
  ];
  for (const [text, markdown] of spans) {
    it(`has a span for ${JSON.stringify(text)}`, () => assert.equal(code(text), markdown));
  }

  it("has blocks that nothing inside ends", () => {
    assert.equal(codeBlock("a\n   ```\nb"), "````\na\n   ```\nb\n````");
    assert.equal(codeBlock("x ````"), "`````\nx ````\n`````");
  });
  it("has cells that no stroke in them ends", () =>
    assert.equal(markdownTable([["A"], [code("a|b\\|c")]]), "| A |\n| --- |\n| `a\\|b\\ \\|c` |"));
  it("has tables", () =>
    assert.equal(
      markdownTable([
        ["A", "B"],
        ["1", "2"],
      ]),
      "| A | B |\n| --- | --- |\n| 1 | 2 |",
    ));
  it("folds", () =>
    assert.equal(details("<x>", "*b*"), "<details>\n<summary><code>&#60;x&#62;</code></summary>\n\n*b*\n\n</details>"));
  it("notifies nobody by what it folds", () => assert.match(details("by @everyone", ""), /by <code>@everyone</));
  it("fits whole lines, closes what it cuts open, and says so", () => {
    const text = details("s", Array.from({ length: 50 }, (_, index) => `line ${index}`).join("\n"));
    const cut = fitting(text, 300, "*cut*");
    assert.ok(cut.length <= 300 && cut.endsWith("*cut*"), cut);
    assert.match(cut, /^line \d+$/m);
    assert.match(cut, /<\/details>/);
    assert.equal(fitting("short", 300, "*cut*"), "short");
  });
});

describe("HTML", () => {
  it("shows text as text", () => {
    assert.equal(escape(`<a b="c">'&`), "&#60;a b=&#34;c&#34;&#62;&#39;&#38;");
    assert.match(
      page("<t>", { header: "", main: htmlTable([["<h>"], ["<c>"]]), footer: "" }),
      /&#60;t&#62;[^]*&#60;c&#62;/,
    );
  });
});

describe("severities", () => {
  it("are ordered, the worst first", () => {
    const list = (["low", "critical", "medium", "high"] as const).map((severity) => ({ severity }));
    assert.deepEqual(
      list.sort(bySeverity).map(({ severity }) => severity),
      ["critical", "high", "medium", "low"],
    );
    assert.equal(worst(["low", "high"]), "high");
    assert.equal(worst([]), undefined);
  });
});
