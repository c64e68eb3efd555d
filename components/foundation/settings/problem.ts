/** One thing wrong with the settings. */
export interface SettingsProblem {
  /** Dotted path, such as `passwordPolicy.minimumLength` or `alertChannel.emails[1]`. */
  key: string;
  /** What was given, as JSON. */
  value: string;
  /** What may stand there. */
  allowed: string;
}

export function settingProblem(path: (string | number)[], value: unknown, allowed: string): SettingsProblem {
  const key = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );
  return { key, value: shown(value), allowed };
}

function shown(value: unknown): string {
  const text = value === undefined ? "(not set)" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
