import { createInterface } from "node:readline";
import { BaselineError, ExitCode } from "../../common/errors";
import { type DrillPlan } from "./plan";
import { type DrillOptions } from "./request";

/** Where somebody can be asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** Whom a drill would reach, and with how much. */
export function announcement({ accountId, accountAlias, homeRegion, topics, messages }: DrillPlan): string {
  const alias = accountAlias ? ` (${accountAlias})` : "";
  const hearers = new Set(topics.flatMap(({ confirmed }) => confirmed.map((each) => each.endpoint)));
  return (
    `Account ${accountId}${alias}, home region ${homeRegion}: a drill sends ${messages} message(s) ` +
    `to ${topics.length} topic(s) with ${hearers.size} subscriber(s).`
  );
}

export type Answer = "yes" | "no" | "stopped";

/** People get mail, so somebody has to want it. On an emulator nobody does. */
export async function agreed({ yes, endpoint }: DrillOptions, terminal: Terminal): Promise<Answer> {
  if (yes || endpoint !== undefined) {
    return "yes";
  }
  if (!terminal.input.isTTY) {
    throw new BaselineError(
      "not-agreed",
      "A drill sends messages to people, and nobody can be asked here; nothing was sent.",
      "Run it with --yes.",
      ExitCode.badInput,
    );
  }
  return question("Send? [y/N] ", terminal);
}

/** Ctrl-C is "stopped", Ctrl-D and anything that is not yes is "no". */
function question(text: string, { input, output }: Terminal): Promise<Answer> {
  const line = createInterface({ input, output, terminal: true });
  return new Promise((resolve) => {
    // The first to come counts; closing is what remains of Ctrl-D, and leaves the cursor in the question's line.
    const settle = (answer: Answer, lineBreak: string) => {
      line.removeAllListeners().close();
      output.write(lineBreak);
      resolve(answer);
    };
    line.once("SIGINT", () => settle("stopped", "\n"));
    line.once("close", () => settle("no", "\n"));
    line.question(text, (answer) => settle(/^y(es)?$/i.test(answer.trim()) ? "yes" : "no", ""));
  });
}
