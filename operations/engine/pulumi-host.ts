import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, type EngineEvent, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { stringify } from "yaml";
import { BaselineError } from "../../common/errors";
import { type Observation } from "../../common/observation";
import { packageRoot } from "../../common/package-root";
import { type Host, type RunResult, type Step } from "../../sandbox/host/host";
import { type ExportedResource, findingsIn, observationsIn, plain, stepsIn } from "./engine-events";

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

/** The real Pulumi engine on the practice account, through the Automation API. */
export class PulumiHost implements Host {
  readonly engine: string;
  readonly provider: string;
  private readonly stacks = new Map<string, Promise<Stack>>();

  constructor(private readonly options: PulumiHostOptions) {
    this.engine = options.engine;
    this.provider = options.provider;
  }

  async preview(program: string): Promise<RunResult> {
    const events: EngineEvent[] = [];
    const stack = await this.stack(program);
    return this.result(events, "pre", () =>
      stack.preview({ ...this.common(), policyPacks: [policyPack()], onEvent: (event) => void events.push(event) }),
    );
  }

  async up(program: string): Promise<RunResult> {
    const events: EngineEvent[] = [];
    const stack = await this.stack(program);
    // `pulumi up` without its preview would create what precedes a refused resource; with it, nothing is begun.
    const preview = await this.preview(program);
    if (preview.outcome === "blocked") {
      return preview;
    }
    return this.result(events, "outputs", () =>
      stack.up({
        ...this.common(),
        policyPacks: [policyPack()],
        onEvent: (event) => {
          events.push(event);
          stepsIn([event], "outputs").forEach((step) => this.options.onStep?.(step));
        },
      }),
    );
  }

  async refresh(): Promise<Observation[]> {
    const stack = await this.stack("index");
    const events: EngineEvent[] = [];
    const exported = (await stack.exportStack()) as { deployment: { resources?: ExportedResource[] } };
    const state = exported.deployment.resources ?? [];
    try {
      await stack.previewRefresh({ ...this.common(), onEvent: (event) => void events.push(event) });
    } catch (error) {
      // What could not be read stands in the events; without any, nothing is known.
      if (events.length === 0) {
        throw this.failure(error, events);
      }
    }
    return observationsIn(events, state);
  }

  recordedOnly() {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private common() {
    return { ...(this.options.signal && { signal: this.options.signal }), suppressProgress: true };
  }

  private async result(
    events: EngineEvent[],
    kind: "pre" | "outputs",
    run: () => Promise<unknown>,
  ): Promise<RunResult> {
    try {
      await run();
    } catch (error) {
      if (!findingsIn(events).some(({ level }) => level === "mandatory")) {
        throw this.failure(error, events);
      }
    }
    const findings = findingsIn(events);
    const blocked = findings.some(({ level }) => level === "mandatory");
    return { outcome: blocked ? "blocked" : "done", steps: stepsIn(events, kind), findings };
  }

  private failure(error: unknown, events: EngineEvent[]): Error {
    if (!(error instanceof CommandError)) {
      return error as Error;
    }
    const said = events
      .filter(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")
      .map(({ diagnosticEvent }) => plain(diagnosticEvent?.message ?? ""));
    return new BaselineError(
      "engine-failed",
      `The Pulumi engine failed.\n${(said.length > 0 ? said : [error.message]).join("\n").slice(0, 4000)}`,
      `Its state is kept in ${this.options.folder}.`,
      undefined,
      { cause: error },
    );
  }

  private stack(program: string): Promise<Stack> {
    const made = this.stacks.get(program) ?? this.makeStack(program);
    this.stacks.set(program, made);
    return made;
  }

  // A project folder that consists of links into the package: the real Pulumi.yaml, tsconfig and sources run, and the
  // stack file the CLI writes beside them stays out of the package.
  private async makeStack(program: string): Promise<Stack> {
    const root = packageRoot();
    const { folder, stack: stackName, config, environment } = this.options;
    const workDir = join(folder, program.replaceAll("/", "-"));
    mkdirSync(workDir, { recursive: true });
    const linked = [
      "Pulumi.yaml",
      "package.json",
      "tsconfig.json",
      "tsconfig.pulumi.json",
      "node_modules",
      "components",
      "common",
    ];
    for (const name of linked) {
      symlinkSync(join(root, name), join(workDir, name));
    }
    symlinkSync(join(root, `${program}.ts`), join(workDir, "index.ts"));
    writeFileSync(join(workDir, `Pulumi.${stackName}.yaml`), stringify({ config }));
    return LocalWorkspace.createOrSelectStack({ stackName, workDir }, { workDir, envVars: environment });
  }
}

function policyPack(): string {
  return join(packageRoot(), "policy-pack");
}
