import { badInput } from "../../../common/errors";
import { type AwsOptions } from "../../../aws/options";

/** The command line of `fleet preview`, `up` and `drift`. */
export interface FleetOptions extends AwsOptions {
  accounts: string;
  only?: string;
  concurrency?: string;
  continueOnError?: boolean;
  resume?: boolean;
  yes?: boolean;
  json?: boolean;
  junit?: string;
}

/** @throws BaselineError `invalid-concurrency` */
export function requestedConcurrency(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw badInput(
      "invalid-concurrency",
      `--concurrency: ${JSON.stringify(text)} is not a number of accounts.`,
      "Give a whole number from 1 to 999, or leave it out: then memory decides.",
    );
  }
  return Number(text);
}
