import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../../common/folders";
import { stringify } from "yaml";
import { packageRoot } from "../../common/package-root";
import { type Step } from "../host";
import { AutomationHost } from "./automation-host";
import { openStack } from "./open-stack";
import { pulumiCommand } from "./pulumi-command";

export interface PulumiHostOptions {
  /** In words, with its version. */
  engine: string;
  provider: string;
  /** A folder of this run's own: backend, project folders, Pulumi's home. */
  folder: string;
  stack: string;
  /** Configuration by full key. */
  config: Record<string, unknown>;
  /** Environment of every `pulumi` process, over the one of this process. */
  environment: Record<string, string>;
  onStep?: (step: Step) => void;
  signal?: AbortSignal;
}

/** The real Pulumi engine on the practice account, with a project folder of its own for each program. */
export class PulumiHost extends AutomationHost {
  constructor(options: PulumiHostOptions) {
    const { engine, provider, folder, stack, config, environment, onStep, signal } = options;
    super({
      engine,
      provider,
      stack,
      kept: `Its state is kept in ${folder}.`,
      open: async (program) => {
        const workDir = join(folder, program.replaceAll("/", "-"));
        linkProject(workDir, program);
        writeFileSync(join(workDir, `Pulumi.${stack}.yaml`), stringify({ config }));
        return openStack({ command: await pulumiCommand(), stack, workDir, environment, create: true });
      },
      ...(onStep && { onStep }),
      ...(signal && { signal }),
    });
  }
}

/**
 * A project folder that consists of links into the package: the real Pulumi.yaml and sources run, and the
 * stack file the CLI writes beside them stays out of the package. What is there already stays.
 *
 * @param program entry module, from the package's root
 */
export function linkProject(workDir: string, program = "index"): void {
  const root = packageRoot();
  makeFolders(workDir);
  const linked = ["Pulumi.yaml", "package.json", "node_modules", "components", "common"];
  const links = [...linked.map((name) => [name, name] as const), [`${program}.ts`, "index.ts"] as const];
  for (const [from, name] of links.filter(([, each]) => !existsSync(join(workDir, each)))) {
    symlinkSync(join(root, from), join(workDir, name));
  }
}
