import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command } from "commander";
import { baselineCommand } from "./command";
import { badInput } from "./errors";

/** How npm ran this process. */
export interface NpmRun {
  environment: NodeJS.ProcessEnv;
  /** Arguments that reached this process. */
  argv: readonly string[];
}

/**
 * Refuses a run whose options npm took for its own. Without `--`, `npm run fleet up --only prod` would run on every
 * account, because npm does not pass `--only prod` on.
 *
 * @throws BaselineError `options-not-passed`, exit code 2
 */
export function requirePassedOptions(
  program: Command,
  { environment, argv }: NpmRun = { environment: process.env, argv: process.argv.slice(2) },
): void {
  const script = environment["npm_lifecycle_event"];
  const command = program.commands.find((each) => each.name() === script);
  if (command === undefined) {
    return;
  }
  const typed = lazily(() => typedOptions(environment, command.name()));
  const isTaken = (option: string) => isExported(option, environment) || isGiven(option, typed());
  const taken = optionsOf(command).filter((option) => !isGiven(option, argv) && isTaken(option));
  if (taken.length > 0) {
    throw badInput(
      "options-not-passed",
      `npm took ${taken.join(", ")} for its own and did not pass it on. Nothing was done.`,
      `Put -- after the name of the script: ${baselineCommand(command.name(), [], Object.fromEntries(taken.map((each) => [each.slice(2), true])))} ...`,
    );
  }
}

// npm takes --prefix for the folder of the package, and always exports it.
function optionsOf(command: Command): string[] {
  const own = command.options.flatMap(({ long }) => (long && long !== "--prefix" ? [long] : []));
  return [...new Set([...own, ...command.commands.flatMap(optionsOf)])];
}

function isGiven(option: string, argv: readonly string[]): boolean {
  return argv.some((argument) => argument === option || argument.startsWith(`${option}=`));
}

/** npm exports most options as `npm_config_*`, those it does not know included. False is the empty text. */
function isExported(option: string, environment: NodeJS.ProcessEnv): boolean {
  const name = option.slice(2).replaceAll("-", "_");
  const isSet = (each: string | undefined) => !["", "false"].includes(environment[`npm_config_${each}`] ?? "");
  const letters = [...name].map((letter) => shorthands[letter]);
  return isSet(name) || (!letters.includes(undefined) && letters.every(isSet));
}

// npm reads a word of its own letters as those options: `--apply` as `-a -p -p -l -y`.
// Source: @npmcli/config, lib/definitions, shorthands.
const shorthands: Record<string, string> = {
  a: "all",
  f: "force",
  g: "global",
  l: "long",
  p: "parseable",
  y: "yes",
};

/**
 * Options that npm has deprecated, such as `--only`, and negated ones are exported nowhere. npm's log has them.
 *
 * @returns what was typed before `--`; nothing where npm keeps no log
 */
function typedOptions(environment: NodeJS.ProcessEnv, script: string): string[] {
  const folder = environment["npm_config_logs_dir"] || join(environment["npm_config_cache"] ?? "", "_logs");
  const arguments_ = newestLogs(folder)
    .map((file) => /^\d+ verbose argv (.*)$/m.exec(head(file))?.[1])
    .map((line) => [...(line ?? "").matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text))
    .find((each) => each.includes(script));
  const end = arguments_?.indexOf("--") ?? -1;
  return (end < 0 ? arguments_ : arguments_?.slice(0, end)) ?? [];
}

// A few: other processes of npm write there too. Their names begin with the time they began.
function newestLogs(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith("-debug-0.log"));
    return names
      .sort()
      .slice(-5)
      .reverse()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function head(file: string): string {
  try {
    return readFileSync(file, "utf8").slice(0, 16_384);
  } catch {
    return "";
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
