import { type Command, InvalidArgumentError, Option } from "commander";
import { ExitCode } from "../../common/errors";
import { namedBy, type RespondOptions } from "./request";
import { steps } from "./steps";

/** `baseline respond`: what to do about a leaked key, step by step, with evidence of it all. */
export function respondCommand(parent: Command): void {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const command = parent
    .command("respond")
    .description("contain a leaked key or a misused identity; every step is a dry run until --apply")
    .argument("<subject>", "AKIA..., ASIA..., a user, a role, user/<name>, role/<name> or an ARN")
    .argument("[step]", `one of ${steps.map(({ name }) => name).join(", ")}`, stepNamed, "triage")
    .option("--apply", "do it; without this nothing is changed, only shown")
    .option("--evidence <folder>", "where everything is recorded (default: incidents/<date>-<subject>, gone on with)")
    .option("--region <name>", "where account-wide calls go (default: AWS_REGION, or us-east-1)")
    .option("--prefix <name>", "start of the names of policies and tags", "baseline")
    .option("--endpoint <url>", "an emulator on this machine, to practise on")
    .option("--json", "print one JSON object")
    .addHelpText("after", () =>
      ["", "Steps:", ...steps.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)].join("\n"),
    );
  for (const { name, options = [] } of steps) {
    for (const [flags, description] of options) {
      command.addOption(new Option(flags, description).helpGroup(`Options of ${name}:`));
    }
  }
  command.action(async (subject: string, name: string, options: RespondOptions) => {
    const named = namedBy(subject);
    const step = steps.find((each) => each.name === name)!;
    // Loaded only now: neither help nor bad input should wait for the AWS SDK.
    const { runRespond } = await import("./run.js");
    process.exitCode = await runRespond(named, step, options);
    if (process.exitCode === ExitCode.interrupted) {
      // Calls that nobody waits for any more would be tried for minutes.
      process.exit();
    }
  });
}

function stepNamed(name: string): string {
  if (!steps.some((each) => each.name === name)) {
    throw new InvalidArgumentError(`There is no such step; there are ${steps.map((each) => each.name).join(", ")}.`);
  }
  return name;
}
