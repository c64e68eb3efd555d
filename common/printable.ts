/**
 * Characters that nobody sees, or that move what is seen: controls (C0, C1, DEL), direction marks, zero-width and tag
 * characters, line and paragraph separators, halves of surrogate pairs.
 *
 * Source: ECMA-48; Unicode Standard Annexes #9 (bidirectional algorithm) and #44 (general categories).
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Text of several lines as people may see it: each unprintable character but the end of a line shows as `?`. */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replaceAll("\t", " ")
    .replace(unprintable, (each) => (each === "\n" ? each : "?"));
}

/** The same on one line, ends of lines too as `?`: for names that others chose, which must not look like lines of ours. */
export function oneLine(text: string): string {
  return printable(text).replaceAll("\n", "?");
}

/** A value as JSON that is harmless where it is shown: unprintable characters are escaped, so that nothing is lost. */
export function jsonText(value: unknown, indent = 2): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join("");
  const text = JSON.stringify(value, undefined, indent);
  return text.replace(unprintable, (each) => (each === "\n" ? each : escaped(each)));
}
