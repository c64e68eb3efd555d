import { spawn } from "node:child_process";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { badInput } from "../../common/errors";

/** A `pulumi` process that ended with anything but 0. */
export class PulumiExit extends Error {
  constructor(
    /** As the CLI gives it; -1 when a signal ended it. Source: pulumi, pkg/cmd/pulumi/cmd/exit_codes.go. */
    readonly exitCode: number,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`pulumi ended with exit code ${exitCode}: ${stderr.trim() || stdout.trim()}`);
  }
}

/** Told of each process group that is started; what it returns is called when that has ended. */
export type OnProcess = (leader: number) => () => void;

/**
 * The CLI as the Automation API calls it, but in a process group of its own. Ctrl-C in a terminal goes to a whole group,
 * and the Automation API's signal follows it with a second one, at which the engine gives up what it is doing and leaves
 * pending operations behind. Alone, it is told once, and ends cleanly.
 *
 * @throws BaselineError `no-pulumi`
 */
export async function pulumiCommand(onProcess?: OnProcess): Promise<PulumiCommand> {
  let found: PulumiCommand;
  try {
    found = await PulumiCommand.get({ skipVersionCheck: true });
  } catch (error) {
    throw badInput(
      "no-pulumi",
      "There is no `pulumi` on PATH, which works on the stack.",
      "Install the Pulumi CLI (https://www.pulumi.com/docs/install/), then run it again.",
      { cause: error },
    );
  }
  return Object.assign(Object.create(found) as PulumiCommand, { run: runIn(found.command, onProcess) });
}

/** Runs one command of the CLI in a project's folder. @throws PulumiExit */
export function runPulumi(
  command: PulumiCommand,
  args: string[],
  workDir: string,
  environment: Record<string, string>,
): Promise<{ stdout: string; stderr: string }> {
  return (command as unknown as { run: Run }).run(args, workDir, environment);
}

// The SDK's declarations leave it out (`@internal`), though a workspace calls nothing else of a command.
type Run = (
  args: string[],
  cwd: string,
  environment: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
) => Promise<{ stdout: string; stderr: string; code: number }>;

const runIn =
  (command: string, onProcess?: OnProcess): Run =>
  (args, cwd, environment, onOutput, onError, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new PulumiExit(-1, "", "it was stopped before it began"));
        return;
      }
      const all = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
      const env = { ...process.env, ...environment, PULUMI_AUTOMATION_API: "true" };
      const child = spawn(command, all, {
        cwd,
        env,
        detached: process.platform !== "win32",
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended = child.pid === undefined ? undefined : onProcess?.(child.pid);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        onOutput?.(text);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        onError?.(text);
      });
      const stop = () => void child.kill("SIGINT");
      signal?.addEventListener("abort", stop, { once: true });
      child.once("error", reject);
      child.once("close", (code) => {
        ended?.();
        signal?.removeEventListener("abort", stop);
        if (code === 0) {
          resolve({ stdout, stderr, code });
        } else {
          reject(new PulumiExit(code ?? -1, stdout, stderr));
        }
      });
    });
