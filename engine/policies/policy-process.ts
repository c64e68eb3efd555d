import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { BaselineError } from "../../common/errors";
import { AnalyzerClient, type AnalyzedResource, type PackInfo, type PolicyResult } from "./policy-client";

export type { AnalyzedResource, PackInfo, PolicyInfo, PolicyResult } from "./policy-client";

// A pack that has not printed its port by then never will; the compiled one takes a second.
const startTimeoutMs = 30_000;
const closeGraceMs = 2_000;
const keptStderrLines = 12;

// The pack reads the address from its command line and calls nobody there, so nobody has to listen.
const noEngine = "127.0.0.1:1";

// Ends the pack when this process is gone, however it went: then the pipe to its stdin closes.
const endWithParent = "data:text/javascript,process.stdin.on('close',()=>process.exit()).resume().unref();";

/** How a policy pack is started and configured. */
export interface PolicyProcessOptions {
  /** Folder with the pack's PulumiPolicy.yaml and package.json. */
  readonly packDir: string;
  readonly project: string;
  readonly stack: string;
  /** Default `organization`, as the CLI has it without a Pulumi Cloud. */
  readonly organization?: string;
  /** True for a preview. */
  readonly dryRun: boolean;
  /** As in `pulumi preview --policy-pack-config`. Default: every policy as the pack has it. */
  readonly policyConfig?: Readonly<Record<string, unknown>>;
  /** Closes the process when it fires. */
  readonly signal?: AbortSignal;
}

/** A policy pack running in a process of its own, spoken to as the Pulumi engine speaks to it. */
export class PolicyProcess {
  private closing: Promise<void> | undefined;
  private readonly killOnExit = (): void => void this.child.kill("SIGKILL");
  private readonly closeOnAbort = (): void => void this.close();

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
    private readonly analyzer: PackInfo,
    private readonly signal: AbortSignal | undefined,
  ) {
    process.once("exit", this.killOnExit);
    signal?.addEventListener("abort", this.closeOnAbort, { once: true });
  }

  /**
   * Starts the pack, configures it, and waits until it can answer.
   *
   * @throws BaselineError `policy-pack-failed` when the pack exits, prints anything before its port, or takes longer
   *   than 30 s; its message carries the last lines the pack wrote to stderr
   */
  static async start(options: PolicyProcessOptions): Promise<PolicyProcess> {
    options.signal?.throwIfAborted();
    const packDir = resolve(options.packDir);
    const child = spawnPack(packDir, options);
    const stderr = lastLines(child);
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    let client: AnalyzerClient | undefined;
    try {
      client = new AnalyzerClient(`127.0.0.1:${await readPort(child, options.signal)}`);
      await client.configureStack(options);
      const info = await client.info();
      await client.configure(info, options.policyConfig ?? {});
      return new PolicyProcess(child, client, info, options.signal);
    } catch (error) {
      client?.close();
      kill();
      options.signal?.throwIfAborted();
      throw startFailure(packDir, error, stderr());
    } finally {
      process.removeListener("exit", kill);
    }
  }

  /** What the pack says about itself. */
  info(): PackInfo {
    return this.analyzer;
  }

  /** Analyses one resource's inputs. Empty means that every policy was applied and found nothing. */
  async analyze(resource: AnalyzedResource): Promise<PolicyResult[]> {
    return this.client.analyze(resource);
  }

  /** Runs the policies over a whole stack; `properties` are outputs here. */
  async analyzeStack(resources: readonly AnalyzedResource[]): Promise<PolicyResult[]> {
    return this.client.analyzeStack(resources);
  }

  /** Ends the process and waits for it. May be called more than once. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.signal?.removeEventListener("abort", this.closeOnAbort);
    this.client.close();
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), closeGraceMs);
      await ended;
      clearTimeout(force);
    }
    process.removeListener("exit", this.killOnExit);
  }
}

function spawnPack(packDir: string, { project, stack, organization, dryRun }: PolicyProcessOptions): ChildProcess {
  // As the language host does: the runner of the @pulumi/pulumi that the pack itself resolves to.
  let runner: string;
  try {
    runner = createRequire(join(packDir, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch (error) {
    throw startFailure(packDir, error, []);
  }
  return spawn(process.execPath, [`--import=${endWithParent}`, runner, noEngine, packDir], {
    cwd: packDir,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_ORGANIZATION: organization ?? "organization",
      PULUMI_NODEJS_PROJECT: project,
      PULUMI_NODEJS_STACK: stack,
      PULUMI_NODEJS_DRY_RUN: String(dryRun),
      PULUMI_CONFIG: "{}",
    },
  });
}

/** The port is the first line on stdout; anything else there means the engine would refuse the pack too. */
function readPort(child: ChildProcess, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((done, fail) => {
    const lines = createInterface({ input: child.stdout! });
    const timer = setTimeout(
      () => stop(new Error(`it printed no port within ${startTimeoutMs / 1000} s`)),
      startTimeoutMs,
    );
    const aborted = (): void => stop(new Error("it was stopped"));
    const stop = (error: Error): void => {
      settle();
      fail(error);
    };
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
    };
    signal?.addEventListener("abort", aborted, { once: true });
    child.once("error", (error) => stop(error));
    // `close`, not `exit`: by then stderr has been read to its end.
    child.once("close", (code, by) =>
      stop(new Error(`it ended with ${by ?? `exit code ${code}`} before it was ready`)),
    );
    lines.once("line", (line) => {
      settle();
      if (/^\d{1,5}$/.test(line)) {
        done(Number(line));
      } else {
        fail(new Error("it wrote something other than its port to stdout"));
      }
    });
    // Lines after the port are the pack's own output; read, so that the pipe never fills up.
    lines.on("line", () => undefined);
  });
}

function lastLines(child: ChildProcess): () => string[] {
  const kept: string[] = [];
  createInterface({ input: child.stderr! }).on("line", (line) => {
    const plain = stripVTControlCharacters(line);
    // A stack would push out the one line that says what went wrong.
    if (!/^\s+at /.test(plain)) kept.push(plain);
    kept.splice(0, Math.max(0, kept.length - keptStderrLines));
  });
  return () => kept;
}

function startFailure(packDir: string, cause: unknown, stderr: readonly string[]): BaselineError {
  if (cause instanceof BaselineError) {
    return cause;
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  const said = stderr.length === 0 ? "It wrote nothing to stderr." : `Its last words:\n  ${stderr.join("\n  ")}`;
  return new BaselineError(
    "policy-pack-failed",
    `The policy pack in ${packDir} did not start: ${why}. ${said}`,
    "Build it (node scripts/build.mjs) and install its dependencies (npm ci), then try again.",
    undefined,
    { cause },
  );
}
