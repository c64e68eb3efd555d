import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a Node process used, from its start to its end. */
export interface Usage {
  /** User and system, in seconds. */
  cpu: number;
  /** Peak resident memory, in MB. */
  memory: number;
  /** In seconds. */
  wall: number;
}

/** Written by the process itself when it ends, also when it is told to end: no tool outside Node is needed. */
const recorder = `data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from "node:fs";
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    appendFileSync(process.env.BENCH_FILE, JSON.stringify({ pid: process.pid, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }) + "\\n");
  });
  process.on("SIGTERM", () => process.exit(0));
`)}`;

/** Runs Node with some arguments and tells what it used. @throws when it ends with another exit code than 0 */
export async function measure(args: string[]): Promise<Usage> {
  return recorded(async (environment) => {
    const child = spawn(process.execPath, args, { stdio: "ignore", env: { ...process.env, ...environment } });
    const code = await new Promise((resolve) => child.once("close", resolve));
    if (code !== 0) {
      throw new Error(`node ${args.join(" ")} ended with ${String(code)}`);
    }
    return child.pid;
  });
}

/**
 * Does some work that starts Node processes, and tells what one of them used.
 *
 * @param work gets the environment variables to start processes with; tells whose usage counts (the first to end)
 */
export async function recorded(
  work: (environment: Record<string, string>) => Promise<number | undefined>,
): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), "baseline-bench-"));
  const file = join(folder, "usage");
  const started = process.hrtime.bigint();
  try {
    const pid = await work({ BENCH_FILE: file, NODE_OPTIONS: `--import=${recorder}` });
    const wall = Number(process.hrtime.bigint() - started) / 1e9;
    const lines = readFileSync(file, "utf8").trim().split("\n");
    const records = lines.map((line) => JSON.parse(line) as { pid: number; cpu: number; memory: number });
    const record = records.find((each) => pid === undefined || each.pid === pid);
    if (record === undefined) {
      throw new Error("the process left no record of what it used");
    }
    return { cpu: record.cpu, memory: record.memory, wall };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The run in the middle, by CPU time, of several. */
export async function median(runs: number, measureOnce: () => Promise<Usage>): Promise<Usage> {
  const usages: Usage[] = [];
  for (let run = 0; run < runs; run += 1) {
    usages.push(await measureOnce());
  }
  return usages.sort((a, b) => a.cpu - b.cpu)[Math.floor(runs / 2)] as Usage;
}
