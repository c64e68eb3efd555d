import { command, shared } from "../../command";
import { type AdoptOptions, adoptRequest } from "./request";

/** `baseline adopt`: what the account has already, and the settings by which the baseline takes it over or leaves it. */
export const adoptCommand = command({
  name: "adopt",
  description: "read what the account has already, and write the settings that take it over or leave it alone",
  options: [
    ["--stack <name>", "stack whose file gets the settings, and whose state says what is its own"],
    ["--config <file>", "stack file, in place of --stack; no state is read", { conflicts: "stack" }],
    shared.regions("to read (default: every enabled one but excludeRegions)"),
    [
      "--trail <choice>",
      "an existing trail of the account: stays beside ours, is taken over, or ours is left out",
      { choices: ["beside", "import", "skip"], default: "beside" },
    ],
    shared.yes("write"),
    ["--dry-run", "write nothing", { conflicts: "yes" }],
    shared.json,
  ],
  aws: { note: "; no state is read" },
  request: (options: AdoptOptions) => adoptRequest(options),
  run: async (options, request) => (await import("./run.js")).runAdopt(request, options),
});
