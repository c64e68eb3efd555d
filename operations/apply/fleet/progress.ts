import { oneLine } from "../../../common/printable";
import { eraseLines, print, styled } from "../../../common/terminal";

/**
 * Progress of several accounts on stderr: in a terminal one line for each that is under way, renewed in place; where output
 * is piped, a line when one begins and when one ends.
 */
export class FleetProgress {
  private readonly underWay = new Map<string, { text: string; since: number }>();
  private drawn = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Shows what an account is at. */
  say(name: string, text: string): void {
    const known = this.underWay.get(name);
    this.underWay.set(name, { text, since: known?.since ?? Date.now() });
    if (this.stream.isTTY) {
      this.timer ??= setInterval(() => this.draw(), 500).unref();
    } else if (!known || /^Trying|Trying again in/.test(text)) {
      print(oneLine(`${name}: ${known ? text : "begins"}`), this.stream);
    }
  }

  /** Takes the account's line away, and says how it ended. */
  end(name: string, text: string): void {
    this.underWay.delete(name);
    this.erase();
    print(oneLine(`${name}: ${text}`), this.stream);
    this.draw();
  }

  /** Writes a line above those of the accounts. */
  line(text: string): void {
    this.erase();
    print(text, this.stream);
    this.draw();
  }

  /** Takes all lines away, so that a result can stand there. */
  clear(): void {
    clearInterval(this.timer);
    delete this.timer;
    this.erase();
    this.underWay.clear();
  }

  private draw(): void {
    if (!this.stream.isTTY || this.underWay.size === 0) {
      return;
    }
    this.erase();
    const width = (this.stream.columns || 80) - 1;
    const names = Math.min(30, Math.max(...[...this.underWay.keys()].map(({ length }) => length)));
    const lines = [...this.underWay].map(([name, { text, since }]) => {
      const seconds = `${Math.round((Date.now() - since) / 1000)} s`;
      return oneLine(`${name.slice(0, names).padEnd(names)}  ${seconds.padStart(6)}  ${text}`).slice(0, width);
    });
    lines.forEach((each) => print(styled("dim", each, this.stream), this.stream));
    this.drawn = lines.length;
  }

  private erase(): void {
    if (this.stream.isTTY && this.drawn > 0) {
      eraseLines(this.drawn, this.stream);
    }
    this.drawn = 0;
  }
}
