import { type Command, InvalidArgumentError, Option } from "commander";
import { baselineCommand } from "../../common/command";
import { ExitCode } from "../../common/errors";
import { awsOptions } from "../../aws/options";
import { requireFitting } from "./fitting-options";
import { namedBy, requireSubject, type RespondOptions } from "./request";
import { steps } from "./steps";

/** Of two such one would be ignored. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  undo: ["allKeys", "denyRole", "revokeAgain", "disableConsole"],
  markdown: ["html", "json"],
  html: ["json"],
};

/** `baseline respond`: what to do about a leaked key, step by step, with evidence of it all. */
export function respondCommand(parent: Command): void {
  const width = Math.max(...steps.map(({ name }) => name.length));
  let first = "";
  const command = parent
    .command("respond")
    .description("contain a leaked key or a misused identity; every step is a dry run until --apply")
    .argument(
      "<subject>",
      "AKIA..., ASIA..., a user, a role, user/<name>, role/<name> or an ARN",
      (text) => (first = text),
    )
    .argument(
      "[step]",
      `one of ${steps.map(({ name }) => name).join(", ")}`,
      (name: string) => stepNamed(name, first),
      "triage",
    )
    .option("--apply", "do it; without this nothing is changed, only shown")
    .option(
      "--evidence <folder>",
      "where everything is recorded (default: incidents/<date>-<account>-<subject>; an incident that was begun goes on)",
    )
    .option(
      "--anchor <bucket[/prefix]>",
      "a bucket with Object Lock, which gets the last hash of the evidence (default: none); docs/respond.md",
    )
    .option("--region <name>", "where account-wide calls go (default: AWS_REGION, or us-east-1)")
    .option("--prefix <name>", "start of the names of policies and tags", "baseline")
    .option("--json", "print one JSON object")
    .addHelpText("after", () =>
      ["", "Steps:", ...steps.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)].join("\n"),
    );
  for (const { name, options = [] } of steps) {
    for (const [flags, description] of options) {
      const option = new Option(flags, description).helpGroup(`Options of ${name}:`);
      command.addOption(option.conflicts([...(rivals[option.attributeName()] ?? [])]));
    }
  }
  awsOptions(command);
  command.action(async (subject: string, name: string, options: RespondOptions) => {
    const step = steps.find((each) => each.name === name)!;
    requireSubject(
      subject,
      steps.map((each) => each.name),
    );
    const named = namedBy(subject);
    requireFitting(step, options, steps);
    // Loaded only now: neither help nor bad input should wait for the AWS SDK.
    if (step.alone) {
      process.exitCode = await (await step.alone())(named, options);
      return;
    }
    const { runRespond } = await import("./run.js");
    process.exitCode = await runRespond(named, step, options);
    if (process.exitCode === ExitCode.interrupted) {
      // Calls that nobody waits for any more would be tried for minutes.
      process.exit();
    }
  });
}

/** @param before the word before it, which names what it is about */
function stepNamed(name: string, before: string): string {
  const isStep = (text: string) => steps.some((each) => each.name === text);
  if (!isStep(name) && isStep(before)) {
    throw new InvalidArgumentError(
      `The key, user or role comes before the step: ${baselineCommand("respond", [name, before])}`,
    );
  }
  if (!isStep(name)) {
    throw new InvalidArgumentError(`There is no such step; there are ${steps.map((each) => each.name).join(", ")}.`);
  }
  return name;
}
