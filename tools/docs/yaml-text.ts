/** A text in lines of `width` characters at most, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}

/** The lines of a folded YAML text. @param indent spaces before each */
export function folded(text: string, indent: number): string[] {
  return wrapped(text, 118 - indent).map((line) => " ".repeat(indent) + line);
}

/** The lines of a YAML comment. */
export function commented(text: string, indent: number): string[] {
  return wrapped(text, 116 - indent).map((line) => `${" ".repeat(indent)}# ${line}`);
}

/** A value on one line, as Prettier writes it. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(inline).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${key}: ${inline(each)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  // What YAML could take for something else stands in quotation marks.
  const isPlain = typeof value !== "string" || /^(?!(?:true|false|null|yes|no|on|off)$)[a-z][\w@./-]*$/i.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}
