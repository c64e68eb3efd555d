import { oneLine } from "./printable";
import { terminalText } from "./style";

export { harmless, styled } from "./style";

/** Where somebody can be asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
  /** Where results go. Default: stdout. */
  result?: NodeJS.WritableStream;
}

/** The terminal of this process; questions and progress go to stderr, so that stdout holds the result alone. */
export function ownTerminal(): Terminal {
  return { input: process.stdin, output: process.stderr };
}

/** Writes a result and the end of its line to stdout, made harmless. This file alone writes to the terminal. */
export function print(text: string, stream: NodeJS.WritableStream = process.stdout): void {
  write(text.endsWith("\n") ? text : `${text}\n`, stream);
}

/** What to do when a result cannot be written; `EPIPE` says that its reader has gone. */
export function whenNotPrinted(then: (error: NodeJS.ErrnoException) => void): void {
  process.stdout.on("error", then);
}

/** Writes what accompanies a result, such as an error or what was decided, to stderr. */
export function tell(text: string, stream: NodeJS.WritableStream = process.stderr): void {
  print(text, stream);
}

/** Writes text as it is but for what would do harm, without the end of a line. */
export function write(text: string, stream: NodeJS.WritableStream): void {
  stream.write(terminalText(text));
}

/** Takes away the lines that were written last, and what stands in the line of the cursor. */
export function eraseLines(lines: number, stream: NodeJS.WritableStream): void {
  stream.write(lines > 0 ? `\u001b[${lines}A\r\u001b[J` : "\r\u001b[K");
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
      eraseLines(0, this.stream);
    }
    this.shown = "";
  }

  private show(): void {
    const seconds = Math.round((Date.now() - this.since) / 1000);
    const text = oneLine(seconds > 1 ? `${this.shown} (${seconds} s)` : this.shown);
    this.last = Date.now();
    if (this.stream.isTTY) {
      eraseLines(0, this.stream);
      write(text.slice(0, (this.stream.columns || 80) - 1), this.stream);
    } else {
      print(text, this.stream);
    }
  }
}
