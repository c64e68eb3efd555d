import type * as v from "valibot";

/** One thing wrong with settings. */
export interface SettingsProblem {
  path: (string | number)[];
  /** What was given. */
  value: unknown;
  /** What may stand there. */
  allowed: string;
}

/** Where something stands, as `Pulumi.prod.yaml:12`; undefined where that is not known. */
export type Where = (path: (string | number)[]) => string | undefined;

/** A dotted path, such as `passwordPolicy.minimumLength` or `alertChannel.emails[1]`. */
export function keyOf(path: (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );
}

/** Two lines of text for each problem. */
export function problemLines(problems: SettingsProblem[], where?: Where): string {
  return problems
    .map(({ path, value, allowed }) => {
      const place = where?.(path);
      return `  ${place ? `${place}: ` : ""}${keyOf(path) || "(file)"} = ${shown(value)}\n    allowed: ${allowed}`;
    })
    .join("\n");
}

/** What valibot found, in these terms. */
export function problemOf(issue: v.BaseIssue<unknown>): SettingsProblem {
  const items = issue.path ?? [];
  const path = items.map(({ key }) => (typeof key === "number" ? key : String(key)));
  const missing = issue.type === "object" && issue.input === undefined;
  const last = items.at(-1);
  const value = last ? last.value : issue.input;
  return { path, value, allowed: missing ? "it has no default and must be set" : issue.message };
}

/** What was given, as JSON. */
export function shown(value: unknown): string {
  const text = value === undefined ? "(not set)" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
