import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";

/**
 * Makes sure that a report can be written, before the work it tells of rather than after.
 *
 * @throws BaselineError `report-not-written`
 */
export function requirePlaceFor(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) {
      throw new Error("it is a folder");
    }
    accessSync(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritten(path, error as Error);
  }
}

export function notWritten(path: string, error: Error): BaselineError {
  const sentence = `The report cannot be written to ${path}: ${error.message}.`;
  return new BaselineError("report-not-written", sentence, "Give a file in a folder that exists.", ExitCode.badInput);
}
