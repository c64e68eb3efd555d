import { randomInt } from "node:crypto";
import { styleText } from "node:util";
import { printable } from "./printable";

export type Style = Parameters<typeof styleText>[0];

/**
 * Begins each of our own colour codes until it is written. No text from outside can hold it, because it is another in
 * every process: so colours of ours are told from codes that somebody put into a name. Groups of at most four digits
 * are what `stripVTControlCharacters` takes for a code.
 */
const own = `\u001b[${Array.from({ length: 5 }, () => randomInt(1000, 10_000)).join(";")};`;
const ownCodes = new RegExp(`${own.replace("[", "\\[")}[\\d;]+m`, "g");

/** Colours only where a person looks: a terminal, and no `NO_COLOR` (no-color.org). */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && !process.env["NO_COLOR"]
    ? styleText(
        style,
        cleaned(text, (code) => `\u001b[${code}`),
        { validateStream: false },
      ).replaceAll("\u001b[", own)
    : text;
}

/** Columns that a text takes, our own colour codes left out. */
export function visibleLength(text: string): number {
  return text.replace(ownCodes, "").length;
}

/** A text that goes on to `print`: made harmless already, with our own colours still in it. */
export function harmless(text: string): string {
  return cleaned(text, (code) => own + code);
}

/** The same text for a file: without our colours, and harmless. */
export function plainText(text: string): string {
  return cleaned(text, () => "");
}

/** Text as it may go to a terminal: our own colours and ends of lines stay, every other code shows as `?`. */
export function terminalText(text: string): string {
  return cleaned(text, (code) => `\u001b[${code}`);
}

function cleaned(text: string, codeAs: (code: string) => string): string {
  const [first = "", ...rest] = text.split(own);
  const parts = rest.map((part) => {
    const [code = ""] = /^[\d;]+m/.exec(part) ?? [];
    return (code && codeAs(code)) + printable(part.slice(code.length));
  });
  return printable(first) + parts.join("");
}
