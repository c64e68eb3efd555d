import { wrap } from "../../common/table";

/** The lines of a folded YAML text. @param indent spaces before each */
export function folded(text: string, indent: number): string[] {
  return wrap(text, 118 - indent).map((line) => " ".repeat(indent) + line);
}

/** The lines of a YAML comment. */
export function commented(text: string, indent: number): string[] {
  return wrap(text, 116 - indent).map((line) => `${" ".repeat(indent)}# ${line}`);
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
