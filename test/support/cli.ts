import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./graph";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The compiled command line, as `npm run` calls it. */
export function startCli(
  args: string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, "dist", "cli.js"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((resolve, reject) =>
    child.once("close", (code) => {
      // What Node warns of is ours to mend, not the user's to read.
      const warning = /^\(node:\d+\).*Warning.*$/m.exec(stderr)?.[0];
      return warning === undefined ? resolve({ code, stdout, stderr }) : reject(new Error(warning));
    }),
  );
  return { child, ended };
}

export function cli(...args: string[]): Promise<Ended> {
  return startCli(args).ended;
}

/**
 * Starts `emulator`, does something with the account once it is up, and ends it as Ctrl-C does.
 *
 * @param use gets the endpoint, and a function that waits until the emulator's messages match and returns them
 */
export async function emulated(
  args: string[],
  use: (endpoint: string, told: (what: RegExp) => Promise<string>) => Promise<void>,
  environment: Record<string, string> = {},
): Promise<Ended & { endpoint: string }> {
  const { child, ended } = startCli(["emulator", ...args], environment);
  let said = "";
  child.stderr?.on("data", (data: Buffer) => (said += data.toString()));
  const told = async (what: RegExp) => {
    while (!what.test(said)) await once(child.stderr!, "data");
    return said;
  };
  try {
    const endpoint = await new Promise<string>((resolve, reject) => {
      child.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
      void ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    await use(endpoint, told);
    child.kill("SIGINT");
    return { ...(await ended), endpoint };
  } finally {
    child.kill();
  }
}
