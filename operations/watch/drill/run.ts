import { ExitCode } from "../../../common/errors";
import { type Terminal } from "../../../common/question";
import { jsonText } from "../../../common/printable";
import { ownTerminal, print, Progress, tell } from "../../../common/terminal";
import { agreed, announcement } from "./agree";
import { identityText } from "../../../aws/identity";
import { sessionOptions } from "../../../aws/options";
import { type Account, withSession } from "../../../aws/session";
import { sendDrill } from "./drill";
import { planDrill } from "./plan";
import { renderDrill } from "./render";
import { type DrillOptions, type DrillRequest } from "./request";

/**
 * Looks, asks, sends and tells.
 *
 * @returns the exit code: 0 when every alert was sent and has a subscriber; 3 when one was not or has none; 1 when the user
 *   answered no (or Ctrl-D); 130 when the question was answered with Ctrl-C
 */
export function runDrill(request: DrillRequest, options: DrillOptions): Promise<number> {
  return withSession(sessionOptions(options, request.homeRegion), (session) => drillIn(session, request, options));
}

/** The same in an account that is known. */
export async function drillIn(
  { clients, identity }: Account,
  request: DrillRequest,
  options: DrillOptions,
  terminal: Terminal = ownTerminal(),
): Promise<number> {
  const progress = new Progress(terminal.output as NodeJS.WriteStream);
  try {
    progress.say("looking at topics, rules and alarms");
    const plan = await planDrill(clients, request, drillId(new Date()));
    progress.clear();
    tell(`${identityText(identity)}\n${announcement(plan)}`, terminal.output);
    const answer = await agreed(options, terminal);
    if (answer !== "yes") {
      tell(`${answer === "stopped" ? "Stopped. " : ""}Nothing was sent.`, terminal.output);
      return answer === "stopped" ? ExitCode.interrupted : ExitCode.failed;
    }
    const report = await sendDrill(clients, plan, (text) => progress.say(text));
    progress.clear();
    print(
      options.json ? jsonText({ identity, ...report }) : `${identityText(identity)}\n\n${renderDrill(report)}`,
      terminal.result,
    );
    return report.ok ? ExitCode.ok : ExitCode.found;
  } finally {
    progress.clear();
  }
}

/** In every message, so that the one in the mailbox can be told from last month's: the time, to the second, in UTC. */
export function drillId(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}
