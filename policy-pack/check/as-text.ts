import { printable } from "./printable";
import { type Input } from "./read-input";
import { type Verdict } from "./verdicts";

const width = 80;

/** The verdicts for people: at most 80 columns, as far as names allow. */
export function asText(input: Input, verdicts: readonly Verdict[], file: string): string {
  const { kind, resources, hidden } = input;
  const mandatory = verdicts.filter(({ level }) => level === "mandatory").length;
  const advisory = verdicts.length - mandatory;
  return [
    ...wrap(
      `${plural(resources.length, "resource")} in ${file} (${kind}): ${mandatory} mandatory, ${advisory} advisory`,
      0,
    ),
    ...(hidden > 0 ? wrap(`${plural(hidden, "value")} of it secret, and so not looked into.`, 0) : []),
    ...verdicts.flatMap(({ level, policyId, resource, type, message }) => [
      "",
      ...wrap(`${level} ${policyId}`, 0),
      ...wrap(`${resource} (${type})`, 2),
      ...message.split("\n").flatMap((line) => wrap(line, 4)),
    ]),
  ].join("\n");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Lines broken at spaces. Names come from a file: nothing in them may move the text. */
function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).replaceAll("\n", " ").split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => `${" ".repeat(indent)}${each}`);
}
