import { type Command } from "commander";
import { badInput, ExitCode } from "../../../../common/errors";
import { awsOptions } from "../../../../aws/options";
import { type LeakDrillOptions, leakDrillRequest } from "./request";

const defaultPrefix = "baseline";

/** `baseline drill leak`: does the response to a leaked key work, and how many seconds does it take? */
export function leakDrillCommand(parent: Command): void {
  // Else `--region` behind `leak` would be taken for one of `drill` itself. commander asks for it from the top down.
  parent.parent?.enablePositionalOptions();
  parent.enablePositionalOptions();
  const leak = parent
    .command("leak")
    .description("let a throw-away user's key leak, as far as AWS lets one, and time the response to it")
    .option("--region <name>", "home region (default: AWS_REGION, or where the rules of that account lead)")
    .option("--prefix <name>", "start of every name, as the setting namePrefix", defaultPrefix)
    .option("--timeout <seconds>", "how long to wait for the response", "600")
    .option("--yes", "do it without asking; needed where nobody can be asked")
    .option("--json", "print one JSON object")
    .action(async (options: LeakDrillOptions) => {
      requireNothingBefore(parent);
      const request = leakDrillRequest(options);
      if (options.prefix !== defaultPrefix) {
        const { requirePrefix } = await import("../prefix.js");
        requirePrefix(options.prefix);
      }
      // Loaded only now: neither help nor bad input should wait for the AWS SDK.
      const { runLeakDrill } = await import("./run.js");
      process.exitCode = await runLeakDrill(request, options);
      if (process.exitCode === ExitCode.interrupted) {
        // Everything is removed; looks that nobody waits for any more would be tried for minutes.
        process.exit();
      }
    });
  // It has a --timeout of its own, which is as well the longest that it looks before it begins.
  awsOptions(leak, { time: "" });
}

/** @throws BaselineError when options stand before `leak`, where they would mean nothing */
function requireNothingBefore(drill: Command): void {
  const given = drill.options.filter((each) => drill.getOptionValueSource(each.attributeName()) === "cli");
  if (given.length > 0) {
    throw badInput(
      "options-before-leak",
      `${given.map(({ long }) => long).join(", ")} stands before leak, where it means nothing.`,
      "Put options behind it: drill leak --region us-east-1.",
    );
  }
}
