#!/usr/bin/env node
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { Command, CommanderError } from "commander";
import { badInput, BaselineError, ExitCode } from "./common/errors";
import { fileProblem } from "./common/files";
import { packageVersion } from "./common/package-root";
import { loadPartsWhenUsed } from "./common/sdk/unused-parts";
import { print, tell, whenNotPrinted } from "./common/terminal";
import { adoptCommand } from "./operations/apply/adopt/command";
import { auditCommand } from "./operations/watch/audit/command";
import { demoCommand } from "./sandbox/demo/command";
import { drillCommand } from "./operations/watch/drill/command";
import { driftCommand } from "./operations/watch/drift/command";
import { emulatorCommand } from "./sandbox/practice/command";
import { fleetCommand } from "./operations/apply/fleet/command";
import { requirePassedOptions } from "./common/npm-options";
import { requireValues } from "./common/option-values";
import { planCommand } from "./operations/preview/plan/command";
import { respondCommand } from "./operations/respond/command";
import { changedCommand } from "./operations/preview/review/changed-command";
import { reviewCommand } from "./operations/preview/review/command";

/** The `baseline` command. Results go to stdout, progress and errors to stderr; exit codes stand in README.md. */
async function main(): Promise<void> {
  loadPartsWhenUsed();
  const refusal: string[] = [];
  const program = new Command("baseline")
    .description("Hardens an AWS account against leaked access keys")
    .version(packageVersion())
    .showHelpAfterError("(--help shows what is possible)")
    .configureOutput({ writeOut: (text) => print(text), writeErr: (text) => void refusal.push(text) })
    .exitOverride();
  planCommand(program);
  adoptCommand(program);
  auditCommand(program);
  demoCommand(program);
  emulatorCommand(program);
  drillCommand(program);
  fleetCommand(program, async (endpoint) => (await import("./sandbox/practice/fleet.js")).practicePlace(endpoint));
  driftCommand(program);
  respondCommand(program);
  reviewCommand(program);
  changedCommand(program);
  program.commands.forEach((each) => each.version(packageVersion()));
  requireValues(program);
  try {
    requirePassedOptions(program);
    requireTemporaryFolder();
    await program.parseAsync();
  } catch (error) {
    if (refusal.length > 0) {
      // It quotes what was typed, a secret among it. Loaded only now: no command that runs should wait for it.
      const { cleanText } = await import("./operations/evidence/secret-text.js");
      refusal.forEach((text) => tell(cleanText(text)));
    }
    process.exitCode = report(error);
  }
}

// Pulumi's SDK and pip both need one, and say so in words nobody understands.
function requireTemporaryFolder(): void {
  const folder = tmpdir();
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw badInput(
      "no-temporary-folder",
      `The folder for temporary files, ${folder}, does not exist.`,
      "Create it, or let TMPDIR name one that does.",
    );
  }
}

// Whoever reads our output may stop at any time (`| head`): that ends the command, like an interruption, without a word.
whenNotPrinted((error) => {
  if (error.code !== "EPIPE") {
    tell(`error: The output could not be written: ${error.message}.`);
    process.exit(ExitCode.failed);
  }
  if (!process.emit("SIGTERM", "SIGTERM")) {
    process.exit(ExitCode.ok);
  }
});

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // commander has said it already; asking for help is no error.
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
  }
  if (error instanceof BaselineError) {
    tell(`error: ${error.message}`);
    return error.exitCode;
  }
  const { code, path } = error as Partial<NodeJS.ErrnoException>;
  if (code !== undefined && path !== undefined) {
    tell(`error: ${path}: ${fileProblem(error)}.`);
    return ExitCode.failed;
  }
  tell(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return ExitCode.failed;
}

void main();
