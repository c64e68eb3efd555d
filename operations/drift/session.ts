import { BaselineError, ExitCode } from "../../common/errors";
import { question, type Terminal } from "../../common/question";
import { type StackHost } from "../engine/stack-host";
import { applyFix, fixAsText, planFix } from "./fix";
import { type DriftRequest, lookForDrift, type StackDrift } from "./look";
import { type DriftState } from "./model";
import { driftAsText } from "./render";

/** 0 clean, 7 drift, 1 could not tell. */
export const driftExitCode: Record<DriftState, number> = {
  clean: ExitCode.ok,
  drifted: ExitCode.drift,
  unknown: ExitCode.failed,
};

export interface FixOptions {
  /** Fixes without asking. */
  yes?: boolean;
  terminal: Terminal;
  /** Entry module, from the package's root. Default: `index`. */
  program?: string;
}

/**
 * Looks, shows what a fix would do, asks, fixes, and looks again.
 *
 * @returns the report to show, which is the second one where something was fixed, and the exit code
 * @throws BaselineError `not-agreed` where nobody can be asked, `policy-violation` where a policy refuses
 */
export async function lookAndFix(
  request: DriftRequest & { host: StackHost },
  { yes = false, terminal, program = "index" }: FixOptions,
): Promise<{ report: StackDrift; exitCode: number }> {
  const report = await lookForDrift(request);
  const before = { report, exitCode: driftExitCode[report.state] };
  const plan = planFix(
    report.items,
    await request.host.resources(),
    report.acceptance.accepted.map(({ item }) => item),
  );
  request.onProgress?.("");
  if (plan.items.length === 0) {
    terminal.output.write("There is nothing to fix.\n");
    return before;
  }
  terminal.output.write(`${driftAsText(report)}\n\n${fixAsText(plan)}\n`);
  const answer = yes ? "yes" : await askedFirst(terminal);
  if (answer !== "yes") {
    terminal.output.write(`${answer === "stopped" ? "Stopped. " : ""}Nothing was changed.\n`);
    return answer === "stopped" ? { report, exitCode: ExitCode.interrupted } : before;
  }
  request.onProgress?.("making the drifted resources as the program says");
  const { steps } = await applyFix(request.host, program, plan);
  const done = steps.filter(({ op }) => op !== "same").length;
  request.onProgress?.("");
  terminal.output.write(`Done: ${done} step(s). Looking again.\n`);
  const after = await lookForDrift({ ...request, who: false, now: new Date() });
  request.onProgress?.("");
  return { report: after, exitCode: driftExitCode[after.state] };
}

function askedFirst(terminal: Terminal) {
  if (!terminal.input.isTTY) {
    throw new BaselineError(
      "not-agreed",
      "A fix changes the account, and nobody can be asked here; nothing was changed.",
      "Run it with --yes.",
      ExitCode.badInput,
    );
  }
  return question("Fix? [y/N] ", terminal);
}
