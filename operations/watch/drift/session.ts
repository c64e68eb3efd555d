import { consent } from "../../../common/consent";
import { ExitCode } from "../../../common/errors";
import { tell, type Terminal } from "../../../common/terminal";
import { type StackHost } from "../../../engine/stack-host";
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
    tell("There is nothing to fix.", terminal.output);
    return before;
  }
  tell(`${driftAsText(report)}\n\n${fixAsText(plan)}`, terminal.output);
  const answer = yes ? "yes" : await consent(terminal, fixing);
  if (answer !== "yes") {
    tell(`${answer === "stopped" ? "Stopped. " : ""}Nothing was changed.`, terminal.output);
    return answer === "stopped" ? { report, exitCode: ExitCode.interrupted } : before;
  }
  request.onProgress?.("making the drifted resources as the program says");
  const { steps } = await applyFix(request.host, program, plan);
  const done = steps.filter(({ op }) => op !== "same").length;
  request.onProgress?.("");
  tell(`Done: ${done} step(s). Looking again.`, terminal.output);
  const after = await lookForDrift({ ...request, who: false, now: new Date() });
  request.onProgress?.("");
  return { report: after, exitCode: driftExitCode[after.state] };
}

const fixing = { what: "A fix changes the account", nothing: "nothing was changed", question: "Fix? [y/N] " };
