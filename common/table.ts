import { visibleLength } from "./style";

/**
 * Columns of text, padded with spaces; the last column is wrapped to the width that remains.
 *
 * @param rows the first is the heading
 * @param width columns of the terminal
 */
export function table(rows: string[][], width = 80): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns - 1 }, (_, index) =>
    Math.max(...rows.map((row) => visibleLength(row[index] ?? ""))),
  );
  const indent = widths.reduce((sum, each) => sum + each + 2, 0);
  return rows
    .flatMap((row) => {
      const cells = widths.map((each, index) => pad(row[index] ?? "", each));
      const [first = "", ...rest] = wrap(row[columns - 1] ?? "", Math.max(20, width - indent));
      return [[...cells, first].join("  ").trimEnd(), ...rest.map((line) => " ".repeat(indent) + line)];
    })
    .join("\n");
}

/** Breaks a text at spaces so that no line is longer than `width`, as far as its words allow. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line && visibleLength(line) + 1 + visibleLength(word) > width) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    return [...lines, line];
  });
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - visibleLength(text)));
}
