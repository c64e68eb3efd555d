import { type Command, Option } from "commander";
import { awsOptions } from "../../../aws/options";
import { type AuditCommandOptions } from "./request";

/** `baseline audit`: what lets keys leak, and makes a leak costly. */
export function auditCommand(parent: Command): void {
  const command = parent
    .command("audit")
    .description(
      "find unused and powerful credentials, and what else lets keys leak; changes nothing without --fix --apply",
    )
    .option("--region <name>", "where calls go that need no region (default: AWS_REGION, or us-east-1)")
    .option("--regions <names>", "comma-separated regions to look at (default: every enabled one)")
    .option("--fail-on <severity>", "exit with 3 from this severity on: critical, high, medium, low, never", "high")
    .option("--accepted <file>", "exemptions (default: audit.accepted.yaml, where there is one)")
    .option("--since <last>", "also tell what changed: `last`, or a file that --json wrote")
    .addOption(new Option("--json", "print one JSON object").conflicts(["sarif", "html"]))
    .addOption(new Option("--sarif", "print SARIF 2.1.0, for code scanning").conflicts("html"))
    .option("--html", "print a page")
    .option("--report <format=file...>", "also write text, json, sarif or html to a file, such as html=audit.html")
    .option("--no-save", "do not keep the report for --since last")
    .option("--fix", "show what is unused for 90 days: keys to set Inactive, console passwords to delete")
    .option("--apply", "with --fix: ask, and do it; an emulator is not asked about")
    .option(
      "--evidence <folder>",
      "where --fix --apply records what it does (default: incidents/<date>-audit-<account>)",
    )
    .option(
      "--anchor <bucket[/prefix]>",
      "with --fix --apply: a bucket with Object Lock, which gets the last hash of the evidence; docs/respond.md",
    )
    .option("--yes", "with --fix --apply: do not ask; needed where nobody can be asked")
    .action(async (options: AuditCommandOptions) => {
      const { auditRequest } = await import("./request.js");
      const request = auditRequest(options);
      // Loaded only now: neither help nor bad input should wait for the AWS SDK.
      const { runAudit } = await import("./run.js");
      process.exitCode = await runAudit(request, options);
    });
  awsOptions(command);
}
