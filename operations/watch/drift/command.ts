import { type Command, Option } from "commander";
import { awsOptions } from "../../../aws/options";
import { type DriftOptions, driftRequest } from "./request";

/** `baseline drift`: what of a stack is no longer as the program says, and who changed it. */
export function driftCommand(parent: Command): void {
  const command = parent
    .command("drift")
    .description("find what is no longer as the program says; nothing is written, unless --fix is given")
    .requiredOption("--stack <name>", "stack, as in `pulumi stack ls`")
    .addOption(new Option("--json", "print one JSON object").conflicts("markdown"))
    .option("--markdown", "print Markdown, for a summary or a comment")
    .option(
      "--report <format=file...>",
      "also write text, json, sarif, junit, markdown or html to a file, such as sarif=drift.sarif",
    )
    .option("--accepted <file>", "accepted drift (default: drift.accepted.yaml, where there is one)")
    .option("--no-who", "do not ask CloudTrail who changed it")
    .option("--no-unmanaged", "do not look for what the program does not manage")
    .option("--fix", "show what an `up` of the drifted resources would do, ask, do it, and look again")
    .option("--yes", "fix without asking; needed where nobody can be asked")
    .option("--policy-config <file>", "policy pack configuration for --fix")
    .action(async (options: DriftOptions) => {
      const request = driftRequest(options);
      // Loaded only now: neither help nor bad input should wait for Pulumi's SDK.
      const { runDrift } = await import("./run.js");
      process.exitCode = await runDrift(options, request);
    });
  awsOptions(command, {
    note: ", with a stack on it (docs/rehearse.md)",
    time: "stop reading AWS after so long, Pulumi's time included; what is missing then is named",
  });
}
