import assert from "node:assert/strict";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { escape, facts, htmlTable, page, section } from "../../../operations/output/html";
import { junit } from "../../../operations/output/junit";
import { code, codeBlock, details, escapeMarkdown, markdownTable } from "../../../operations/output/markdown";
import { sarif } from "../../../operations/output/sarif";
import { printable } from "../../../common/printable";
import { hostile, hostileTexts, unseen } from "../../support/hostile";
import { junitProblems } from "../../support/junit";
import { sarifProblems } from "../../support/sarif";
import { parseXml } from "../../support/xml";

const withoutLineEnds = (text: string) => text.replaceAll("\n", "");

describe("hostile text in Markdown", () => {
  const reader = new MarkdownIt({ html: true, linkify: true });

  interface Token {
    type: string;
    content: string;
    children: Token[] | null;
  }

  const tokensOf = (markdown: string) =>
    (reader.parse(markdown, {}) as Token[]).flatMap((each) => [each, ...(each.children ?? [])]);
  /** Everything but paragraphs, text, code spans and our own breaks. */
  const markup = (markdown: string) =>
    tokensOf(markdown).filter(
      ({ type, content }) =>
        !/^(paragraph_(open|close)|inline|text|text_special|code_inline)$/.test(type) &&
        !(type === "html_inline" && content === "<br>"),
    );
  const plainText = (markdown: string) =>
    tokensOf(markdown)
      .filter(({ type, content }) => /^text/.test(type) || content === "<br>")
      .map(({ content }) => (content === "<br>" ? "\n" : content))
      .join("");

  it("is text or code wherever it stands, and notifies nobody", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = escapeMarkdown(text);
        assert.deepEqual(markup(markdown), []);
        // What GitHub's own filters look for in text that is no code.
        assert.doesNotMatch(plainText(markdown), /@|#|\bGH-\d|:\/\/|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:/i);
        assert.doesNotMatch(withoutLineEnds(markdown), unseen);
      }),
      { numRuns: 500 },
    ));

  it("says as many letters as it had, in code or not", () => {
    for (const text of hostileTexts.filter((each) => !each.includes("\n"))) {
      const shown = tokensOf(escapeMarkdown(text))
        .filter(({ type }) => /^(text|code_inline)/.test(type))
        .map(({ content }) => content)
        .join("");
      assert.equal(shown.replace(/\s/g, ""), printable(text).replace(/\s/g, ""));
    }
  });

  it("is one code span", () =>
    fc.assert(
      fc.property(
        hostile.filter((text) => text.trim() !== ""),
        (text) => {
          const types = tokensOf(code(text)).map(({ type }) => type);
          assert.deepEqual(types, ["paragraph_open", "inline", "code_inline", "paragraph_close"]);
        },
      ),
    ));

  it("never leaves its block", () =>
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const tokens = tokensOf(codeBlock(`${one}\n${other}`, "text"));
        assert.deepEqual(
          tokens.map(({ type }) => type),
          ["fence"],
        );
        assert.doesNotMatch(withoutLineEnds(tokens[0]!.content), unseen);
      }),
    ));

  it("never leaves its cell", () =>
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const tokens = tokensOf(
          markdownTable([
            ["A", "B"],
            [code(one), escapeMarkdown(other)],
          ]),
        );
        const count = (type: string) => tokens.filter((each) => each.type === type).length;
        assert.deepEqual([count("tr_open"), count("td_open"), count("table_open")], [2, 2, 1]);
        assert.equal(tokens.filter(({ type }) => /heading|html_block|image|link|fence|list/.test(type)).length, 0);
      }),
      { numRuns: 300 },
    ));

  it("never leaves the summary of a fold", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const [summary = "", ...rest] = details(text, "body").split("</summary>");
        assert.equal(rest.length, 1);
        const shown = summary.replace("<details>\n<summary>", "").replace(/<code>[^<]*<\/code>|&#\d+;/g, "");
        assert.doesNotMatch(shown, /[<>@#\n]|:\/\//);
      }),
    ));
});

describe("hostile text in HTML", () => {
  interface Node {
    tagName?: string;
    attrs?: { name: string }[];
    childNodes?: Node[];
  }
  let tagsOf: (html: string) => Node[];
  before(async () => {
    const { parse } = await import("parse5");
    const inside = (node: Node): Node[] => [
      ...(node.tagName ? [node] : []),
      ...(node.childNodes ?? []).flatMap(inside),
    ];
    tagsOf = (html) => inside(parse(html) as Node);
  });

  const pageOf = (text: string) =>
    page(text, {
      header: facts([[text, text]]),
      main: section(text, htmlTable([[text], [text]])) + `<i title="${escape(text)}">${escape(text)}</i>`,
      footer: escape(text),
    });
  const shape = (html: string) => tagsOf(html).map(({ tagName, attrs }) => [tagName, attrs?.map(({ name }) => name)]);

  it("adds no tag and no attribute, and nothing unseen", () => {
    const expected = shape(pageOf("x"));
    fc.assert(
      fc.property(hostile, (text) => {
        const html = pageOf(text);
        assert.deepEqual(shape(html), expected);
        assert.doesNotMatch(withoutLineEnds(html), unseen);
      }),
    );
  });
});

describe("hostile text in JUnit and SARIF", () => {
  it("leaves JUnit well-formed, and holds nothing unseen", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const problem = { message: text, text };
        const report = junit([
          {
            name: text,
            cases: [
              { name: text, classname: text, failure: problem },
              { name: text, classname: text, error: problem },
              { name: text, classname: text, skipped: text },
            ],
          },
        ]);
        assert.deepEqual(junitProblems(report), []);
        const [suite] = parseXml(report).children;
        assert.equal(suite?.children[0]?.children[0]?.text, printable(text));
        assert.doesNotMatch(withoutLineEnds(report), unseen);
      }),
    ));

  it("leaves SARIF valid, and makes no link in a message", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const rule = { id: "audit/x", title: text, description: text, help: text, severity: "low" as const };
        const log = sarif({
          tool: { name: "t", version: "1.0.0" },
          automationId: "drift/project/stack",
          fingerprint: "auditFinding/v1",
          rules: [rule],
          results: [
            {
              ruleId: "audit/x",
              severity: "low",
              message: text === "" ? "-" : text,
              at: { uri: "a.ts" },
              resource: { name: text, fullName: text },
              identity: [text],
              properties: { text },
            },
          ],
          successful: true,
        });
        assert.doesNotMatch(withoutLineEnds(log), unseen);
        const parsed = JSON.parse(log) as { runs: { results: { message: { text: string } }[] }[] };
        assert.doesNotMatch(parsed.runs[0]!.results[0]!.message.text, /\]\(/);
        if (text !== "") {
          assert.deepEqual(sarifProblems(parsed), []);
        }
      }),
    ));
});
