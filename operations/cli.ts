#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { BaselineError, ExitCode } from "../common/errors";
import { demoCommand } from "./demo/command";
import { planCommand } from "./plan/command";

/** The `baseline` command. Results go to stdout, progress and errors to stderr; exit codes stand in README.md. */
async function main(): Promise<void> {
  const program = new Command("baseline")
    .description("Hardens an AWS account against leaked access keys")
    .showHelpAfterError("(--help shows what is possible)")
    .exitOverride();
  planCommand(program);
  demoCommand(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // commander has said it already; asking for help is no error.
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
  }
  if (error instanceof BaselineError) {
    process.stderr.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return ExitCode.failed;
}

void main();
