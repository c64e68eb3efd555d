import { type ChildProcess, spawn } from "node:child_process";
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
