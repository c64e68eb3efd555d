import { createInterface } from "node:readline";
import { terminalText } from "./style";
import { type Terminal, write } from "./terminal";

export { type Terminal } from "./terminal";

export type Answer = "yes" | "no" | "stopped";

let answered = 0;

/** How many questions people have answered in this process. What was true before the last one may not be true after it. */
export function questionsAnswered(): number {
  return answered;
}

/** Asks in a terminal. Ctrl-C is "stopped", Ctrl-D and anything that is not yes is "no". */
export function question(text: string, { input, output }: Terminal): Promise<Answer> {
  const line = createInterface({ input, output, terminal: true });
  return new Promise((resolve) => {
    // The first to come counts; closing is what remains of Ctrl-D, and leaves the cursor in the question's line.
    const settle = (answer: Answer, lineBreak: string) => {
      answered += 1;
      line.removeAllListeners().close();
      write(lineBreak, output);
      resolve(answer);
    };
    line.once("SIGINT", () => settle("stopped", "\n"));
    line.once("close", () => settle("no", "\n"));
    line.question(terminalText(text), (answer) => settle(/^y(es)?$/i.test(answer.trim()) ? "yes" : "no", ""));
  });
}
