import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { badInput } from "../common/errors";

/**
 * The whole path of a folder with a Pulumi program.
 *
 * @throws BaselineError `no-program`
 */
export function programFolder(path: string): string {
  const whole = resolve(path);
  if (!existsSync(join(whole, "Pulumi.yaml"))) {
    const next = "Name the folder that has the program's Pulumi.yaml.";
    throw badInput("no-program", `There is no Pulumi.yaml in ${path}.`, next);
  }
  return whole;
}
