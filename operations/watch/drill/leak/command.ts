import { type Command } from "commander";
import { badInput } from "../../../../common/errors";
import { command, shared } from "../../../command";
import { requireOwnPrefix } from "../request";
import { type LeakDrillOptions, leakDrillRequest } from "./request";

const leakDrill = command({
  name: "leak",
  description: "let a throw-away user's key leak, as far as AWS lets one, and time the response to it",
  options: [
    ["--region <name>", "home region (default: AWS_REGION, or where the rules of that account lead)"],
    shared.prefix,
    ["--timeout <seconds>", "how long to wait for the response", { default: "600" }],
    shared.yes("do it"),
    shared.json,
  ],
  // It has a --timeout of its own, which is as well the longest that it looks before it begins.
  aws: { time: "" },
  request: async (options: LeakDrillOptions, _words, { parent }) => {
    requireNothingBefore(parent!);
    const request = leakDrillRequest(options);
    await requireOwnPrefix(options.prefix);
    return request;
  },
  run: async (options, request) => (await import("./run.js")).runLeakDrill(request, options),
  endsAtOnce: true,
});

/** `baseline drill leak`: does the response to a leaked key work, and how many seconds does it take? */
export function leakDrillCommand(parent: Command): void {
  // Else `--region` behind `leak` would be taken for one of `drill` itself. commander asks for it from the top down.
  parent.parent?.enablePositionalOptions();
  parent.enablePositionalOptions();
  leakDrill(parent);
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
