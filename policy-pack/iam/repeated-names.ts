// A string, or a character that gives a JSON text its structure.
const token = /"(?:[^"\\]|\\[^])*"|[{}[\],:]/g;

/**
 * The same JSON text, in which a name that stands twice in one object gets a blank at its end the second time. A parser
 * keeps only the last of them, and which one AWS goes by is not documented; so both are read.
 */
export function keepRepeatedNames(text: string): string {
  const open: Set<string>[] = [];
  let before = "";
  let name: RegExpExecArray | undefined;
  const repeated: number[] = [];
  for (const match of text.matchAll(token)) {
    const [found] = match;
    if (found === "{" || found === "[") open.push(new Set());
    else if (found === "}" || found === "]") open.pop();
    else if (found === ":" && name !== undefined) {
      const names = open[open.length - 1];
      if (names?.has(name[0])) repeated.push(name.index + name[0].length - 1);
      names?.add(name[0]);
    }
    name = found.startsWith('"') && /^[{,]$/.test(before) ? match : undefined;
    before = found;
  }
  let from = 0;
  const parts = repeated.map((at) => {
    const part = text.slice(from, at);
    from = at;
    return `${part} `;
  });
  return parts.join("") + text.slice(from);
}

/** Whether a name may stand twice in one object of a JSON text that was read as this; cheap, and never wrongly no. */
export function mayRepeatNames(text: string, read: unknown): boolean {
  let written = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    let end = at - 1;
    while (end >= 0 && text.charCodeAt(end) <= 32) end--;
    if (text.charCodeAt(end) === 34) written++;
  }
  return written > namesIn(read);
}

function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) {
    let inList = 0;
    for (const each of value as unknown[]) inList += namesIn(each);
    return inList;
  }
  let names = 0;
  for (const each of Object.values(value)) names += 1 + namesIn(each);
  return names;
}
