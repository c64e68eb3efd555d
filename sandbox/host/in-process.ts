import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { BaselineError } from "../../common/errors";
import { limiter } from "../../common/limit";
import { hasSecret, shownSecret } from "../../common/pulumi-values";
import { type Observation } from "../../common/observation";
import { compareInputs, type SandboxProvider } from "../provider";
import { type Host, type PolicyFinding, type RunResult, type Step } from "./host";
import { type AnalyzedResource, type PolicyProcess, type PolicyResult } from "./policy-process";
import { runProgram } from "./program";
import { type Registration } from "./registration";
import { type State, type StoredResource } from "./state";

export interface InProcessHostOptions {
  project: string;
  stack: string;
  /** Configuration by full key. */
  config: Record<string, string>;
  /** Folder that `Host.preview` and `Host.up` find programs in. */
  programs: string;
  provider: SandboxProvider;
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

  constructor(private readonly options: InProcessHostOptions) {}

  preview(program: string): Promise<RunResult> {
    return this.run(program, true);
  }

  async up(program: string): Promise<RunResult> {
    // As `pulumi up` does: what the preview refuses is never begun.
    const preview = await this.preview(program);
    return preview.outcome === "blocked" ? preview : this.run(program, false);
  }

  async refresh(): Promise<Observation[]> {
    const limit = limiter(parallel);
    return Promise.all(this.options.state.list().map((each) => limit(() => this.observe(each))));
  }

  recordedOnly() {
    return this.options.provider.recorded();
  }

  close(): Promise<void> {
    return this.options.policies.close();
  }

  private async run(program: string, preview: boolean): Promise<RunResult> {
    const { project, stack, config, provider, onLog } = this.options;
    const pass = new Pass(this.options, preview);
    const run = {
      program: join(this.options.programs, program),
      project,
      stack,
      config,
      preview,
      ...(onLog && !preview && { onLog }),
    };
    const limit = limiter(parallel);
    await runProgram(run, {
      register: (registration) => limit(() => pass.register(registration)),
      invoke: async (token, args) => (await provider.invoke(token, args)).outputs as Record<string, unknown>,
    });
    await pass.removeWhatIsGone();
    await pass.judgeStack();
    const blocked = pass.findings.some(({ level }) => level === "mandatory");
    return { outcome: blocked ? "blocked" : "done", steps: pass.steps, findings: pass.findings };
  }

  private async observe({ urn, type, name, id, inputs, dependencies }: StoredResource): Promise<Observation> {
    const region = regionOf(inputs);
    const seen = { urn, type, name, id, ...(region && { region }), differences: [], dependsOn: dependencies };
    try {
      const { outputs } = this.options.state.get(urn) ?? { outputs: {} };
      const read = await this.options.provider.read(id, urn, outputs);
      if (!read.id) {
        return { ...seen, state: "deleted" };
      }
      const differences = compareInputs(inputs, (read.inputs ?? {}) as Record<string, unknown>).map((each) =>
        hasSecret(inputs[each.path.split(/[.[]/)[0] ?? ""])
          ? { ...each, expected: shownSecret, found: shownSecret }
          : each,
      );
      return { ...seen, state: differences.length > 0 ? "changed" : "same", differences };
    } catch (error) {
      return { ...seen, state: "unknown", reason: (error as Error).message };
    }
  }
}

/** One pass over the program: a preview, or an update. */
class Pass {
  readonly steps: Step[] = [];
  readonly findings: PolicyFinding[] = [];
  private readonly declared = new Set<string>();
  private readonly outcome: AnalyzedResource[] = [];

  constructor(
    private readonly options: InProcessHostOptions,
    private readonly preview: boolean,
  ) {}

  async register(registration: Registration): Promise<{ id?: string; outputs: Record<string, unknown> }> {
    const made = await this.make(registration);
    const { urn, type, name, parent, propertyDependencies } = registration;
    const properties = { ...made.outputs, ...(made.id !== undefined && { id: made.id }) };
    this.outcome.push({ urn, type, name, properties, propertyDependencies, ...(parent && { parent }) });
    return made;
  }

  /**
   * The policies on the whole stack, as the engine asks them: last, and with outputs. During an update everything is made
   * by then, so that a violation that only shows now fails the update and undoes nothing.
   */
  async judgeStack(): Promise<void> {
    const results = await this.options.policies.analyzeStack(this.outcome);
    results.forEach((result) => this.find(result));
  }

  private async make(registration: Registration): Promise<{ id?: string; outputs: Record<string, unknown> }> {
    const { urn, custom, inputs } = registration;
    if (!custom) {
      return { outputs: inputs };
    }
    this.declared.add(urn);
    const stored = this.options.state.get(urn);
    const checked = await this.check(registration, stored);
    await this.judge(registration, checked);
    const op = await this.operation(urn, stored, checked);
    if (this.preview) {
      this.note(registration, op);
      return stored && op !== "replace"
        ? { id: stored.id, outputs: { ...stored.outputs, ...checked } }
        : { outputs: checked };
    }
    const result = await this.apply(op, registration, stored, checked);
    this.note(registration, op);
    return result;
  }

  /** Deletes, last created first, what the program no longer declares. */
  async removeWhatIsGone(): Promise<void> {
    const gone = this.options.state.list().filter(({ urn }) => !this.declared.has(urn));
    for (const stored of gone.reverse()) {
      if (!this.preview) {
        if (stored.protect) {
          throw failed("protected", stored.urn, "it is protected, and the program no longer declares it");
        }
        await this.options.provider.delete(stored.id, stored.urn, stored.outputs);
        this.options.state.remove(stored.urn);
      }
      this.note(stored, "delete");
    }
  }

  private async check({ urn, inputs }: Registration, stored?: StoredResource): Promise<Record<string, unknown>> {
    const result = await this.options.provider.check(urn, stored?.inputs ?? {}, inputs);
    const failures = (result.failures ?? []).map(({ property, reason }) => `${property}: ${reason}`);
    if (failures.length > 0) {
      throw failed("check-failed", urn, failures.join("; "));
    }
    return (result.inputs ?? inputs) as Record<string, unknown>;
  }

  private async judge(
    { urn, type, name, parent, protect }: Registration,
    properties: Record<string, unknown>,
  ): Promise<void> {
    const results = await this.options.policies.analyze({
      urn,
      type,
      name,
      properties,
      ...(parent && { parent }),
      options: { protect },
    });
    results.forEach((result) => this.find(result));
  }

  private find({ policyName, level, severity, message, urn }: PolicyResult): void {
    const mandatory = level === "mandatory" || level === "remediate";
    this.findings.push({ policy: policyName, level: mandatory ? "mandatory" : "advisory", severity, urn, message });
    if (mandatory && !this.preview) {
      // Known only now: the preview could not see the value.
      throw failed("policy-violation", urn, `refused by policy ${policyName}.\n${message}`);
    }
  }

  private async operation(
    urn: string,
    stored: StoredResource | undefined,
    news: Record<string, unknown>,
  ): Promise<Step["op"]> {
    if (!stored) {
      return "create";
    }
    if (isDeepStrictEqual(stored.inputs, news)) {
      return "same";
    }
    const { changes, replaces = [] } = await this.options.provider.diff(stored.id, urn, stored.outputs, news);
    return replaces.length > 0 ? "replace" : changes ? "update" : "same";
  }

  private async apply(
    op: Step["op"],
    registration: Registration,
    stored: StoredResource | undefined,
    inputs: Record<string, unknown>,
  ): Promise<{ id: string; outputs: Record<string, unknown> }> {
    const { provider, state } = this.options;
    const { urn, type, name, protect, dependencies } = registration;
    if (stored && op === "same") {
      // Protection and dependencies are the program's word, not the account's: the newest counts.
      state.put({ ...stored, protect, dependencies });
      return stored;
    }
    try {
      if (stored && op === "update") {
        const updated = await provider.update(stored.id, urn, stored.outputs, inputs);
        const outputs = updated.outs as Record<string, unknown>;
        state.put({ urn, type, name, id: stored.id, inputs, outputs, protect, dependencies });
        return { id: stored.id, outputs };
      }
      if (stored) {
        await provider.delete(stored.id, urn, stored.outputs);
        state.remove(urn);
      }
      const created = await provider.create(urn, inputs);
      const outputs = created.outs as Record<string, unknown>;
      const { id } = created;
      state.put({ urn, type, name, id, inputs, outputs, protect, dependencies });
      return { id, outputs };
    } catch (error) {
      if (isHalfMade(error)) {
        const outputs = error.properties;
        state.put({ urn, type, name, id: error.id, inputs, outputs, protect, dependencies });
      }
      throw error instanceof BaselineError ? error : failed("update-failed", urn, (error as Error).message, error);
    }
  }

  private note({ urn, type, name, inputs }: Registration | StoredResource, op: Step["op"]): void {
    const region = regionOf(inputs);
    const step: Step = { urn, type, name, op, ...(region && { region }) };
    this.steps.push(step);
    if (!this.preview) {
      this.options.onStep?.(step);
    }
  }
}

/** How a provider says that the resource exists, though not all of it was made. Source: pulumi SDK, provider/server. */
function isHalfMade(error: unknown): error is Error & { id: string; properties: Record<string, unknown> } {
  return error instanceof Error && "id" in error && "properties" in error;
}

function regionOf({ region }: Record<string, unknown>): string | undefined {
  return typeof region === "string" ? region : undefined;
}

function failed(code: string, urn: string, why: string, cause?: unknown): BaselineError {
  const [, , types = "", name = ""] = urn.split("::");
  return new BaselineError(
    code,
    `${types.split("$").at(-1)} ${name}: ${why.replace(/\.$/, "")}.`,
    "What was done before stands, and is on record; correct the cause and run it again.",
    undefined,
    { cause },
  );
}
