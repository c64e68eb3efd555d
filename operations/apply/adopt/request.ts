import { isAbsolute, resolve } from "node:path";
import { badInput } from "../../../common/errors";
import { regionsIn } from "../../../common/region-name";
import { type AwsOptions } from "../../../aws/options";
import { packageRoot } from "../../../common/package-root";
import { stackFile } from "../../../engine/stack-files/stack-config-file";
import { type TrailChoice } from "./model";

/** What the command line says. */
export interface AdoptOptions extends AwsOptions {
  stack?: string;
  config?: string;
  regions?: string;
  trail: TrailChoice;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** What to adopt, with everything that was said checked. */
export interface AdoptRequest {
  /** Path of the stack file. */
  file: string;
  /** Whose state is read; absent where only a file was named. */
  stack?: string;
  /** Absent for every enabled region the settings do not exclude. */
  regions?: string[];
}

/** @throws BaselineError with exit code 2 when something cannot be meant */
export function adoptRequest({ stack, config, regions }: AdoptOptions): AdoptRequest {
  if (stack === undefined && config === undefined) {
    throw badInput("no-stack", "Which stack is meant was not said.", "Name it: --stack prod, or a file with --config.");
  }
  const names = regions === undefined ? undefined : regionsIn(regions, "--regions");
  const file = config === undefined ? stackFile(packageRoot(), stack!) : isAbsolute(config) ? config : resolve(config);
  return {
    file,
    ...(stack !== undefined && { stack }),
    ...(names && { regions: names }),
  };
}
