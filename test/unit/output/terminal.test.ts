import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonText, oneLine, printable } from "../../../common/printable";
import { table } from "../../../common/table";
import { print, Progress, styled, tell } from "../../../common/terminal";
import { hostile, unseen } from "../../support/hostile";

/** What reached a terminal. */
function screen(isTTY = true): NodeJS.WriteStream & { text: string } {
  const stream = {
    isTTY,
    columns: 80,
    text: "",
    write: (text: string) => {
      stream.text += text;
      return true;
    },
  };
  return stream as unknown as NodeJS.WriteStream & { text: string };
}

const withoutLineEnds = (text: string) => text.replaceAll("\n", "");

describe("what reaches a terminal", () => {
  for (const [name, write] of Object.entries({ print, tell })) {
    it(`${name}: holds no control but ends of lines, whatever the text`, () =>
      fc.assert(
        fc.property(hostile, (text) => {
          const stream = screen();
          write(text, stream);
          assert.doesNotMatch(withoutLineEnds(stream.text), unseen);
        }),
      ));
  }

  it("keeps our own colours, and shows as text a colour that somebody put into a name", () => {
    const stream = screen();
    print(`${styled(["bold", "red"], "critical", stream)} \u001b[32mmina\u001b[0m`, stream);
    assert.equal(stream.text, "\u001b[1m\u001b[31mcritical\u001b[39m\u001b[22m ?[32mmina?[0m\n");
  });

  it("keeps a colour within a colour, and none that a styled name brings along", () => {
    const stream = screen();
    const inner = styled("red", "a\u001b[32mb", stream);
    print(styled("bold", `${inner} \u202e`, stream), stream);
    assert.equal(stream.text, "\u001b[1m\u001b[31ma?[32mb\u001b[39m ?\u001b[22m\n");
  });

  it("holds only codes of ours where a hostile name is styled", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const stream = screen();
        print(styled("red", text, stream), stream);
        // eslint-disable-next-line no-control-regex -- it is about these
        const rest = stream.text.replace(/^\u001b\[31m/, "").replace(/\u001b\[39m\n$/, "");
        assert.doesNotMatch(withoutLineEnds(rest), unseen);
      }),
    ));

  it("has no colours in a pipe", () => assert.equal(styled("red", "critical", screen(false)), "critical"));

  it("keeps columns straight beside coloured and hostile cells", () => {
    const stream = screen();
    print(
      table([
        [styled("red", "a", stream), "b"],
        ["\u001b[2Jxy", "c"],
      ]),
      stream,
    );
    const [first = "", second = ""] = stream.text.replaceAll("\u001b[31m", "").replaceAll("\u001b[39m", "").split("\n");
    assert.equal(first.indexOf("b"), second.indexOf("c"));
  });

  it("writes progress on one line, whatever is being read", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const stream = screen();
        const progress = new Progress(stream);
        progress.say(text);
        const shown = stream.text.split("\r\u001b[K").join("");
        progress.clear();
        assert.doesNotMatch(shown, unseen);
      }),
    ));
});

describe("printable text", () => {
  const cases: [text: string, shown: string][] = [
    ["name", "name"],
    ["Zoë 木村", "Zoë 木村"],
    ["a\tb", "a b"],
    ["a\r\nb", "a\nb"],
    ["a\rb", "a?b"],
    ["\u009b2J", "?2J"],
    ["a\u202eb", "a?b"],
    ["a\u200eb\u061cc", "a?b?c"],
    ["a\u200bb", "a?b"],
    ["a\u{e0041}b", "a?b"],
    ["a\u2028b", "a?b"],
    ["a\ud800b", "a?b"],
  ];
  for (const [text, shown] of cases) {
    it(`shows ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () => assert.equal(printable(text), shown));
  }

  it("is one line where a name is meant", () => assert.equal(oneLine("a\n  b\u2028c"), "a?  b?c"));
});

describe("JSON", () => {
  it("means the same, and holds nothing unseen", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const json = jsonText({ [text]: [text] });
        assert.doesNotMatch(withoutLineEnds(json), unseen);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ [text]: [text] })));
      }),
    ));
});
