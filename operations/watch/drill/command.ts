import { type Command } from "commander";
import { awsOptions } from "../../../aws/options";
import { leakDrillCommand } from "./leak/command";
import { type DrillOptions, drillRequest } from "./request";

const defaultPrefix = "baseline";

/** `baseline drill`: a test alert along every path, and who would not have heard a real one. */
export function drillCommand(parent: Command): void {
  const drill = parent
    .command("drill")
    .description("send a harmless test alert along every path to the alert channel, and say who hears none")
    .option(
      "--region <name>",
      "home region, where the alert topic is (default: AWS_REGION, or where the rules of that region lead)",
    )
    .option(
      "--regions <names>",
      "comma-separated regions to send from (default: every enabled one that has the drill's rule)",
    )
    .option("--prefix <name>", "start of every name, as the setting namePrefix", defaultPrefix)
    .option(
      "--topic <name...>",
      "names of topics in the home region, in place of <prefix>-alerts and <prefix>-chat-alerts",
    )
    .option("--yes", "send without asking; needed where nobody can be asked")
    .option("--json", "print one JSON object")
    .action(async (options: DrillOptions) => {
      const request = drillRequest(options);
      if (options.prefix !== defaultPrefix) {
        const { requirePrefix } = await import("./prefix.js");
        requirePrefix(options.prefix);
      }
      // Loaded only now: neither help nor bad input should wait for the AWS SDK.
      const { runDrill } = await import("./run.js");
      process.exitCode = await runDrill(request, options);
    });
  awsOptions(drill);
  leakDrillCommand(drill);
}
