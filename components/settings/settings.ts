import * as v from "valibot";
import { BaselineError, ExitCode } from "../../common/errors";
import { type BaselineSettings } from "./model";
import { settingsSchema } from "./schema";

/** One thing wrong with the settings. */
export interface SettingsProblem {
  /** Dotted path, such as `passwordPolicy.minimumLength` or `alertChannel.emails[1]`. */
  key: string;
  /** What was given, as JSON. */
  value: string;
  /** What may stand there. */
  allowed: string;
}

/**
 * Turns the raw settings of a stack into complete ones.
 *
 * @param raw settings by name, JSON values already parsed
 * @throws BaselineError `invalid-settings` (exit code 2) that lists every problem at once
 */
export function parseSettings(raw: Record<string, unknown>): BaselineSettings {
  const result = v.safeParse(settingsSchema, raw);
  if (result.success) {
    return result.output;
  }
  throw invalidSettings(result.issues.map(describe));
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
  const path = issue.path ?? [];
  const key = path.reduce(
    (text, item) =>
      typeof item.key === "number" ? `${text}[${item.key}]` : text ? `${text}.${String(item.key)}` : String(item.key),
    "",
  );
  const last = path.at(-1);
  if (issue.type === "strict_object" && issue.expected === "never" && last) {
    return { key, value: shown(last.value), allowed: unknownKey(path.slice(0, -1)) };
  }
  if (issue.type === "strict_object" && issue.input === undefined) {
    return { key, value: "(not set)", allowed: "it has no default and must be set" };
  }
  return { key, value: shown(last ? last.value : issue.input), allowed: issue.message };
}

function unknownKey(parents: v.IssuePathItem[]): string {
  const known = knownKeys(parents);
  return `no such setting; known here: ${known.join(", ")}`;
}

function knownKeys(parents: v.IssuePathItem[]): string[] {
  let schema: unknown = settingsSchema;
  for (const parent of parents) {
    const { entries, item } = unwrapped(schema);
    schema = typeof parent.key === "number" ? item : entries?.[String(parent.key)];
  }
  return Object.keys(unwrapped(schema).entries ?? {});
}

interface Inner {
  /** Of a map. */
  entries?: Record<string, unknown>;
  /** Of a list. */
  item?: unknown;
}

function unwrapped(schema: unknown): Inner {
  const outer = schema as Inner & { wrapped?: unknown };
  return outer.wrapped ? unwrapped(outer.wrapped) : outer;
}

function shown(value: unknown): string {
  const text = value === undefined ? "(not set)" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
