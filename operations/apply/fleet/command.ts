import { type Command } from "commander";
import { print } from "../../../common/terminal";
import { command, type CommandSpec, type OptionSpec, shared } from "../../command";
import { type ExportOptions } from "./export-source";
import { type HandOverOptions } from "./hand-over";
import { bytesPerAccount, gigabytes } from "./memory";
import { type PracticePlaces } from "./practice-place";
import { type FleetOptions } from "./request";
import { type FleetVerb } from "./result";

const verbs: Record<FleetVerb, string> = {
  preview: "show what would happen in every account; makes missing stacks",
  up: "make every account what the program says, after a preview and a question",
  drift: "find what is not as the program says, in every account; nothing is written",
};

const onEach: OptionSpec[] = [
  ["--concurrency <n>", `accounts at a time (default: what memory holds at ${gigabytes(bytesPerAccount)} each)`],
  ["--continue-on-error", "start further accounts though one has failed"],
  ["--resume", "only what the last run did not finish"],
  shared.json,
  ["--junit <file>", "write a JUnit report"],
];

const from: OptionSpec[] = [
  ["--repo <url>", "git repository of the program, as https address"],
  ["--branch <name>", "branch it is taken from", { default: "main" }],
  ["--commit <hash>", "commit, in place of a branch"],
  ["--directory <path>", "folder of Pulumi.yaml in the repository"],
  ["--organization <name>", "organization of Pulumi Cloud, for stacks named without one"],
];

/** `baseline fleet`: the same on every account, one stack each. @param practicePlace for `--endpoint` */
export function fleetCommand(parent: Command, practicePlace: PracticePlaces): void {
  const fleet = parent.command("fleet").description("run preview, up or drift on every account, or hand them over");
  for (const verb of Object.keys(verbs) as FleetVerb[]) {
    ofAccounts<FleetOptions>({
      name: verb,
      description: verbs[verb],
      options: [...onEach, ...(verb === "up" ? [shared.yes("update")] : [])],
      run: async (options) => (await import("./run.js")).runFleetCommand(verb, options, practicePlace),
    })(fleet);
  }
  ofAccounts<HandOverOptions>({
    name: "matrix",
    description: "print the accounts as a GitHub Actions matrix",
    options: [["--program <folder>", "folder of the program and its stack files (default: this package's)"]],
    run: async (options) => print(await (await import("./hand-over.js")).matrixText(options)),
  })(fleet);
  ofAccounts<HandOverOptions & ExportOptions & { to: "operator" | "deployments" }>({
    name: "export",
    description: "print the accounts for another engine",
    options: [
      [
        "--to <engine>",
        "operator: Stack resources of the Pulumi Kubernetes Operator; deployments: settings",
        { choices: ["operator", "deployments"], required: true },
      ],
      ...from,
    ],
    run: async (options) => print(await (await import("./hand-over.js")).exportText(options.to, options)),
  })(fleet);
}

/** A command that reads the list of accounts. */
function ofAccounts<Options extends object>(spec: CommandSpec<Options, undefined>): (parent: Command) => Command {
  return command<Options>({
    ...spec,
    options: [
      ["--accounts <file>", "accounts, with roles and settings", { default: "accounts.yaml" }],
      ["--only <glob>", "only accounts of this name or id; several with commas between"],
      ...spec.options,
    ],
    aws: { time: "for each account: stop reading AWS after so long; what is missing then is named" },
  });
}
