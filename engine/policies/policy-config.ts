import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import { fileProblem, unreadableFile } from "../../common/files";

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
    const next = "Give a JSON file for the policy pack; docs/policies.md lists every setting.";
    throw unreadableFile(path, fileProblem(error), next, error);
  }
}
