import { printable } from "../../common/printable";
import { style } from "./html-style";

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

/** Names and values side by side. Both are text. */
export function facts(rows: [name: string, value: string][]): string {
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

/** A table that scrolls by itself on a phone. Cells are text; the first row is the heading. */
export function htmlTable([heading = [], ...rows]: string[][]): string {
  const head = heading.map((each) => `<th>${escape(each)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
