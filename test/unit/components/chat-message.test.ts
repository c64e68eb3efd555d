import assert from "node:assert/strict";
import fc from "fast-check";
import { chatTemplate } from "../../../components/alert-channel/chat-message";

interface Notification {
  version: string;
  source: string;
  content: { textType: string; title: string; description: string };
}

const read = (template: string) => JSON.parse(template) as Notification;

/** As EventBridge does with a variable that stands within quotation marks. */
const fill = (template: string, values: Record<string, string>) =>
  template.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(values[name] ?? "").slice(1, -1));

describe("chatTemplate", () => {
  it("is what chat applications show, with the title in bold and the lines below", () => {
    const lines = ["", "<title>", "", "Type: <type>", ""];
    assert.deepEqual(read(chatTemplate("Finding of severity <severity> in <region>:", lines)), {
      version: "1.0",
      source: "custom",
      content: {
        textType: "client-markdown",
        title: "Finding of severity <severity> in <region>",
        description: "<title>\n\nType: <type>",
      },
    });
  });

  it("has a description, which must not be missing, where there are no more lines", () => {
    assert.equal(read(chatTemplate("Root signed in:", [])).content.description, "Root signed in");
  });

  it("stays one JSON object when EventBridge has put values into it", () => {
    const filled = fill(chatTemplate("From <who>:", ["said <what>"]), { who: 'a "b" \\ c', what: "d\ne" });
    assert.deepEqual([read(filled).content.title, read(filled).content.description], ['From a "b" \\ c', "said d\ne"]);
  });

  it("is one JSON object on one line, with every variable as it was, for any text", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("<region>", 'say "<what>"', "C:\\x"));
    fc.assert(
      fc.property(fc.string(), fc.array(text), (title, lines) => {
        const template = chatTemplate(title, lines);
        assert.ok(!template.includes("\n"));
        const variables = (from: string) => from.match(/<\w+>/g) ?? [];
        const { content } = read(template);
        assert.deepEqual(variables(content.title), variables(title));
        if (lines.join("").trim()) {
          assert.deepEqual(variables(template), [...variables(title), ...lines.flatMap(variables)]);
        }
      }),
    );
  });
});
