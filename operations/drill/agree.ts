import { BaselineError, ExitCode } from "../../common/errors";
import { type Answer, question, type Terminal } from "../../common/question";
import { type DrillPlan } from "./plan";
import { type DrillOptions } from "./request";

/** Whom a drill would reach, and with how much. */
export function announcement({ accountId, accountAlias, homeRegion, topics, messages }: DrillPlan): string {
  const alias = accountAlias ? ` (${accountAlias})` : "";
  const hearers = new Set(topics.flatMap(({ confirmed }) => confirmed.map((each) => each.endpoint)));
  return (
    `Account ${accountId}${alias}, home region ${homeRegion}: a drill sends ${messages} message(s) ` +
    `to ${topics.length} topic(s) with ${hearers.size} subscriber(s).`
  );
}

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
