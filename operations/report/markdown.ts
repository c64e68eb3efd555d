// An @, # or : would notify people, link to issues or become a link where the text is shown in a comment, and so would www.
const marks = /[&<>@#:]|(?<=\bwww)\.|[\\`*_{}[\]!|~$]|^[-+=]|^\d+(?=[.)])/gm;

/** Text as it may stand anywhere in Markdown, a table's cell included: nothing of it is markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(marks, (mark) => (/[&<>@#:.\d]/.test(mark) ? [...mark].map(reference).join("") : `\\${mark}`))
    .replace(/\s*\n\s*/g, "<br>");
}

// GitHub looks for people and issues in what is shown, so that a character nobody sees has to part the sign from the name.
function reference(letter: string): string {
  return `&#${letter.charCodeAt(0)};${/[@#]/.test(letter) ? "&#8203;" : ""}`;
}

/** Text in a code span, whatever quotation marks it holds; it may stand in a table's cell. */
export function code(text: string): string {
  if (/\\\|/.test(text)) {
    // Behind a backslash nothing keeps a stroke from ending the cell.
    return `<code>${escapeMarkdown(text)}</code>`;
  }
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) || line.trim() === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A fenced block; no line of it ends the block. */
export function codeBlock(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`+/gm)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * A table. Cells are Markdown already.
 *
 * @param rows the first is the heading
 */
export function markdownTable(rows: string[][]): string {
  const [heading = [], ...body] = rows;
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...body.map(line)].join("\n");
}

/** A part that is folded until somebody opens it. `summary` is text, `body` Markdown. */
export function details(summary: string, body: string): string {
  const shown = summary.replace(/[&<>@#]/g, reference);
  return `<details>\n<summary>${shown}</summary>\n\n${body}\n\n</details>`;
}

/** GitHub takes 65536 characters in a comment. Source: GitHub docs, REST API, issue comments. */
export const COMMENT_LIMIT = 65536;

/** The text, or as many whole lines of it as fit, with `ending` (Markdown) below. */
export function fitting(text: string, limit: number, ending: string): string {
  if (text.length <= limit) {
    return text;
  }
  const room = text.slice(0, Math.max(0, limit - ending.length - 40));
  const cut = room.slice(0, Math.max(0, room.lastIndexOf("\n")));
  const open = (cut.match(/^<details>$/gm)?.length ?? 0) - (cut.match(/^<\/details>$/gm)?.length ?? 0);
  return [cut, ...Array<string>(Math.max(0, open)).fill("\n</details>"), "", ending].join("\n");
}
