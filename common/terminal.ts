import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours only where a person looks: a terminal, and no `NO_COLOR` (no-color.org). */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && !process.env["NO_COLOR"] ? styleText(style, text) : text;
}

/**
 * Progress on stderr: in a terminal one line that renews itself every second, with the seconds it has taken; where output
 * is piped, a line now and then.
 */
export class Progress {
  private last = 0;
  private shown = "";
  private since = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Shows what is being done. */
  say(text: string): void {
    this.timer ??= setInterval(() => this.show(), this.stream.isTTY ? 1000 : 10_000).unref();
    if (text !== this.shown) {
      this.shown = text;
      this.since = Date.now();
      if (this.stream.isTTY || this.since - this.last >= 2000) {
        this.show();
      }
    }
  }

  /** Takes the line away, so that a result can stand there. */
  clear(): void {
    clearInterval(this.timer);
    delete this.timer;
    if (this.stream.isTTY && this.shown) {
      this.stream.write("\r\u001b[K");
    }
    this.shown = "";
  }

  private show(): void {
    const seconds = Math.round((Date.now() - this.since) / 1000);
    const text = seconds > 1 ? `${this.shown} (${seconds} s)` : this.shown;
    this.last = Date.now();
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[K${text.slice(0, (this.stream.columns || 80) - 1)}`);
    } else {
      this.stream.write(`${text}\n`);
    }
  }
}
