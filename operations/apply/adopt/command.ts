import { type Command, Option } from "commander";
import { awsOptions } from "../../../aws/options";
import { type AdoptOptions, adoptRequest } from "./request";

/** `baseline adopt`: what the account has already, and the settings by which the baseline takes it over or leaves it. */
export function adoptCommand(parent: Command): void {
  const command = parent
    .command("adopt")
    .description("read what the account has already, and write the settings that take it over or leave it alone")
    .option("--stack <name>", "stack whose file gets the settings, and whose state says what is its own")
    .addOption(new Option("--config <file>", "stack file, in place of --stack; no state is read").conflicts("stack"))
    .option("--regions <names>", "comma-separated regions to read (default: every enabled one but excludeRegions)")
    .addOption(
      new Option(
        "--trail <choice>",
        "an existing trail of the account: stays beside ours, is taken over, or ours is left out",
      )
        .choices(["beside", "import", "skip"])
        .default("beside"),
    )
    .option("--yes", "write without asking; needed where nobody can be asked")
    .addOption(new Option("--dry-run", "write nothing").conflicts("yes"))
    .option("--json", "print one JSON object")
    .action(async (options: AdoptOptions) => {
      const request = adoptRequest(options);
      // Loaded only now: neither help nor bad input should wait for the AWS SDK.
      const { runAdopt } = await import("./run.js");
      process.exitCode = await runAdopt(request, options);
    });
  awsOptions(command, { note: "; no state is read" });
}
