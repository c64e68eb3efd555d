import { type Command, Option } from "commander";
import { ExitCode } from "../common/errors";
import { DEFAULT_TIMEOUT } from "../aws/run-limit";

/** What else there is to say of an option. */
interface More {
  default?: unknown;
  choices?: readonly string[];
  /** Names of options of which one would be ignored, as commander has them: `dryRun`. */
  conflicts?: string | readonly string[];
  required?: true;
  /** Heading in the help. */
  group?: string;
}

/** An option: its flags, what it does, and what else there is to say. */
export type OptionSpec = readonly [flags: string, help: string, more?: More];

/** An argument; its value is made by `parse`, which throws commander's `InvalidArgumentError`. */
export type ArgumentSpec = readonly [name: string, help: string, parse: (text: string) => string, otherwise?: string];

/** How a command reaches AWS. */
interface AwsSpec {
  /** Whether it can be practised on an emulator. Default: true. */
  practice?: boolean;
  /** What an emulator needs for it; goes on in the help of `--endpoint`. */
  note?: string;
  /** What the seconds of `--timeout` are for; empty where the command has its own or none. */
  time?: string;
}

export interface CommandSpec<Options, Request> {
  name: string;
  description: string;
  arguments?: readonly ArgumentSpec[];
  options: readonly OptionSpec[];
  /** Absent where a command never asks AWS. */
  aws?: AwsSpec;
  /** Text below the options. */
  after?: () => string;
  /** Reads what can be wrong on the command line, before anything else is loaded. Throws BaselineError with exit code 2. */
  request?: (options: Options, words: string[], command: Command) => Request | Promise<Request>;
  /**
   * Loads what does the work only now, because neither help nor bad input should wait for an SDK, and does it.
   *
   * @returns the exit code; none is 0
   */
  run: (options: Options, request: Request) => Promise<number | void>;
  /** After Ctrl-C calls that nobody waits for any more are not tried for minutes. */
  endsAtOnce?: true;
}

/** Makes a command of the command line from data. @returns what adds it to its parent */
export function command<Options extends object, Request = undefined>(
  spec: CommandSpec<Options, Request>,
): (parent: Command) => Command {
  const { name, description, aws, after, request, run, endsAtOnce } = spec;
  return (parent) => {
    const made = parent.command(name).description(description);
    for (const [argument, help, parse, otherwise] of spec.arguments ?? []) {
      made.argument(argument, help, parse, otherwise);
    }
    [...spec.options, ...(aws ? awsOptions(aws) : [])].forEach((each) => made.addOption(optionOf(each)));
    if (after) {
      made.addHelpText("after", after);
    }
    return made.action(async () => {
      const options = made.opts<Options>();
      const exitCode = await run(options, (await request?.(options, made.processedArgs as string[], made)) as Request);
      if (exitCode !== undefined) {
        process.exitCode = exitCode;
      }
      if (endsAtOnce && exitCode === ExitCode.interrupted) {
        process.exit();
      }
    });
  };
}

function optionOf([flags, help, { default: otherwise, choices, conflicts, required, group } = {}]: OptionSpec): Option {
  const option = new Option(flags, help).conflicts(conflicts === undefined ? [] : [conflicts].flat());
  if (choices) option.choices(choices);
  if (otherwise !== undefined) option.default(otherwise);
  if (group !== undefined) option.helpGroup(group);
  return option.makeOptionMandatory(required === true);
}

/** Options of which several commands have the same. */
export const shared = {
  json: ["--json", "print one JSON object"],
  policyConfig: ["--policy-config <file>", "policy pack configuration, as for `pulumi preview --policy-pack-config`"],
  /** For commands that go to one region. */
  region: ["--region <name>", "where calls go that need no region (default: AWS_REGION, or us-east-1)"],
  prefix: ["--prefix <name>", "start of every name, as the setting namePrefix", { default: "baseline" }],
  anchor: (help = ""): OptionSpec => [
    "--anchor <bucket[/prefix]>",
    `${help}a bucket with Object Lock, which gets the last hash of the evidence (docs/respond.md)`,
  ],
  /** @param what they are for, and what they are by default */
  regions: (what: string): OptionSpec => ["--regions <names>", `comma-separated regions ${what}`],
  /** @param verb what is done without asking */
  yes: (verb: string): OptionSpec => ["--yes", `${verb} without asking; needed where nobody can be asked`],
  /** @param formats of the report, and a file as an example */
  report: (formats: readonly string[], example: string): OptionSpec => [
    "--report <format=file...>",
    `also write ${formats.slice(0, -1).join(", ")} or ${formats.at(-1)} to a file, such as ${example}`,
  ],
} satisfies Record<string, OptionSpec | ((...words: never[]) => OptionSpec)>;

/** The forms that can be printed in place of text: of two of them one would be ignored. */
export function forms(...all: readonly (readonly [name: string, help: string])[]): OptionSpec[] {
  const conflictsOf = (at: number) => ({ conflicts: all.slice(at + 1).map(([name]) => name) });
  return all.map(([name, help], at) => [`--${name}`, help, conflictsOf(at)]);
}

/** `--timeout`, `--profile` and, where a command can be practised, `--endpoint`. */
function awsOptions({ practice = true, note = "", time = readFor }: AwsSpec): OptionSpec[] {
  const profile = "profile of ~/.aws/config that signs (default: AWS_PROFILE, or what the environment gives)";
  return [
    ...(time === "" ? [] : [["--timeout <seconds>", time, { default: DEFAULT_TIMEOUT }] as const]),
    ["--profile <name>", profile, practice ? { conflicts: "endpoint" } : {}],
    ...(practice ? [["--endpoint <url>", `an emulator on this machine, to practise on${note}`] as const] : []),
  ];
}

const readFor = "stop reading AWS after so long; what is missing then is named";
