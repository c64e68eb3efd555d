import { type EngineEvent } from "@pulumi/pulumi/automation";
import { badInput } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { type Step } from "../host";
import { AutomationHost } from "./automation-host";
import { explainEngine } from "./engine-failure";
import { openStack } from "./open-stack";
import { policyConfigPath } from "../policies/policy-config";
import { type OnProcess, pulumiCommand } from "./pulumi-command";
import { setStackConfig } from "../stack-files/stack-config-file";
import { type StackHost } from "../stack-host";

export interface UserStackOptions {
  /** As in `pulumi stack ls`; `organization/project/name` too. */
  stack: string;
  /** Folder of `Pulumi.yaml`. Default: this package's. */
  workDir?: string;
  /** Over the process's own: credentials of an assumed role, a passphrase. Only `pulumi` and what it starts get to see it. */
  environment?: Record<string, string>;
  /** Over that, asked before each run of the engine: credentials as they are at that moment. */
  credentials?: () => Promise<Record<string, string>>;
  /** Makes the stack when there is none. Default: no. */
  create?: boolean;
  /** Set in the stack file before the run, as `pulumi config set` does; objects as JSON text. By key, with or without project. */
  config?: Record<string, string>;
  /** Path of a configuration of the policy pack, as for `--policy-pack-config`. */
  policyConfig?: string;
  onStep?: (step: Step) => void;
  onEvent?: (event: EngineEvent) => void;
  onProcess?: OnProcess;
  /** Cancels what is under way, cleanly: what is begun is finished, and the state is written. */
  signal?: AbortSignal;
}

/**
 * The user's own stack, through the Pulumi CLI.
 *
 * @throws BaselineError no-pulumi | unknown-stack | wrong-passphrase | not-signed-in | stack-locked | credentials-expired |
 *   interrupted | invalid-settings | engine-failed, and so do the runs
 */
export async function openUserStack(options: UserStackOptions): Promise<StackHost> {
  const { stack, workDir = packageRoot(), environment = {}, create = false, config } = options;
  const { onStep, onEvent, signal, credentials } = options;
  requireStackName(stack);
  const policyConfig = options.policyConfig === undefined ? undefined : policyConfigPath(options.policyConfig);
  const command = await pulumiCommand(options.onProcess);
  const keys = await credentials?.();
  try {
    const all = { ...quiet, ...environment, ...keys };
    const opened = await openStack({ command, stack, workDir, environment: all, create });
    if (config) {
      setStackConfig(workDir, stack, config);
    }
    return new AutomationHost({
      engine: `Pulumi v${command.version?.version ?? "?"}`,
      provider: "AWS plugin of Pulumi",
      stack,
      open: () => Promise.resolve(opened),
      ...(credentials && { credentials }),
      ...(policyConfig !== undefined && { policyConfig }),
      ...(onStep && { onStep }),
      ...(onEvent && { onEvent }),
      ...(signal && { signal }),
    });
  } catch (error) {
    throw explainEngine(error, [], stack);
  }
}

/**
 * Without a name, `pulumi` takes the stack that happens to be selected; `--stack "$STACK"` of a script may have none.
 *
 * @throws BaselineError `unknown-stack`, exit code 2
 */
export function requireStackName(stack: string): void {
  if (stack.trim() === "") {
    const next = "Name one, as in `pulumi stack ls`; was a variable empty?";
    throw badInput("unknown-stack", "Which stack is meant was not said.", next);
  }
}

const quiet = { PULUMI_SKIP_UPDATE_CHECK: "1" };
