import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator } from "../../sandbox/emulator";
import { InProcessHost } from "../../engine/in-process/in-process";
import { PolicyProcess } from "../../engine/policies/policy-process";
import { State } from "../../engine/in-process/state";
import { type Project, withDefaults } from "../../engine/stack-files/stack-file";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "./emulator";
import { project as baseline, root, withoutSourceMaps } from "./graph";

/** A practice account with the in-process host on it, for one test file. */
export interface Practice {
  emulator: Emulator;
  aws: Clients;
  host: InProcessHost;
  provider: SandboxProvider;
  state: State;
  /** Changes a setting for the runs to come. */
  set(key: string, value: unknown): void;
  end(): Promise<void>;
}

/**
 * @param programs folder of the programs to run; the compiled product unless given
 * @param settings as a stack file has them
 * @param project whose programs they are; the baseline unless given
 */
export async function practice(
  programs = join(root, "dist"),
  settings: Record<string, unknown> = {},
  project: Project = baseline,
): Promise<Practice> {
  withoutSourceMaps();
  const folder = mkdtempSync(join(tmpdir(), "baseline-practice-"));
  const emulator = await startEmulator();
  try {
    return await on(emulator, folder, programs, settings, project);
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

async function on(
  emulator: Emulator,
  folder: string,
  programs: string,
  settings: Record<string, unknown>,
  project: Project,
): Promise<Practice> {
  const state = new State(join(folder, "state.jsonl"));
  const config = withDefaults(project, { "aws:region": "us-east-1", ...settings });
  const provider = createSandboxProvider({ endpoint: emulator.endpoint });
  const { name } = project;
  const pack = { packDir: join(root, "policy-pack"), project: name, stack: "practice", dryRun: true };
  const policies = await PolicyProcess.start(pack);
  const host = new InProcessHost({ project: name, stack: "practice", config, programs, provider, policies, state });
  const aws = createClients(emulator.endpoint, "us-east-1");
  return {
    emulator,
    aws,
    host,
    provider,
    state,
    set(key, value) {
      config[`${name}:${key}`] = JSON.stringify(value);
    },
    async end() {
      aws.destroy();
      provider.clients.destroy();
      await host.close();
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
