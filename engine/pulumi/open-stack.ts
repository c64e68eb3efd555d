import { LocalWorkspace, type PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { PulumiExit, runPulumi } from "./pulumi-command";

export interface StackPlace {
  command: PulumiCommand;
  stack: string;
  /** Folder of `Pulumi.yaml`. */
  workDir: string;
  /** Environment of every `pulumi` process, over the one of this process. */
  environment: Record<string, string>;
  /** Makes the stack when there is none. */
  create: boolean;
}

/**
 * A stack for the Automation API, without what `LocalWorkspace` does besides: neither opening nor making one changes
 * which stack the user has selected in that folder, and several can be opened there at a time.
 *
 * @throws PulumiExit
 */
export async function openStack({ command, stack, workDir, environment, create }: StackPlace): Promise<Stack> {
  const workspace = await LocalWorkspace.create({ workDir, envVars: environment, pulumiCommand: command });
  const pulumi = (...args: string[]) => runPulumi(command, args, workDir, environment);
  workspace.selectStack = async (name) => {
    try {
      await pulumi("stack", "--show-name", "--stack", name);
    } catch (error) {
      if (!create || !(error instanceof PulumiExit) || !isUnknown(error)) {
        throw error;
      }
      await pulumi("stack", "init", name, "--no-select");
    }
  };
  return Stack.select(stack, workspace);
}

function isUnknown({ exitCode, stderr }: PulumiExit): boolean {
  // Exit code 6 came with Pulumi 3.2xx; the text is older.
  return exitCode === 6 || /no stack named '.*' found/.test(stderr);
}
