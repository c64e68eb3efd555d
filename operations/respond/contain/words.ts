import { ExitCode } from "../../../common/errors";
import { table, wrap } from "../../../common/table";
import { isSettled } from "../../../aws/write-state";
import { type CallResult } from "../../evidence/apply";
import { type ContainPlan } from "./plan";
import { nameOfCall, type PlannedCall, shown } from "../../evidence/planned-call";
import { type Subject } from "../subject";

/** 1 when anything failed or was left undone; 130 when that was Ctrl-C's doing. */
export function exitCodeOf(results: readonly CallResult[] | undefined, signal: AbortSignal): number {
  const states = new Set(results?.map(({ state }) => state));
  if (states.has("not tried") && signal.aborted) {
    return ExitCode.interrupted;
  }
  return [...states].every(isSettled) ? ExitCode.ok : ExitCode.failed;
}

export function outcomeJson(
  calls: readonly PlannedCall[],
  results?: readonly CallResult[],
): { applied: boolean; calls: object[] } {
  return {
    applied: results !== undefined,
    calls: calls.map((call) => {
      const result = results?.find((each) => each.call === call);
      return { ...call, ...(result && { state: result.state, ...(result.reason && { reason: result.reason }) }) };
    }),
  };
}

/** What containment would call, or did. */
export function containText(
  subject: Subject,
  { calls, holds, notes }: ContainPlan,
  problems: readonly string[],
  results?: readonly CallResult[],
): string {
  const who = `${subject.kind} ${subject.name}`;
  return [
    ...(results ? whatWasDone(`Contain ${who}`, results) : whatWouldBe(`Contain ${who}`, calls)),
    ...listed("Already so:", holds),
    ...listed("Left as it is:", notes),
    ...listed("Could not be told, and taken for not done:", problems),
  ].join("\n");
}

/** The calls of a dry run, each in full. @param nothing what is said where there are none */
export function whatWouldBe(
  title: string,
  calls: readonly PlannedCall[],
  nothing = "there is nothing to do",
): string[] {
  if (calls.length === 0) {
    return wrap(`${title}: ${nothing}.`, 80);
  }
  const irreversible = new Set(
    calls.flatMap(({ noUndo, ...call }) => (noUndo === undefined ? [] : [`${nameOfCall(call)}: ${noUndo}`])),
  );
  return [
    ...wrap(`${title}: ${calls.length} call(s); a dry run, nothing is changed without --apply`, 80),
    ...calls.flatMap((call) => shown(call)),
    ...listed("Cannot be undone:", [...irreversible]),
  ];
}

/** What became of each call. @param nothing what is said where there were none */
export function whatWasDone(
  title: string,
  results: readonly CallResult[],
  nothing = "there was nothing to do",
): string[] {
  if (results.length === 0) {
    return wrap(`${title}: ${nothing}.`, 80);
  }
  const done = results.filter(({ state }) => isSettled(state)).length;
  const rows = results.map(({ call, state, reason }) => [state, nameOfCall(call), reason ?? call.why]);
  return [
    `${title}: ${done} of ${results.length} call(s) done`,
    table([["", "Call", ""], ...rows].slice(1)),
    ...(done < results.length ? ["Run it again when the cause is mended: what is done is not done twice."] : []),
  ];
}

export function listed(title: string, items: readonly string[], width = 80): string[] {
  const lines = items.flatMap((item) =>
    wrap(item, width - 4).map((line, index) => `  ${index > 0 ? "  " : "- "}${line}`),
  );
  return items.length > 0 ? ["", title, ...lines] : [];
}
