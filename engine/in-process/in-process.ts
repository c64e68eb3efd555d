import { join } from "node:path";
import { limiter } from "../../common/limit";
import { type Observation } from "../../common/observation";
import { compareInputs } from "../../common/compare-inputs";
import { type ProgramProvider } from "../program-provider";
import { type ExportedResource, type Host, type RunResult, type Step } from "../host";
import { Comparison } from "./comparison";
import { Pass } from "./pass";
import { type PolicyProcess } from "../policies/policy-process";
import { type ProgramHandler, runProgram } from "./program";
import { type State, type StoredResource } from "./state";

export interface InProcessHostOptions {
  project: string;
  stack: string;
  /** Configuration by full key. */
  config: Record<string, string>;
  /** Folder that `Host.preview` and `Host.up` find programs in. */
  programs: string;
  provider: ProgramProvider;
  policies: PolicyProcess;
  state: State;
  onStep?: (step: Step) => void;
  onLog?: (message: string) => void;
}

// Enough to keep one emulator busy; more only queue there.
const parallel = 10;

/**
 * Runs programs against the practice account without a Pulumi CLI. For the sandbox only: it knows create, update,
 * replace and delete, the policy pack and refresh, and none of what else makes an engine.
 */
export class InProcessHost implements Host {
  readonly engine = "in-process host (no Pulumi CLI)";
  readonly provider = "sandbox provider on the AWS SDK";
  /** The program the account was last made by. */
  private applied = "index";

  constructor(private readonly options: InProcessHostOptions) {}

  preview(program: string): Promise<RunResult> {
    return this.run(program, true);
  }

  async up(program: string): Promise<RunResult> {
    // As `pulumi up` does: what the preview refuses is never begun.
    const preview = await this.preview(program);
    if (preview.outcome === "blocked") {
      return preview;
    }
    this.applied = program;
    return this.run(program, false);
  }

  /** `up` of these resources only, read before; what else the program declares stays as it is. */
  async upOnly(program: string, urns: string[]): Promise<RunResult> {
    const only = new Set(urns);
    for (const stored of this.options.state.list().filter(({ urn }) => only.has(urn))) {
      await this.takeOver(stored);
    }
    const preview = await this.run(program, true, only);
    return preview.outcome === "blocked" ? preview : this.run(program, false, only);
  }

  resources(): Promise<ExportedResource[]> {
    return Promise.resolve(this.options.state.list().map((each) => ({ ...each, custom: true })));
  }

  async refresh(program = this.applied): Promise<Observation[]> {
    const comparison = new Comparison(this.options);
    await this.converse(program, true, comparison);
    return comparison.observations();
  }

  recordedOnly() {
    return this.options.provider.recorded();
  }

  close(): Promise<void> {
    return this.options.policies.close();
  }

  private async run(program: string, preview: boolean, only?: Set<string>): Promise<RunResult> {
    const pass = new Pass(this.options, preview, only);
    await this.converse(program, preview, pass);
    await pass.removeWhatIsGone();
    await pass.judgeStack();
    const blocked = pass.findings.some(({ level }) => level === "mandatory");
    return { outcome: blocked ? "blocked" : "done", steps: pass.steps, findings: pass.findings };
  }

  private async converse(
    program: string,
    preview: boolean,
    { register }: Pick<ProgramHandler, "register">,
  ): Promise<void> {
    const { project, stack, config, provider, onLog, programs } = this.options;
    const run = {
      program: join(programs, program),
      project,
      stack,
      config,
      preview,
      ...(onLog && !preview && { onLog }),
    };
    const limit = limiter(parallel);
    await runProgram(run, {
      register: (registration) => limit(() => register(registration)),
      invoke: async (token, args) => (await provider.invoke(token, args)).outputs as Record<string, unknown>,
    });
  }

  /** Puts what is there in place of what was recorded. */
  private async takeOver(stored: StoredResource): Promise<void> {
    const { state, provider } = this.options;
    const read = await provider.read(stored.id, stored.urn, stored.outputs);
    if (!read.id) {
      state.remove(stored.urn);
    } else if (compareInputs(stored.inputs, (read.inputs ?? {}) as Record<string, unknown>).length > 0) {
      const [inputs, outputs] = [read.inputs, read.props] as Record<string, unknown>[];
      state.put({ ...stored, inputs: inputs ?? {}, outputs: outputs ?? {} });
    }
  }
}
