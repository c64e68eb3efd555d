import * as v from "valibot";
import { BaselineError, ExitCode } from "../../../common/errors";
import { type BaselineSettings } from "./model";
import { settingProblem, type SettingsProblem } from "./problem";
import { settingsSchema } from "./schema";
import { withSkipped } from "./skip";
import { unknownKeys } from "./unknown-keys";

/**
 * Turns the raw settings of a stack into complete ones.
 *
 * @param raw settings by name, JSON values already parsed
 * @throws BaselineError `invalid-settings` (exit code 2) that lists every problem at once
 */
export function parseSettings(raw: Record<string, unknown>): BaselineSettings {
  const result = v.safeParse(settingsSchema, raw);
  const unknown = unknownKeys(raw);
  if (result.success && unknown.length === 0) {
    return withSkipped(result.output);
  }
  throw invalidSettings([...(result.issues ?? []).map(describe), ...unknown]);
}

function invalidSettings(problems: SettingsProblem[]): BaselineError {
  const lines = problems.map(({ key, value, allowed }) => `  ${key} = ${value}\n    allowed: ${allowed}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new BaselineError(
    "invalid-settings",
    `The settings have ${count}; nothing was created.\n${lines.join("\n")}`,
    "Correct them in the stack file (Pulumi.<stack>.yaml); Pulumi.example.yaml explains every setting.",
    ExitCode.badInput,
  );
}

function describe(issue: v.BaseIssue<unknown>): SettingsProblem {
  const items = issue.path ?? [];
  const path = items.map(({ key }) => (typeof key === "number" ? key : String(key)));
  if (issue.type === "object" && issue.input === undefined) {
    return settingProblem(path, undefined, "it has no default and must be set");
  }
  const last = items.at(-1);
  return settingProblem(path, last ? last.value : issue.input, issue.message);
}
