import * as pulumi from "@pulumi/pulumi";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import * as runtimeState from "@pulumi/pulumi/runtime/state";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { withoutPromiseStacks } from "../../common/sdk/promise-stacks";
import { type Registration, readRegistration } from "./registration";

// One store for each running stack, as the Automation API has it; the SDK's type declarations leave it out.
const { LocalStore } = runtimeState as unknown as { LocalStore: new () => object };
const { asyncLocalStorage } = globalThis as unknown as {
  asyncLocalStorage: { run<T>(store: object, work: () => T): T; getStore(): { settings: object } };
};

/** Values as they cross the wire: JSON, with Pulumi's marks for secrets and unknown values still in it. */
export type WireValues = Record<string, unknown>;

/** What stands behind the program: the engine's part of the conversation. */
export interface ProgramHandler {
  /** Called for each resource once all it depends on is registered. No `id` means not known yet (preview). */
  register(registration: Registration): Promise<{ id?: string; outputs: WireValues }>;
  /** Answers a function call such as `aws:index/getRegions:getRegions`. */
  invoke(token: string, args: WireValues): Promise<WireValues>;
  /** The stack's resources before the run, which the engine tells a program that asks; none when absent. */
  resources?(): readonly { urn: string; type: string; outputs: WireValues }[];
}

export interface ProgramRun {
  /** Path of the module to run, or the program itself. */
  program: string | (() => unknown);
  project: string;
  stack: string;
  /** Configuration by full key, such as `aws:region`; objects as JSON text, as Pulumi stores them. */
  config: Record<string, string>;
  preview: boolean;
  /** Takes what the program logs (`pulumi.log`), but for debugging; thrown away when absent. */
  onLog?: (message: string) => void;
}

interface Monitor {
  registerResource(request: unknown, callback: (error: unknown, response?: unknown) => void): void;
  registerResourceOutputs(request: unknown, callback: (error: unknown, response?: unknown) => void): void;
  readResource(request: unknown, callback: (error: unknown, response?: unknown) => void): void;
  invoke(
    request: { getTok(): string; getArgs(): Struct },
    callback: (error: unknown, response?: unknown) => void,
  ): void;
}

/**
 * Runs a Pulumi program in this process against a handler, on the SDK's own test monitor.
 *
 * @returns the stack's outputs
 * @throws what the program throws, or the first error of the handler; what is under way is awaited first
 */
export function runProgram(run: ProgramRun, handler: ProgramHandler): Promise<unknown> {
  withoutPromiseStacks();
  // A store of its own for each run: the SDK would otherwise keep the running stack in globals.
  return asyncLocalStorage.run(new LocalStore(), () => runInStore(run, handler));
}

async function runInStore(run: ProgramRun, handler: ProgramHandler): Promise<unknown> {
  const unasked = { newResource: unexpected, call: unexpected };
  // What an engine with a backend of one's own calls the organization.
  await pulumi.runtime.setMocks(unasked, run.project, run.stack, run.preview, "organization");
  pulumi.runtime.setAllConfig(run.config);
  Object.assign(asyncLocalStorage.getStore().settings, { engine: logger(run.onLog) });

  const conversation = new Conversation(run, handler);
  conversation.takeOver(getMonitor() as unknown as Monitor);
  const failOn = (error: unknown) => conversation.fail(error);
  process.on("unhandledRejection", failOn);
  try {
    const finished = (async () => {
      const outputs: unknown = await pulumi.runtime.runInPulumiStack(() => Promise.resolve(entryPoint(run.program)));
      await pulumi.runtime.disconnect();
      return outputs;
    })();
    // After a failure the program never hears back, so `finished` may stay open; nobody waits for it then.
    finished.catch(failOn);
    return await Promise.race([finished, conversation.failed]);
  } finally {
    await conversation.settled();
    // Promises that hang on a failed run are reported as unhandled only after this turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", failOn);
  }
}

// The part of the engine that the SDK talks to beside the monitor.
function logger(onLog: (message: string) => void = () => undefined): unknown {
  return {
    log: (request: { getMessage(): string; getSeverity(): number }, done: () => void) => {
      // The SDK tells each of its own steps here too.
      if (request.getSeverity() !== (LogSeverity.DEBUG as number)) {
        onLog(request.getMessage());
      }
      done();
    },
    requirePulumiVersion: (_request: unknown, callback: (error: unknown, response: unknown) => void) =>
      callback(null, {}),
    setRootResource: (_request: unknown, callback: (error: unknown, response: unknown) => void) => callback(null, {}),
    close: () => undefined,
  };
}

// Through JSON, because a Struct has no place for `undefined`.
function toStruct(values: WireValues): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as never);
}

function unexpected(): never {
  throw new Error("the test monitor answered in place of the host");
}

// The entry module is loaded anew on each run, as the engine would; everything below it stays cached.
function entryPoint(program: string | (() => unknown)): unknown {
  if (typeof program === "function") {
    return program();
  }
  const path = require.resolve(program);
  delete require.cache[path];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program is data here: a path
  const loaded: unknown = require(path);
  return typeof loaded === "function" ? (loaded as () => unknown)() : loaded;
}

/** One run's requests and answers. After the first failure no request is answered any more, so nothing new starts. */
class Conversation {
  readonly failed: Promise<never>;
  private reject!: (error: unknown) => void;
  private over = false;
  private readonly urns = new Set<string>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly run: ProgramRun,
    private readonly handler: ProgramHandler,
  ) {
    this.failed = new Promise((_, reject) => (this.reject = reject));
    this.failed.catch(() => undefined);
  }

  fail(error: unknown): void {
    this.over = true;
    this.reject(error);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
    this.over = true;
  }

  takeOver(monitor: Monitor): void {
    monitor.registerResource = (request, callback) => {
      this.answer(callback, async () => {
        const registration = readRegistration(request, this.run);
        if (this.urns.has(registration.urn)) {
          throw new Error(`Duplicate resource URN '${registration.urn}'; try giving it a unique name`);
        }
        this.urns.add(registration.urn);
        const { id, outputs } = await this.handler.register(registration);
        const response = new RegisterResourceResponse();
        response.setUrn(registration.urn);
        response.setId(id ?? "");
        response.setObject(toStruct(outputs));
        return response;
      });
    };
    monitor.readResource = (_request, callback) => {
      this.answer(callback, () => Promise.reject(new Error("the sandbox does not read existing resources (`.get`)")));
    };
    monitor.registerResourceOutputs = (_request, callback) => callback(null, {});
    monitor.invoke = (request, callback) => {
      this.answer(callback, async () => {
        const values = await this.invoke(request.getTok(), request.getArgs().toJavaScript());
        const response = new InvokeResponse();
        response.setReturn(toStruct(values));
        return response;
      });
    };
  }

  /** Source: pulumi, pkg/resource/deploy/builtins.go. */
  private invoke(token: string, args: WireValues): Promise<WireValues> {
    const there = this.handler.resources?.() ?? [];
    if (token === "pulumi:pulumi:readStackOutputs") {
      const stack = there.find(({ type }) => type === "pulumi:pulumi:Stack");
      return Promise.resolve({ outputs: stack?.outputs ?? {} });
    }
    if (token === "pulumi:pulumi:readStackResourceOutputs") {
      return Promise.resolve({ outputs: Object.fromEntries(there.map(({ urn, ...each }) => [urn, each])) });
    }
    return this.handler.invoke(token, args);
  }

  private answer(callback: (error: unknown, response?: unknown) => void, work: () => Promise<unknown>): void {
    if (this.over) {
      return;
    }
    const task = work().then(
      (response) => {
        if (!this.over) {
          callback(null, response);
        }
      },
      (error: unknown) => this.fail(error),
    );
    this.underWay.add(task);
    void task.finally(() => this.underWay.delete(task));
  }
}
