import assert from "node:assert/strict";
import { reportAsHtml } from "../../../operations/output/html";
import { reportAsMarkdown } from "../../../operations/output/markdown";
import { type Block, type Finding, type Form, type Report } from "../../../operations/output/report";
import { reportAsText } from "../../../operations/output/text";
import { hostileTexts, unseen } from "../../support/hostile";

const writers: Record<Form, (report: Report) => string> = {
  text: (report) => reportAsText(report),
  html: reportAsHtml,
  markdown: reportAsMarkdown,
};
const forms = Object.keys(writers) as Form[];

const found = (text: string): Finding => ({
  severity: "high",
  title: `title ${text}`,
  means: `means ${text}`,
  detail: `detail ${text}`,
  seen: `seen ${text}`,
  where: [`where ${text}`],
  columns: [["Column", { code: `column ${text}` }]],
  differences: [{ path: `path ${text}`, expected: `expected ${text}`, found: `found ${text}` }],
  lines: [`line ${text}`],
  ids: [`id ${text}`],
  commands: [`command ${text}`],
  references: [`reference ${text}`],
});

const blocks = (text: string): Block[] => [
  { text: `paragraph ${text}` },
  { list: [`item ${text}`, ["an item with ", { code: `code ${text}` }]] },
  { tasks: [{ name: "task", text: `task ${text}`, isDone: false }] },
  { table: [["heading"], [`cell ${text}`], [{ code: `code ${text}` }]] },
  { findings: [found(text)] },
  { listing: `listing ${text}` },
];

const reportOf = (text: string, more: Partial<Report> = {}): Report => ({
  title: ["Report of ", { code: text }],
  alerts: [`alert ${text}`],
  summary: [`summary ${text}`],
  facts: [["Fact", `value ${text}`]],
  sections: [{ title: `section ${text}`, blocks: blocks(text) }],
  footer: [`footer ${text}`],
  ...more,
});

describe("a report", () => {
  for (const form of forms) {
    it(`as ${form} says all of a section, and what stands above it`, () => {
      const shown = writers[form](reportOf("x"));
      const words = "alert summary section paragraph item code task cell listing title means line path expected found";
      for (const word of words.split(" ")) assert.match(shown, new RegExp(`${word} x`), word);
    });

    it(`as ${form} has no section that says nothing, and none that is for another form`, () => {
      const nothing: Block[] = [
        { list: [] },
        { tasks: [] },
        { table: [["heading"]] },
        { findings: [] },
        { figure: "", caption: "" },
      ];
      const elsewhere = forms.filter((each) => each !== form);
      const shown = writers[form](
        reportOf("x", {
          sections: [
            { title: "Empty", blocks: nothing },
            { title: "Elsewhere", blocks: blocks("y"), only: elsewhere },
            { title: "Here", blocks: [...nothing, { text: "here" }], only: [form] },
          ],
        }),
      );
      assert.doesNotMatch(shown, /Empty|Elsewhere|heading/);
      assert.match(shown, /Here[^]*here/);
    });

    it(`as ${form} shows nothing unseen, whatever names hold`, () => {
      for (const text of hostileTexts) {
        const shown = writers[form](reportOf(text));
        assert.doesNotMatch(shown.replaceAll("\n", ""), unseen, JSON.stringify(text));
      }
    });
  }

  it("as HTML takes no word for a tag, wherever it stands", () => {
    assert.doesNotMatch(reportAsHtml(reportOf("<script>alert(1)</script><b>")), /<script|<b>/);
  });

  it("as text keeps to 80 columns as far as its words allow, and breaks no command by itself", () => {
    const long = "word ".repeat(40).trim();
    const shown = reportAsText(reportOf(long, { sections: [{ title: "s", blocks: [{ findings: [found(long)] }] }] }));
    const wide = shown.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(wide, []);
  });

  it("as a page shows as many boxes as one looks at, and the rest in a table", () => {
    const many = Array.from({ length: 60 }, (_, at) => found(String(at)));
    const shown = reportAsHtml(reportOf("x", { sections: [{ title: "s", blocks: [{ findings: many }] }] }));
    assert.equal(shown.match(/<article>/g)?.length, 40);
    assert.match(shown, /And 20 more:[^]*title 59/);
  });
});
