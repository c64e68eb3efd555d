import { type EvidenceEntry } from "../../evidence/entry";

/** A run of a step, as a section of the report. */
export interface ReportedRun {
  /** The step, with what made it another one: `contain --undo --apply`. */
  step: string;
  time: string;
  exitCode: number;
  text: string;
}

/** A run that changed nothing, in a line. */
export interface QuietRun {
  time: string;
  line: string;
}

interface Run extends ReportedRun {
  changes: boolean;
  error?: string;
  calls?: number;
}

interface Outcome {
  exitCode?: number;
  text?: string;
  json?: { applied?: boolean; calls?: unknown[] };
}

/** Sums up how the runs of an incident ended. */
export class Runs {
  private readonly runs = new Map<string, Run[]>();

  /** @param entry one of those that say how a step ended */
  add({ step, time, input, result, error }: EvidenceEntry): void {
    const { exitCode = 1, text, json } = (result ?? {}) as Outcome;
    const all = this.runs.get(step) ?? [];
    this.runs.set(step, all);
    const { apply = false } = (input ?? {}) as { apply?: boolean };
    const calls = Array.isArray(json?.calls) ? json.calls.length : undefined;
    const undo = /^Undo\b/.test(text ?? "");
    // A document says the same as the text of another run, which stays.
    const said = text ?? all.findLast((each) => each.error === undefined)?.text ?? "";
    all.push({
      step: [step, ...(undo ? ["--undo"] : []), ...(apply && json?.applied !== false ? ["--apply"] : [])].join(" "),
      time,
      exitCode,
      text: said,
      changes: apply && calls !== 0,
      ...(calls !== undefined && { calls }),
      ...(error && { error: error.message }),
    });
  }

  /**
   * In full: every run that changed something, in the order of time, and of a step that changed nothing the last run that
   * ended without an error. In a line: the other runs of a step that can change something.
   */
  sum(): { steps: ReportedRun[]; quiet: QuietRun[] } {
    const steps: ReportedRun[] = [];
    const quiet: QuietRun[] = [];
    for (const runs of this.runs.values()) {
      const well = runs.filter(({ error }) => error === undefined);
      const changing = well.filter(({ changes }) => changes);
      const last = well.at(-1);
      const shown = changing.length > 0 ? changing : last ? [last] : [];
      steps.push(...shown.map(({ step, time, exitCode, text }) => ({ step, time, exitCode, text })));
      const failed = runs.filter(({ error }) => error !== undefined);
      const dry = well.filter((each) => each.calls !== undefined && !shown.includes(each));
      quiet.push(...[...failed, ...dry].map((each) => ({ time: each.time, line: lineOf(each) })));
    }
    return { steps: byTime(steps), quiet: byTime(quiet) };
  }
}

function lineOf({ step, error, calls = 0 }: Run): string {
  return error !== undefined
    ? `${step} failed: ${error.split("\n").join(" ")}`
    : calls === 0
      ? `${step}: there was nothing to change.`
      : `${step}: a dry run of ${calls} call(s); nothing was changed.`;
}

function byTime<T extends { time: string }>(list: T[]): T[] {
  return list.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
