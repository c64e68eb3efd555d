import { type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { join } from "node:path";
import { type Observation } from "../../common/observation";
import { packageRoot } from "../../common/package-root";
import { type RunResult, type Step } from "../host";
import { compareStack, type EngineRun } from "./compare-stack";
import { type ExportedResource, findingsIn, stepsIn } from "./engine-events";
import { CANCELLED, engineError, explainEngine } from "./engine-failure";
import { PulumiExit } from "./pulumi-command";
import { type StackHost } from "../stack-host";

export interface AutomationHostOptions {
  /** In words, with its version. */
  engine: string;
  provider: string;
  /** Name of the stack, for messages. */
  stack: string;
  /** Opens the stack that runs a program. */
  open: (program: string) => Promise<Stack>;
  /** Configuration of the policy pack, as for `--policy-pack-config`. */
  policyConfig?: string;
  /** What to do next after a failure without a better answer. */
  kept?: string;
  /** Environment with credentials, asked before each run of the engine; over what the stack was opened with. */
  credentials?: () => Promise<Record<string, string>>;
  onStep?: (step: Step) => void;
  onEvent?: (event: EngineEvent) => void;
  signal?: AbortSignal;
}

/** The real Pulumi engine through the Automation API, with our policy pack. */
export class AutomationHost implements StackHost {
  readonly engine: string;
  readonly provider: string;
  private readonly stacks = new Map<string, Promise<Stack>>();

  constructor(private readonly options: AutomationHostOptions) {
    this.engine = options.engine;
    this.provider = options.provider;
  }

  preview(program: string): Promise<RunResult> {
    return this.run(program, "pre", (stack, onEvent) => stack.preview({ ...this.guarded(), onEvent }));
  }

  async up(program: string): Promise<RunResult> {
    // `pulumi up` without its preview would create what precedes a refused resource; with it, nothing is begun.
    const preview = await this.preview(program);
    return preview.outcome === "blocked"
      ? preview
      : this.run(program, "outputs", (stack, onEvent) => stack.up({ ...this.guarded(), onEvent }));
  }

  async upOnly(program: string, urns: string[]): Promise<RunResult> {
    const only = { target: urns, refresh: true };
    const preview = await this.run(program, "pre", (stack, onEvent) =>
      stack.preview({ ...this.guarded(), ...only, onEvent }),
    );
    return preview.outcome === "blocked"
      ? preview
      : this.run(program, "outputs", (stack, onEvent) => stack.up({ ...this.guarded(), ...only, onEvent }));
  }

  async resources(): Promise<ExportedResource[]> {
    const stack = await this.stack("index");
    try {
      const exported = (await stack.exportStack()) as { deployment?: { resources?: ExportedResource[] } };
      return exported.deployment?.resources ?? [];
    } catch (error) {
      throw this.explained(error, []);
    }
  }

  async backend(): Promise<string | undefined> {
    const { workspace } = await this.stack("index");
    return (await workspace.whoAmI()).url;
  }

  async refresh(program = "index"): Promise<Observation[]> {
    const stack = await this.stack(program);
    return compareStack({
      state: await this.resources(),
      preview: (refresh) => this.watched((onEvent) => stack.preview({ ...this.common(), refresh, onEvent })),
      refresh: () => this.watched((onEvent) => stack.previewRefresh({ ...this.common(), onEvent })),
    });
  }

  recordedOnly() {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async run(
    program: string,
    kind: "pre" | "outputs",
    run: (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<RunResult> {
    const stack = await this.stack(program);
    const events: EngineEvent[] = [];
    const keep = this.keepIn(events);
    const onEvent = (event: EngineEvent) => {
      keep(event);
      if (kind === "outputs") {
        stepsIn([event], kind).forEach((step) => this.options.onStep?.(step));
      }
    };
    try {
      await run(stack, onEvent);
    } catch (error) {
      if (!findingsIn(events).some(({ level }) => level === "mandatory")) {
        throw this.explained(error, events);
      }
    }
    const findings = findingsIn(events);
    const blocked = findings.some(({ level }) => level === "mandatory");
    return { outcome: blocked ? "blocked" : "done", steps: stepsIn(events, kind), findings };
  }

  private async watched(run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<EngineRun> {
    const events: EngineEvent[] = [];
    try {
      await run(this.keepIn(events));
      return { events };
    } catch (error) {
      return { events, failure: this.explained(error, events) };
    }
  }

  private keepIn(events: EngineEvent[]): (event: EngineEvent) => void {
    return (event) => {
      events.push(event);
      this.options.onEvent?.(event);
    };
  }

  private common() {
    return { ...(this.options.signal && { signal: this.options.signal }), suppressProgress: true };
  }

  private guarded() {
    const { policyConfig } = this.options;
    return {
      ...this.common(),
      policyPacks: [join(packageRoot(), "policy-pack")],
      ...(policyConfig !== undefined && { policyPackConfigs: [policyConfig] }),
    };
  }

  private explained(error: unknown, events: EngineEvent[]): Error {
    const { signal, stack, kept } = this.options;
    // What an engine says that was told to stop differs from where it was; that it was told is certain.
    return signal?.aborted && error instanceof PulumiExit
      ? engineError({ exitCode: CANCELLED, said: error.stderr, stack }, kept, error)
      : explainEngine(error, events, stack, kept);
  }

  private async stack(program: string): Promise<Stack> {
    const made =
      this.stacks.get(program) ??
      this.options.open(program).catch((error: unknown) => Promise.reject(this.explained(error, [])));
    this.stacks.set(program, made);
    const stack = await made;
    const { credentials } = this.options;
    if (credentials) {
      Object.assign(stack.workspace.envVars, await credentials());
    }
    return stack;
  }
}
