import { type Command } from "commander";
import { command, shared } from "../../command";
import { leakDrillCommand } from "./leak/command";
import { type DrillOptions, drillRequest, requireOwnPrefix } from "./request";

const sendDrill = command({
  name: "drill",
  description: "send a harmless test alert along every path to the alert channel, and say who hears none",
  options: [
    [
      "--region <name>",
      "home region, where the alert topic is (default: AWS_REGION, or where the rules of that region lead)",
    ],
    shared.regions("to send from (default: every enabled one that has the drill's rule)"),
    shared.prefix,
    ["--topic <name...>", "names of topics in the home region, in place of <prefix>-alerts and <prefix>-chat-alerts"],
    shared.yes("send"),
    shared.json,
  ],
  aws: {},
  request: async (options: DrillOptions) => {
    const request = drillRequest(options);
    await requireOwnPrefix(options.prefix);
    return request;
  },
  run: async (options, request) => (await import("./run.js")).runDrill(request, options),
});

/** `baseline drill`: a test alert along every path, and who would not have heard a real one. */
export function drillCommand(parent: Command): void {
  leakDrillCommand(sendDrill(parent));
}
