import { InvalidArgumentError, Option } from "commander";
import { baselineCommand } from "../../common/command";
import { command, type OptionSpec, shared } from "../command";
import { requireFitting } from "./fitting-options";
import { namedBy, requireSubject, type RespondOptions } from "./request";
import { steps } from "./steps";

/** Of two such one would be ignored. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  undo: ["allKeys", "denyRole", "revokeAgain", "disableConsole"],
  markdown: ["html", "json"],
  html: ["json"],
};

const names = steps.map(({ name }) => name);
let first = "";

/** `baseline respond`: what to do about a leaked key, step by step, with evidence of it all. */
export const respondCommand = command({
  name: "respond",
  description: "contain a leaked key or a misused identity; every step is a dry run until --apply",
  arguments: [
    ["<subject>", "AKIA..., ASIA..., a user, a role, user/<name>, role/<name> or an ARN", (text) => (first = text)],
    ["[step]", `one of ${names.join(", ")}`, (name) => stepNamed(name, first), "triage"],
  ],
  options: [
    ["--apply", "do it; without this nothing is changed, only shown"],
    [
      "--evidence <folder>",
      "where everything is recorded (default: incidents/<date>-<account>-<subject>; an incident that was begun goes on)",
    ],
    shared.anchor(),
    ["--region <name>", "where account-wide calls go (default: AWS_REGION, or us-east-1)"],
    ["--prefix <name>", "start of the names of policies and tags", { default: "baseline" }],
    shared.json,
    ...steps.flatMap(({ name, options = [] }) =>
      options.map(([flags, help]): OptionSpec => {
        const conflicts = rivals[new Option(flags).attributeName()] ?? [];
        return [flags, help, { group: `Options of ${name}:`, conflicts }];
      }),
    ),
  ],
  aws: {},
  after: () => {
    const width = Math.max(...names.map(({ length }) => length));
    return ["", "Steps:", ...steps.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)].join("\n");
  },
  request: (options: RespondOptions, [subject = "", name]) => {
    const step = steps.find((each) => each.name === name)!;
    requireSubject(subject, names);
    const named = namedBy(subject);
    requireFitting(step, options, steps);
    return { step, named };
  },
  run: async (options, { step, named }) =>
    step.alone ? (await step.alone())(named, options) : (await import("./run.js")).runRespond(named, step, options),
  endsAtOnce: true,
});

/** @param before the word before it, which names what it is about */
function stepNamed(name: string, before: string): string {
  const isStep = (text: string) => names.includes(text);
  if (!isStep(name)) {
    throw new InvalidArgumentError(
      isStep(before)
        ? `The key, user or role comes before the step: ${baselineCommand("respond", [name, before])}`
        : `There is no such step; there are ${names.join(", ")}.`,
    );
  }
  return name;
}
