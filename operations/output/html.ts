import { printable } from "../../common/printable";
import { identityRows } from "../../aws/identity";
import { style } from "./html-style";
import { type Block, type Finding, findingTable, parts, plain, type Report, sectionsIn, type Words } from "./report";

/** Text as it may stand in HTML, between tags and in attributes. */
export function escape(text: string): string {
  return printable(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A page: no script, no network, readable on a phone and in the dark. `header`, `main` and `footer` are HTML. */
export function page(title: string, parts: { header: string; main: string; footer: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
${parts.header}
</header>
<main>
${parts.main}
</main>
<footer>${parts.footer}</footer>
</body>
</html>
`;
}

/** A report as one page. */
export function reportAsHtml(report: Report): string {
  const { title, tab = plain(title), alerts = [], summary, identity, footer = [], isWhole } = report;
  const rows = [...(identity ? identityRows(identity) : []), ...report.facts];
  const sections = sectionsIn(report, "html").flatMap(({ title: heading, blocks }) =>
    blocks.some((each) => "of" in each && each.of !== undefined)
      ? blocks.map((each) => section("of" in each && each.of ? each.of : heading, blockAsHtml(each)))
      : [section(heading, blocks.map(blockAsHtml).join(""))],
  );
  return page(tab, {
    header: [
      ...alerts.map((each) => `<p><strong>${escape(each)}</strong></p>`),
      `<h1>${escape(plain(title))}</h1>`,
      ...summary.map((each) => `<p>${escape(each)}</p>`),
      facts(rows),
    ].join("\n"),
    main: sections.join("\n"),
    footer: [...(isWhole ? [] : ["aws-prevention-baseline"]), footer.map(escape).join("<br>\n")].join(", "),
  });
}

function blockAsHtml(block: Block): string {
  if ("text" in block) return `<p>${escape(block.text)}</p>`;
  if ("list" in block) return list(block.list.map(inline));
  if ("tasks" in block) {
    const mark = (isDone: boolean) => (isDone ? "☑" : "☐");
    return list(
      block.tasks.map(({ name, text, isDone }) => `${mark(isDone)} <strong>${escape(name)}</strong>: ${escape(text)}`),
    );
  }
  if ("table" in block) return htmlTable(block.table);
  if ("listing" in block) return `<div class="scroll"><pre>${escape(block.listing)}</pre></div>`;
  if ("figure" in block) return `${block.figure}<p class="quiet">${escape(block.caption)}</p>`;
  const boxes = block.findings.slice(0, BOXES).map(article).join("");
  const rest = block.findings.slice(BOXES);
  return rest.length > 0 ? `${boxes}<p>And ${rest.length} more:</p>${htmlTable(findingTable(rest))}` : boxes;
}

function article(finding: Finding): string {
  const {
    severity,
    means,
    detail,
    where,
    seen,
    differences = [],
    lines = [],
    commands = [],
    references = [],
  } = finding;
  const badge = `<span class="badge ${severity === "unknown" ? "none" : severity}">${severity}</span>`;
  const quiet = (texts: readonly string[]) =>
    texts.length > 0 ? `<p class="quiet">${texts.map(escape).join("<br>")}</p>` : "";
  const code = (text: string) => `<p>${inline({ code: text })}</p>`;
  const rows = differences.map(({ path, expected, found }) => [path, expected, found]);
  return [
    `<article><h3>${badge} ${escape(finding.title)}</h3>\n`,
    means === undefined ? "" : `<p>${escape(means)}</p>`,
    detail === undefined ? "" : code(detail),
    quiet(where),
    seen === undefined ? "" : `<p>${escape(seen)}</p>`,
    rows.length > 0 ? htmlTable([["Property", "Expected", "Found"], ...rows]) : "",
    lines.length > 0 ? list(lines.map(escape)) : "",
    ...commands.map(code),
    quiet(references.length > 0 ? [references.join(", ")] : []),
    "</article>",
  ].join("");
}

/** Findings with a box of their own; the rest are a table. */
const BOXES = 40;

function inline(words: Words): string {
  return parts(words)
    .map((each) => (typeof each === "string" ? escape(each) : `<code>${escape(each.code)}</code>`))
    .join("");
}

/** Names and values side by side. Both are text. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): string {
  const items = rows.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`);
  return `<dl class="facts">${items.join("")}</dl>`;
}

/** A part with a heading. `title` is text, `body` HTML. */
export function section(title: string, body: string): string {
  return `<section><h2>${escape(title)}</h2>${body}</section>`;
}

/** Items are HTML. */
export function list(items: string[]): string {
  return `<ul>${items.map((each) => `<li>${each}</li>`).join("")}</ul>`;
}

/** A table that scrolls by itself on a phone. The first row is the heading. */
export function htmlTable([heading = [], ...rows]: readonly (readonly Words[])[]): string {
  const head = heading.map((each) => `<th>${inline(each)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${inline(cell)}</td>`).join("")}</tr>`).join("");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
