import { ExitCode } from "../../../common/errors";
import { type Identity } from "../../../aws/identity";
import { type SurveyProblem } from "../../account/survey/model";
import { type CopyCost } from "./copy-cost";
import { type Changes } from "./merge";
import { type Decision } from "./model";

/** Everything a run of `adopt` found and wants. `--json` prints it. */
export interface AdoptReport {
  /** Who read the account. */
  identity?: Identity;
  accountId: string;
  regions: string[];
  /** The stack file. */
  file: string;
  decisions: Decision[];
  /** What one more copy of management events costs; absent where no trail copies them already. */
  copies?: Copies;
  /** To the stack file. */
  changes: Changes;
  /** Sentences about what limits this report. */
  notes: string[];
}

export interface Copies {
  /** Trails that copy management events already, by name. */
  beside: string[];
  /** Absent where it could not be estimated. */
  cost?: CopyCost;
}

/** 3 when the user has to decide something, 1 when something could not be read, otherwise 0. */
export function adoptExitCode({ decisions }: Pick<AdoptReport, "decisions">): number {
  const some = (wanted: Decision["action"]) => decisions.some(({ action }) => action === wanted);
  return some("conflict") ? ExitCode.found : some("unknown") ? ExitCode.failed : ExitCode.ok;
}

/** What an account or an emulator has no API for is not there to collide either; it is said once. */
export function unsupportedNotes(problems: SurveyProblem<string>[]): string[] {
  const calls = new Map<string, Set<string>>();
  for (const { cause, action, region } of problems) {
    if (cause === "unsupported") {
      calls.set(action, (calls.get(action) ?? new Set()).add(region));
    }
  }
  return [...calls].map(([action, regions]) => {
    const where = regions.size === 1 ? [...regions].join("") : `${regions.size} regions`;
    return `${action} does not exist in ${where}, so that nothing was looked for with it.`;
  });
}
