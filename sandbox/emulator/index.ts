import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BaselineError } from "../../common/errors";
import { emulatorFile, installEmulator, type Installed } from "./install";
import { processEnd, type ProcessEnd } from "./process-end";

/** An emulated AWS account on a loopback port, running until `stop`. */
export interface Emulator {
  readonly endpoint: string;
  readonly accountId: string;
  readonly versions: { readonly moto: string; readonly python: string };
  readonly pid: number;
  /** Resolves when the emulator has ended, for whatever reason; `expected` when it was stopped by us. */
  readonly exited: Promise<EmulatorExit>;
  stop(): Promise<void>;
}

export interface EmulatorExit {
  readonly expected: boolean;
  /** Set when it ended without being asked to. */
  readonly error?: BaselineError;
}

export interface EmulatorOptions {
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
  /** Where moto is installed; `.sandbox` in the package unless given. */
  readonly directory?: string;
  /** A file with the state to begin with, as an emulator of this version wrote it. Default: an empty account. */
  readonly state?: string;
}

/** moto's own (`DEFAULT_ACCOUNT_ID`). */
const ACCOUNT_ID = "123456789012";

const READY_WITHIN_MS = 60_000;

interface Facts {
  readonly port: number;
  readonly moto: string;
  readonly python: string;
}

/** Installs the emulator where needed, starts it and waits until it answers. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const installation = await installEmulator(options);
  options.signal?.throwIfAborted();
  options.onProgress?.("starting the AWS emulator (moto)");
  const child = launch(installation, options.state);
  const end = processEnd(child);
  let stopping = false;
  const stop = async () => {
    stopping = true;
    options.signal?.removeEventListener("abort", abort);
    await end.terminate();
  };
  const abort = () => void stop();
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const { port, ...versions } = await ready(child, end, options.signal);
    return {
      endpoint: `http://localhost:${port}`,
      accountId: ACCOUNT_ID,
      versions,
      pid: child.pid ?? 0,
      exited: end.ended.then((how) => (stopping ? { expected: true } : { expected: false, error: died(how, end) })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch({ command, environment }: Installed, state?: string): ChildProcess {
  // -s: no packages of the user's home. A process group of its own: Ctrl-C in a terminal reaches us alone, and we
  // stop the emulator when the work in hand has been put away.
  return spawn(command, ["-s", emulatorFile("serve.py"), ...(state === undefined ? [] : [state])], {
    stdio: ["pipe", "pipe", "pipe"],
    env: environment,
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

/** The first line on stdout says where it listens. */
async function ready(child: ChildProcess, end: ProcessEnd, signal?: AbortSignal): Promise<Facts> {
  let timer: NodeJS.Timeout | undefined;
  const line = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout! }).once("line", resolve);
  });
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(notReady("did not answer within a minute", end)), READY_WITHIN_MS);
  });
  const ended = end.ended.then((how): never => {
    signal?.throwIfAborted();
    throw notReady(`ended at once (${how})`, end);
  });
  ended.catch(() => undefined);
  try {
    return JSON.parse(await Promise.race([line, late, ended])) as Facts;
  } finally {
    clearTimeout(timer);
  }
}

function notReady(how: string, end: ProcessEnd): BaselineError {
  return new BaselineError(
    "emulator-not-ready",
    `The AWS emulator ${how}.${end.lastLines()}`,
    "Try again; if it stays, delete the folder .sandbox so that it is installed afresh.",
  );
}

function died(how: string, end: ProcessEnd): BaselineError {
  return new BaselineError(
    "emulator-died",
    `The AWS emulator ended on its own (${how}); what it held is gone.${end.lastLines()}`,
    "Start again: the emulated account begins empty each time.",
  );
}
