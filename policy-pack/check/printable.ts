/**
 * Characters that nobody sees, or that move what is seen: controls, direction marks, zero-width and tag characters, line
 * and paragraph separators, halves of surrogate pairs. The same as in the baseline's common/printable.ts, because this
 * package stands alone; a test holds the two together.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Text of several lines as people may see it: each unprintable character but the end of a line shows as `?`. */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replaceAll("\t", " ")
    .replace(unprintable, (each) => (each === "\n" ? each : "?"));
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
