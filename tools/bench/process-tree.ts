import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { type Usage } from "./measure";

const sampleMs = 50;
// Linux reports CPU time in these units and memory in pages, whatever the machine: man 5 proc.
const ticksPerSecond = 100;
const pageBytes = 4096;

interface Sample {
  parent: number;
  cpu: number;
  memory: number;
}

/** Whether this system says what its processes use. */
export const canMeasureTrees = process.platform === "linux";

/**
 * Runs a command and measures it with all processes it starts: the sum of their CPU time and, at its peak, the sum of
 * their memory. Processes that live for less than 50 ms may be missed.
 *
 * @throws Error when it ends with another exit code than 0, with the last lines it wrote
 */
export async function measureTree(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Usage> {
  const started = process.hrtime.bigint();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const keep = (chunk: Buffer) => (text = (text + chunk.toString("utf8")).slice(-2000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const cpu = new Map<number, number>();
  let peak = 0;
  const sample = () => {
    const running = tree(child.pid ?? -1, new Set(cpu.keys()));
    running.forEach((each, pid) => cpu.set(pid, each.cpu));
    peak = Math.max(
      peak,
      [...running.values()].reduce((sum, { memory }) => sum + memory, 0),
    );
  };
  const timer = setInterval(sample, sampleMs);
  try {
    const code = await new Promise((done, fail) => child.once("error", fail).once("close", done));
    if (code !== 0) {
      throw new Error(`${command} ${args.join(" ")} ended with ${String(code)}: ${text}`);
    }
  } finally {
    clearInterval(timer);
  }
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  return { cpu: [...cpu.values()].reduce((sum, each) => sum + each, 0), memory: peak, wall };
}

/** A process and its descendants, and those that were among them earlier. */
function tree(root: number, earlier: ReadonlySet<number>): Map<number, Sample> {
  const all = new Map<number, Sample>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const sample = read(name);
    if (sample) all.set(Number(name), sample);
  }
  const belongs = (pid: number): boolean =>
    pid === root || earlier.has(pid) || (all.has(pid) && belongs(all.get(pid)!.parent));
  return new Map([...all].filter(([pid]) => belongs(pid)));
}

function read(pid: string): Sample | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program comes before, in parentheses, and may hold anything.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [parent, user, system, pages] = [1, 11, 12, 21].map((at) => fields[at] ?? 0) as [
      number,
      number,
      number,
      number,
    ];
    return { parent, cpu: (user + system) / ticksPerSecond, memory: (pages * pageBytes) / 1e6 };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
