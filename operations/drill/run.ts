import { createInterface } from "node:readline/promises";
import { BaselineError, ExitCode } from "../../common/errors";
import { Progress } from "../../common/terminal";
import { drillClients } from "./clients";
import { type DrillPlan, planDrill, sendDrill } from "./drill";
import { renderDrill } from "./render";
import { type DrillOptions, type DrillRequest } from "./request";

/** Looks, asks, sends and tells. @returns the exit code */
export async function runDrill(request: DrillRequest, options: DrillOptions): Promise<number> {
  const clients = drillClients(options.endpoint);
  const progress = new Progress();
  try {
    progress.say("looking at topics and subscriptions");
    const plan = await planDrill(clients, request, drillId(new Date()));
    progress.clear();
    if (!(await agreed(plan, options))) {
      process.stderr.write("Nothing was sent.\n");
      return ExitCode.badInput;
    }
    const report = await sendDrill(clients, plan, (text) => progress.say(text));
    progress.clear();
    process.stdout.write(`${options.json ? JSON.stringify(report, undefined, 2) : renderDrill(report)}\n`);
    return report.ok ? ExitCode.ok : ExitCode.failed;
  } finally {
    progress.clear();
  }
}

/** In every message, so that the one in the mailbox can be told from last month's: the time, to the second, in UTC. */
export function drillId(now: Date): string {
  return `drill-${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** People get mail, so somebody has to want it. On an emulator nobody does. */
async function agreed(plan: DrillPlan, { yes, endpoint }: DrillOptions): Promise<boolean> {
  const alias = plan.accountAlias ? ` (${plan.accountAlias})` : "";
  const hearers = new Set(plan.topics.flatMap(({ confirmed }) => confirmed.map((each) => each.endpoint)));
  process.stderr.write(
    `Account ${plan.accountId}${alias}, home region ${plan.homeRegion}: a drill sends some ${plan.regions.length + 2} ` +
      `messages to ${hearers.size} subscriber(s).\n`,
  );
  if (yes || endpoint !== undefined) {
    return true;
  }
  if (!process.stdin.isTTY) {
    throw new BaselineError(
      "not-agreed",
      "A drill sends messages to people, and nobody can be asked here; nothing was sent.",
      "Run it with --yes.",
      ExitCode.badInput,
    );
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await line.question("Send? [y/N] ")).trim());
  } finally {
    line.close();
  }
}
