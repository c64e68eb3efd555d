import { execFileSync } from "node:child_process";
import { parents } from "./process-identity";

/** Ends a process and everything that it started, at once. Those that are gone are no error. */
export function endTree(pid: number): void {
  [pid, ...startedBy(pid)].forEach(end);
}

function startedBy(pid: number): number[] {
  const all = parents() ?? listed();
  const found = [pid];
  // The list grows while it is read.
  for (const parent of found) {
    found.push(...all.flatMap(([child, of]) => (of === parent && !found.includes(child) ? [child] : [])));
  }
  return found.slice(1);
}

/** Without `/proc`. Where there is no `ps` either, only the process itself is known. */
function listed(): [number, number][] {
  try {
    const text = execFileSync("ps", ["-A", "-o", "pid=,ppid="], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.split("\n").map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  } catch {
    return [];
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}
