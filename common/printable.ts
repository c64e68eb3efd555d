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

/** Keys of texts that have lines of their own, and are indented as a whole where they are shown. */
const ofLines = ["message", "next", "expected", "found"];

/**
 * The same object with every text and key in it on one line: what others chose must not look like a line of ours. Texts
 * that we laid out in lines stay.
 */
export function onOneLine<T>(value: T): T {
  return inside(value) as T;
}

function inside(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/\s*[\r\n\u2028\u2029]\s*/g, " ");
  }
  if (Array.isArray(value)) {
    return value.map(inside);
  }
  // A date or a map stays what it is.
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [inside(key), ofLines.includes(key) ? (each as unknown) : inside(each)]),
  );
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
