import { ExitCode } from "../../../../common/errors";
import { type Terminal } from "../../../../common/question";
import { jsonText } from "../../../../common/printable";
import { ownTerminal, print, Progress, tell as tellIn } from "../../../../common/terminal";
import { identityText } from "../../../../aws/identity";
import { sessionOptions } from "../../../../aws/options";
import { type Account, withSession } from "../../../../aws/session";
import { Interruption } from "../../../../common/interruption";
import { agreed } from "../agree";
import { leakAnnouncement } from "./agree";
import { drillLeak } from "./drill";
import { planLeakDrill } from "./plan";
import { renderLeakDrill } from "./render";
import { leakDrillExitCode } from "./report";
import { type LeakDrillOptions, type LeakDrillRequest } from "./request";

const words = {
  what: "A drill makes a user and sends messages to people",
  nothing: "nothing was made",
  question: "Go on? [y/N] ",
};

/**
 * Looks, asks, lets a key leak, cleans up and tells.
 *
 * @returns the exit code: 0 when the response did what its mode promises and nothing is left of the drill; 1 when not, and
 *   when whoever was asked said no (or Ctrl-D); 130 after Ctrl-C or SIGTERM, once everything is removed. A second one ends
 *   at once, and leaves to a later drill what is not removed by then
 */
export function runLeakDrill(request: LeakDrillRequest, options: LeakDrillOptions): Promise<number> {
  return withSession(sessionOptions(options, request.homeRegion), (session) => leakDrillIn(session, request, options));
}

/** The same in an account that is known. */
export async function leakDrillIn(
  { clients, identity }: Account,
  request: LeakDrillRequest,
  options: LeakDrillOptions,
  terminal: Terminal = ownTerminal(),
): Promise<number> {
  const progress = new Progress(terminal.output as NodeJS.WriteStream);
  const interruption = new Interruption();
  const tell = (text: string) => tellIn(text, terminal.output);
  try {
    progress.say("looking at the response, its rules and earlier drills");
    const plan = await interruption.unlessStopped(planLeakDrill(clients, request, new Date()));
    progress.clear();
    if (plan === undefined) {
      tell("Stopped. Nothing was made.");
      return ExitCode.interrupted;
    }
    tell(identityText(identity));
    tell(leakAnnouncement(plan));
    const answer = (await interruption.unlessStopped(agreed(options, terminal, words))) ?? "stopped";
    if (answer !== "yes") {
      const isStopped = answer === "stopped";
      tell(`${isStopped ? "Stopped. " : ""}Nothing was made.`);
      return isStopped ? ExitCode.interrupted : ExitCode.failed;
    }
    interruption.signal.addEventListener("abort", () => {
      progress.clear();
      tell(`Stopping: ${plan.user} is being removed. Once more, and it is left there.`);
    });
    const report = await drillLeak(clients, plan, interruption.signal, (text) => progress.say(text));
    progress.clear();
    print(
      options.json ? jsonText({ identity, ...report }) : `${identityText(identity)}\n\n${renderLeakDrill(report)}`,
      terminal.result,
    );
    return leakDrillExitCode(report);
  } finally {
    progress.clear();
    interruption.end();
  }
}
