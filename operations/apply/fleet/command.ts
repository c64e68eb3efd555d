import { type Command, Option } from "commander";
import { print } from "../../../common/terminal";
import { awsOptions } from "../../../aws/options";
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

/** `baseline fleet`: the same on every account, one stack each. @param practicePlace for `--endpoint` */
export function fleetCommand(parent: Command, practicePlace: PracticePlaces): void {
  const fleet = parent.command("fleet").description("run preview, up or drift on every account, or hand them over");
  for (const verb of Object.keys(verbs) as FleetVerb[]) {
    const command = common(fleet.command(verb))
      .description(verbs[verb])
      .option(
        "--concurrency <n>",
        `accounts at a time (default: what memory holds at ${gigabytes(bytesPerAccount)} each)`,
      )
      .option("--continue-on-error", "start further accounts though one has failed")
      .option("--resume", "only what the last run did not finish")
      .option("--json", "print one JSON object")
      .option("--junit <file>", "write a JUnit report");
    if (verb === "up") {
      command.option("--yes", "update without asking; needed where nobody can be asked");
    }
    command.action(async (options: FleetOptions) => {
      // Loaded only now: Pulumi's SDK takes a second, and neither help nor bad input should wait for it.
      const { runFleetCommand } = await import("./run.js");
      process.exitCode = await runFleetCommand(verb, options, practicePlace);
    });
  }
  common(fleet.command("matrix"))
    .description("print the accounts as a GitHub Actions matrix")
    .option("--program <folder>", "folder of the program and its stack files (default: this package's)")
    .action(async (options: HandOverOptions) => {
      const { matrixText } = await import("./hand-over.js");
      print(await matrixText(options));
    });
  common(fleet.command("export"))
    .description("print the accounts for another engine")
    .addOption(
      new Option("--to <engine>", "operator: Stack resources of the Pulumi Kubernetes Operator; deployments: settings")
        .choices(["operator", "deployments"])
        .makeOptionMandatory(),
    )
    .option("--repo <url>", "git repository of the program, as https address")
    .option("--branch <name>", "branch it is taken from", "main")
    .option("--commit <hash>", "commit, in place of a branch")
    .option("--directory <path>", "folder of Pulumi.yaml in the repository")
    .option("--organization <name>", "organization of Pulumi Cloud, for stacks named without one")
    .action(async (options: HandOverOptions & ExportOptions & { to: "operator" | "deployments" }) => {
      const { exportText } = await import("./hand-over.js");
      print(await exportText(options.to, options));
    });
}

function common(command: Command): Command {
  const all = command
    .option("--accounts <file>", "accounts, with roles and settings", "accounts.yaml")
    .option("--only <glob>", "only accounts of this name or id; several with commas between");
  return awsOptions(all, { time: "for each account: stop reading AWS after so long; what is missing then is named" });
}
