import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours only where a person looks: a terminal, and no `NO_COLOR` (no-color.org). */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && !process.env["NO_COLOR"] ? styleText(style, text) : text;
}

/** Progress on stderr: one line that renews itself in a terminal, a line now and then where output is piped. */
export class Progress {
  private last = 0;
  private shown = "";

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Shows what is being done. */
  say(text: string): void {
    const now = Date.now();
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[K${text.slice(0, (this.stream.columns || 80) - 1)}`);
    } else if (text !== this.shown && now - this.last >= 2000) {
      this.stream.write(`${text}\n`);
      this.last = now;
    }
    this.shown = text;
  }

  /** Takes the line away, so that a result can stand there. */
  clear(): void {
    if (this.stream.isTTY && this.shown) {
      this.stream.write("\r\u001b[K");
    }
    this.shown = "";
  }
}
