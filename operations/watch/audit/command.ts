import { type Severity } from "../../output/severity";
import { command, forms, shared } from "../../command";
import { type AuditCommandOptions } from "./request";

/** `baseline audit`: what lets keys leak, and makes a leak costly. */
export const auditCommand = command({
  name: "audit",
  description:
    "find unused and powerful credentials, and what else lets keys leak; changes nothing without --fix --apply",
  options: [
    shared.region,
    shared.regions("to look at (default: every enabled one)"),
    [
      "--fail-on <severity>",
      "exit with 3 from this severity on: critical, high, medium, low, never",
      { default: "high" satisfies Severity },
    ],
    ["--accepted <file>", "exemptions (default: audit.accepted.yaml, where there is one)"],
    ["--since <last>", "also tell what changed: `last`, or a file that --json wrote"],
    ...forms(["json", shared.json[1]], ["sarif", "print SARIF 2.1.0, for code scanning"], ["html", "print a page"]),
    shared.report(["text", "json", "sarif", "html"], "html=audit.html"),
    ["--no-save", "do not keep the report for --since last"],
    ["--fix", "show what is unused for 90 days: keys to set Inactive, console passwords to delete"],
    ["--apply", "with --fix: ask, and do it; an emulator is not asked about"],
    ["--evidence <folder>", "where --fix --apply records what it does (default: incidents/<date>-audit-<account>)"],
    shared.anchor("with --fix --apply: "),
    ["--yes", "with --fix --apply: do not ask; needed where nobody can be asked"],
  ],
  aws: {},
  request: async (options: AuditCommandOptions) => (await import("./request.js")).auditRequest(options),
  run: async (options, request) => (await import("./run.js")).runAudit(request, options),
});
