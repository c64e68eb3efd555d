import { command, forms, shared } from "../../command";
import { type DriftOptions, driftRequest, reportFormats } from "./request";

/** `baseline drift`: what of a stack is no longer as the program says, and who changed it. */
export const driftCommand = command({
  name: "drift",
  description: "find what is no longer as the program says; nothing is written, unless --fix is given",
  options: [
    ["--stack <name>", "stack, as in `pulumi stack ls`", { required: true }],
    ...forms(["json", shared.json[1]], ["markdown", "print Markdown, for a summary or a comment"]),
    shared.report(reportFormats, "sarif=drift.sarif"),
    ["--accepted <file>", "accepted drift (default: drift.accepted.yaml, where there is one)"],
    ["--no-who", "do not ask CloudTrail who changed it"],
    ["--no-unmanaged", "do not look for what the program does not manage"],
    ["--fix", "show what an `up` of the drifted resources would do, ask, do it, and look again"],
    shared.yes("fix"),
    ["--policy-config <file>", "policy pack configuration for --fix"],
  ],
  aws: {
    note: ", with a stack on it (docs/rehearse.md)",
    time: "stop reading AWS after so long, Pulumi's time included; what is missing then is named",
  },
  request: (options: DriftOptions) => driftRequest(options),
  run: async (options, request) => (await import("./run.js")).runDrift(options, request),
});
