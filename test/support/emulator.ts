import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Socket } from "node:net";
import { join } from "node:path";
import { type Emulator, startEmulator as startAlone } from "../../sandbox/emulator";
import { installEmulator } from "../../sandbox/emulator/install";

/** The process that hands out emulators, one for each process of the tests. */
let source: Promise<ChildProcess> | undefined;
const waiting: ((line: string) => void)[] = [];

/** An empty emulated account, as the product's `startEmulator` starts it, without its seconds of loading. */
export async function startEmulator(): Promise<Emulator> {
  // Python cannot copy a process there.
  if (process.platform === "win32") {
    return startAlone();
  }
  const child = await (source ??= startSource());
  hold(child, true);
  const line = new Promise<string>((resolve) => waiting.push(resolve));
  child.stdin!.write("\n");
  const ended = once(child, "exit").then(() => Promise.reject(new Error("What hands out emulators has ended.")));
  ended.catch(() => undefined);
  const { port, pid, ...versions } = JSON.parse(await Promise.race([line, ended])) as Facts;
  if (waiting.length === 0) {
    hold(child, false);
  }
  let stopped: () => void;
  const exited = new Promise<{ expected: boolean }>((resolve) => (stopped = () => resolve({ expected: true })));
  const stop = async () => {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // Gone already, as after an earlier `stop`.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
    stopped();
    return Promise.resolve();
  };
  return { endpoint: `http://localhost:${port}`, accountId: "123456789012", versions, pid, exited, stop };
}

interface Facts {
  port: number;
  pid: number;
  moto: string;
  python: string;
}

async function startSource(): Promise<ChildProcess> {
  const { command, environment } = await installEmulator();
  const child = spawn(command, ["-s", join(__dirname, "emulators.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment,
  });
  // Whoever is served first gets the first: they are all alike.
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  return child;
}

/** Whether this process stays for it: only while somebody waits for an emulator. */
function hold(child: ChildProcess, stay: boolean): void {
  for (const each of [child, child.stdin as Socket, child.stdout as Socket]) {
    if (stay) each.ref();
    else each.unref();
  }
}
