import { badInput } from "../../../../common/errors";
import { type DrillOptions, drillRequest } from "../request";

/** What the command line says. */
export interface LeakDrillOptions extends Pick<
  DrillOptions,
  "region" | "prefix" | "profile" | "endpoint" | "yes" | "json"
> {
  /** Seconds, as text. */
  timeout: string;
}

/** What to drill, with everything that was said checked. */
export interface LeakDrillRequest {
  homeRegion: string;
  /** True when nobody said which region is home; where the rules lead to another, that one is. */
  homeIsGuessed: boolean;
  namePrefix: string;
  /** Seconds to wait for the answer. */
  timeout: number;
  /** Milliseconds between two looks. */
  interval: number;
}

const longest = 3600;

/** @throws BaselineError with exit code 2 when something cannot be meant */
export function leakDrillRequest(
  { region, prefix, timeout, endpoint }: LeakDrillOptions,
  environment: NodeJS.ProcessEnv = process.env,
): LeakDrillRequest {
  const { homeRegion, homeIsGuessed = false } = drillRequest({ prefix, ...(region && { region }) }, environment);
  const seconds = /^\d+$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 1 || seconds > longest) {
    throw badInput(
      "invalid-timeout",
      `--timeout: ${JSON.stringify(timeout)} is no number of seconds from 1 to ${longest}.`,
      "Give a whole number, such as 600.",
    );
  }
  // IAM answers a few calls a second, an emulator as many as one likes.
  const interval = endpoint === undefined ? 1000 : 200;
  return { homeRegion, homeIsGuessed, namePrefix: prefix, timeout: seconds, interval };
}
