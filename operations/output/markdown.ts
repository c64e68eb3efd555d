import { printable } from "../../common/printable";
import { identityLine } from "../../aws/identity";
import { type Block, type Finding, findingTable, parts, plain, type Report, sectionsIn, type Words } from "./report";

/**
 * Text as it may stand anywhere in Markdown, a table's cell included: nothing of it is markup, notifies anybody or
 * becomes a link, and it reads well before it is rendered too. A word in which GitHub would see more than letters
 * stands in a code span: neither its Markdown nor its filters for people, issues and emoji look into one.
 *
 * Source: GitHub Flavored Markdown Spec 0.29; GitHub docs, "Basic writing and formatting syntax".
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .split("\n")
    .map((line) => line.trim().split(/\s+/).filter(Boolean).map(word).join(" "))
    .filter(Boolean)
    .join("<br>");
}

function word(text: string, at: number): string {
  const [, before = "", inside = "", after = ""] = /^([("']*)(.*?)([)"',.;!?]*)$/su.exec(text) ?? [];
  if (!means(text) && !(at === 0 && /^(\d+[.)]$|[-+=])/.test(text))) {
    return text;
  }
  return inside === "" || (at === 0 && /^\d+$/.test(inside)) ? code(text) : `${before}${code(inside)}${after}`;
}

/** Whether something in a word may be more than text: markup, a name, an issue, an address, an emoji, a commit. */
function means(text: string): boolean {
  return (
    /[`*~|\\<>[\]{}$#@^]|&.|:\/\/|www\.|[\p{L}\p{N}]\.\p{L}{2}|^_|_$|\W_|_\W|\bGH-\d/iu.test(text) ||
    // A colon as in 12:47 or iam:GetUser is one; between two of them stands the name of an emoji.
    (text.replace(/:\d\d(?!\d)/g, "").match(/:/g)?.length ?? 0) > 1
  );
}

/** A report for a comment or a ticket. What stands at its end is cut off first where a comment takes no more. */
export function reportAsMarkdown(report: Report): string {
  const { title, alerts = [], identity, summary, isWhole, footer = [] } = report;
  const rank = isWhole ? "#" : "##";
  const facts =
    summary.length > 0 ? [] : report.facts.map(([name, value]) => `- **${name}**: ${escapeMarkdown(value)}`);
  const head = [...(identity && summary.length > 0 ? [identityLine(identity)] : []), ...summary];
  return [
    bullets(alerts),
    `${rank} ${inline(title)}`,
    head.map(escapeMarkdown).join("<br>"),
    facts.join("\n"),
    ...sectionsIn(report, "markdown").map(({ title: heading, blocks, fold }) => {
      const body = blocks.map(blockAsMarkdown).join("\n\n");
      return fold ? details(heading, body) : `${rank}# ${escapeMarkdown(heading)}\n\n${body}`;
    }),
    isWhole ? bullets(footer) : footer.map((each) => `<sub>${escapeMarkdown(each)}</sub>`).join("\n"),
  ]
    .filter((each) => each !== "")
    .join("\n\n");
}

function blockAsMarkdown(block: Block): string {
  if ("text" in block) return escapeMarkdown(block.text);
  if ("list" in block) return bullets(block.list);
  if ("tasks" in block) {
    const mark = (isDone: boolean) => (isDone ? "[x]" : "[ ]");
    return block.tasks
      .map(({ name, text, isDone }) => `- ${mark(isDone)} **${name}**: ${escapeMarkdown(text)}`)
      .join("\n");
  }
  if ("table" in block) return tableOf(block.table);
  if ("listing" in block) return codeBlock(block.listing, block.language);
  if ("figure" in block) return "";
  return [tableOf(findingTable(block.findings)), ...block.findings.flatMap(folded)].join("\n\n");
}

/** What a finding has beyond its row. */
function folded({ title, columns = [], differences = [], lines = [], ids = [] }: Finding): string[] {
  const rows = differences.map(({ path, expected, found }) => [path, expected, found].map(code));
  const all = [...lines.map(escapeMarkdown), ...ids.map(code)].map((each) => `- ${each}`);
  const body = [
    ...(rows.length > 0 ? [markdownTable([["Property", "Expected", "Found"], ...rows])] : []),
    ...(all.length > 0 ? [all.join("\n")] : []),
  ];
  return body.length > 0 ? [details(`${title}: ${plain(columns[0]?.[1] ?? "")}`, body.join("\n\n"))] : [];
}

function bullets(list: readonly Words[]): string {
  return list.map((each) => `- ${inline(each)}`).join("\n");
}

function tableOf(rows: readonly (readonly Words[])[]): string {
  return markdownTable(rows.map((row) => row.map((cell) => (cell === "critical" ? "**critical**" : inline(cell)))));
}

function inline(words: Words): string {
  const all = parts(words);
  return all.length === 1 && typeof all[0] === "string"
    ? escapeMarkdown(all[0])
    : all.map((each) => (typeof each === "string" ? spaced(each) : code(each.code))).join("");
}

/** Blanks at its ends stay. */
function spaced(text: string): string {
  return `${/^\s/.test(text) ? " " : ""}${escapeMarkdown(text)}${/\S\s$/.test(text) ? " " : ""}`;
}

/** Text in a code span, whatever backticks it holds. */
export function code(text: string): string {
  const line = printable(text).replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(line) || line.trim() === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A fenced block; no line of it ends the block, however far it is indented. */
export function codeBlock(text: string, language = ""): string {
  const shown = printable(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/**
 * A table. Cells are Markdown already.
 *
 * @param rows the first is the heading
 */
export function markdownTable(rows: string[][]): string {
  const [heading = [], ...body] = rows;
  // Behind a backslash not every reader takes a stroke for escaped, and one that is not ends the cell.
  const cell = (text: string) => text.replaceAll("\\|", "\\ |").replaceAll("|", "\\|");
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...body.map(line)].join("\n");
}

/** A part that is folded until somebody opens it. `summary` is text, `body` Markdown. */
export function details(summary: string, body: string): string {
  const words = printable(summary).split(/\s+/);
  const shown = words.map((each) => (means(each) ? `<code>${entities(each)}</code>` : entities(each))).join(" ");
  return `<details>\n<summary>${shown}</summary>\n\n${body}\n\n</details>`;
}

function entities(text: string): string {
  return text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** GitHub takes 65536 characters in a comment. Source: GitHub docs, REST API, issue comments. */
export const COMMENT_LIMIT = 65536;

/** How long a part of a comment may be, with room for what a workflow adds around it. */
export const COMMENT_ROOM = 60_000;

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
