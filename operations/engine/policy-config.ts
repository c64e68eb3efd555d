import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";

/**
 * The whole path of a configuration of the policy pack: `pulumi` runs in the project's folder, and would look there for
 * what was named from this one.
 *
 * @throws BaselineError `unreadable-file`
 */
export function policyConfigPath(path: string): string {
  try {
    const whole = resolve(path);
    accessSync(whole, constants.R_OK);
    return whole;
  } catch (error) {
    throw new BaselineError(
      "unreadable-file",
      `Cannot read the policy configuration ${path}: ${(error as Error).message}.`,
      "Give a JSON file; docs/policies.md lists every setting.",
      ExitCode.badInput,
      { cause: error },
    );
  }
}
