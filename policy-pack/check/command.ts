import { parseArgs } from "node:util";
import { type PackConfig, packConfigProblems } from "../policies";
import { asJson } from "./as-json";
import { asSarif } from "./as-sarif";
import { asText } from "./as-text";
import { InputError } from "./input-error";
import { readInput } from "./read-input";
import { verdictsOn } from "./verdicts";

/** What the command needs of the world around it. */
export interface World {
  /** @throws when there is no such file, or it cannot be read */
  readFile(path: string): string;
  readStdin(): Promise<string>;
  out(text: string): void;
  err(text: string): void;
  readonly version: string;
}

export const usage = `Usage: aws-prevention-baseline-policy-pack check <file | -> [options]

Checks the resources of a plan, a state or a preview by the policies of the
pack, without the Pulumi engine, AWS or a network. The file, or stdin (-), is
the output of one of
  baseline plan --json
  pulumi stack export        (add --show-secrets to look into secrets as well)
  pulumi preview --json --show-sames     (without it, only what changes)

Options
  --json                   print one JSON object
  --sarif                  print SARIF 2.1.0, for code scanning
  --policy-config <file>   as for pulumi preview --policy-pack-config
  --version, --help

Exit codes
  0  no mandatory finding
  1  at least one mandatory finding
  2  command line, file or configuration are wrong; nothing was checked`;

const exit = { none: 0, findings: 1, badInput: 2 } as const;

/** Runs the command and tells its exit code. Results go to stdout, all else to stderr. */
export async function check(args: readonly string[], world: World): Promise<number> {
  try {
    return await run(args, world);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.err(`${error.message}\n${error.next}\n`);
    return exit.badInput;
  }
}

async function run(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help || values.version) {
    world.out(`${values.help ? usage : world.version}\n`);
    return exit.none;
  }
  const file = fileOf(positionals);
  if (values.json && values.sarif) throw wrongUse("--json and --sarif exclude each other.");
  const policyConfig = values["policy-config"];
  const config = policyConfig === undefined ? {} : configFrom(policyConfig, world);
  const text = file === "-" ? await world.readStdin() : readFile(file, world);
  const input = inputFrom(text, file);
  const verdicts = verdictsOn(input.resources, config);
  const shown = values.sarif
    ? asSarif(verdicts, file, text, world.version)
    : (values.json ? asJson : asText)(input, verdicts, file === "-" ? "stdin" : file);
  world.out(`${shown}\n`);
  return verdicts.some(({ level }) => level === "mandatory") ? exit.findings : exit.none;
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  const options = {
    json: flag,
    sarif: flag,
    "policy-config": { type: "string" },
    help: { ...flag, short: "h" },
    version: flag,
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's advice on unusual file names is longer than the problem.
    throw wrongUse(`${(error as Error).message.split(". ")[0]}.`);
  }
}

function fileOf([command, file, ...more]: readonly string[]): string {
  if (command !== "check") {
    throw wrongUse(command === undefined ? "No command is given." : `There is no command ${JSON.stringify(command)}.`);
  }
  if (file === undefined) throw wrongUse("No file is given.");
  if (more.length > 0) throw wrongUse("More than one file is given.");
  return file;
}

function wrongUse(sentence: string): InputError {
  return new InputError(sentence, "Use: aws-prevention-baseline-policy-pack check <file | -> (--help says more)");
}

function readFile(file: string, world: World): string {
  try {
    // Editors of Windows begin a file with a mark, which is no part of it.
    return world.readFile(file).replace(/^\uFEFF/, "");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    const why: Record<string, string> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder",
      ENOTFILE: "it is a named pipe, a device or a socket, and no file",
    };
    throw new InputError(`Cannot read ${file}: ${why[code] ?? code}.`, "Give a file that can be read, or - for stdin.");
  }
}

function inputFrom(text: string, file: string): ReturnType<typeof readInput> {
  try {
    return readInput(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`Cannot check ${file === "-" ? "stdin" : file}: ${error.message}`, error.next);
  }
}

function configFrom(path: string, world: World): PackConfig {
  const next = 'Give a JSON file such as { "network-no-open-admin-ports": { "ports": [22, 3389, 5985] } }.';
  const text = readFile(path, world);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw new InputError(`The policy configuration ${path} is not JSON.`, next);
  }
  const problems = packConfigProblems(config);
  if (problems.length > 0) {
    throw new InputError(`The policy configuration ${path} is wrong:\n  ${problems.join("\n  ")}`, next);
  }
  return config as PackConfig;
}
